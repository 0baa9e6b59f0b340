import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomGraph, whatIsWrong } from '../../../scripts/lib/architecture.mjs';
import { drawing } from '../../../scripts/lib/drawing.mjs';
import { circlesIn, graphOf, withoutDetours } from '../../../scripts/lib/graph.mjs';
import { readImports } from '../../../scripts/lib/imports.mjs';
import { ROOMS } from '../../../scripts/lib/layers.mjs';
import { root } from '../../../scripts/lib/paths.mjs';

type Arrow = readonly [from: string, to: string];

/** An import from one file to another, both without `.ts`. */
function imports(from: string, to: string): { file: string; specifier: string; target: string } {
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return { file: `${from}.ts`, specifier: relative.startsWith('.') ? relative : `./${relative}`, target: `${to}.ts` };
}

/** Everything that can be reached along arrows. */
function reachable(arrows: readonly Arrow[], from: string): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const [a, b] of arrows)
      if (a === name && !found.has(b)) {
        found.add(b);
        visit(b);
      }
  };
  visit(from);
  return found;
}

/** Arrows from smaller to larger numbers: they make no circle. */
const downward = fc
  .uniqueArray(fc.tuple(fc.nat(7), fc.nat(7)), { selector: String, maxLength: 25 })
  .map((pairs) => pairs.filter(([a, b]) => a < b).map(([a, b]): Arrow => [String(a), String(b)]));

describe('graph: circlesIn', () => {
  it('finds no circle where arrows go down only', () => {
    fc.assert(
      fc.property(downward, (arrows) => {
        expect(circlesIn(graphOf(arrows))).toEqual([]);
      }),
    );
  });

  it('finds a circle as soon as one arrow closes it', () => {
    fc.assert(
      fc.property(downward, fc.nat(7), (arrows, start) => {
        const from = String(start);
        for (const end of reachable(arrows, from)) {
          const [circle] = circlesIn(graphOf([...arrows, [end, from]]));
          expect(circle?.length).toBeGreaterThan(2);
          expect(circle?.[0]).toBe(circle?.at(-1));
        }
      }),
    );
  });
});

describe('graph: withoutDetours', () => {
  it('leaves out A → C where A → B → C', () => {
    const graph = graphOf([
      ['a', 'c'],
      ['a', 'b'],
      ['b', 'c'],
    ]);
    expect(withoutDetours(graph)).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
  });

  it('keeps what can be reached, and no arrow that is not needed for it', () => {
    fc.assert(
      fc.property(downward, (arrows) => {
        const kept = withoutDetours(graphOf(arrows));
        for (const [from] of arrows) expect(reachable(kept, from)).toEqual(reachable(arrows, from));
        for (const arrow of kept)
          expect(
            reachable(
              kept.filter((other) => other !== arrow),
              arrow[0],
            ).has(arrow[1]),
          ).toBe(false);
      }),
    );
  });
});

describe('architecture: whatIsWrong', () => {
  it('has nothing to say about arrows that go down', () => {
    expect(
      whatIsWrong([imports('src/ui/log', 'src/core/words/words'), imports('src/core/api/a', 'src/core/api/b')]),
    ).toEqual([]);
  });

  it('names the import that runs against the order', () => {
    expect(whatIsWrong([imports('src/core/api/client', 'src/ui/log')])).toEqual([
      expect.stringMatching(
        /^src\/core\/api\/client\.ts imports '\.\.\/\.\.\/ui\/log': src\/core\/api may not import src\/ui\/log\./,
      ),
    ]);
  });

  it('names a package that a room may not import', () => {
    expect(whatIsWrong([{ file: 'src/core/api/client.ts', specifier: 'vscode', target: undefined }])).toEqual([
      expect.stringContaining('src/core/api may not import the package vscode'),
    ]);
  });

  it('names the files of a circle', () => {
    const circle = [imports('src/ui/a', 'src/ui/b'), imports('src/ui/b', 'src/ui/c'), imports('src/ui/c', 'src/ui/a')];
    expect(whatIsWrong(circle)).toEqual([
      'Files import each other in a circle: src/ui/a.ts → src/ui/b.ts → src/ui/c.ts → src/ui/a.ts',
    ]);
  });

  it('names the imports of a circle of rooms, though no files form one', () => {
    const there = ['a', 'b', 'c', 'd', 'e'].map((name) => imports(`src/ui/${name}`, 'src/core/api/client'));
    expect(whatIsWrong([...there, imports('src/core/api/errors', 'src/ui/log')]).at(-1)).toBe(
      [
        'Rooms import each other in a circle: src/ui → src/core/api → src/ui',
        '  src/ui/a.ts imports src/core/api/client.ts',
        '  src/ui/b.ts imports src/core/api/client.ts',
        '  src/ui/c.ts imports src/core/api/client.ts',
        '  … and 2 more',
        '  src/core/api/errors.ts imports src/ui/log.ts',
      ].join('\n'),
    );
  });
});

describe('architecture: the code', () => {
  const all = readImports();

  it('leads every relative import to a file', () => {
    expect(all.length).toBeGreaterThan(1000);
    expect(all.filter(({ specifier, target }) => specifier.startsWith('.') && target === undefined)).toEqual([]);
  });

  it('has no circle and no arrow against the order', () => {
    expect(whatIsWrong(all)).toEqual([]);
  });

  it('is what docs/architecture.svg shows', async () => {
    const drawn = await drawing(roomGraph(all));
    const picture = fs.readFileSync(path.join(root, 'docs/architecture.svg'), 'utf8').replaceAll('\r\n', '\n');
    expect(picture === drawn, 'run `npm run architecture`').toBe(true);
  });
});

describe('drawing', () => {
  const arrows: readonly Arrow[] = [
    ['src/extension', 'src/container'],
    ['src/container', 'src/commands'],
    ['src/ui', 'src/core/words'],
    ['src/core/api', 'src/core/words'],
  ];
  const arrowsIn = (svg: string): number => svg.split('class="arrow"').length - 1;

  it('shows every room of the table', async () => {
    const svg = await drawing(graphOf([]));
    const boxes = svg.match(/<text class="name"[^>]*>/g) ?? [];
    const folded = ['src/core/conversation', 'webview-ui/conversation', 'webview-ui/shared'];
    const once = ROOMS.filter(({ room }) => !folded.some((folder) => `${room}/`.startsWith(`${folder}/`)));
    const inside = ROOMS.filter(({ room }) => /^(src\/core\/conversation|webview-ui)\//.test(room));
    expect(boxes).toHaveLength(once.length + folded.length + inside.length);
    expect(arrowsIn(svg)).toBe(0);
  });

  it('does not depend on the order in which imports are found', async () => {
    expect(await drawing(graphOf([...arrows].reverse()))).toBe(await drawing(graphOf(arrows)));
  });

  it('leaves out arrows that follow from others', async () => {
    const svg = await drawing(graphOf([...arrows, ['src/extension', 'src/commands']]));
    expect(arrowsIn(svg)).toBe(arrows.length);
  });

  it('changes when an arrow comes', async () => {
    const svg = await drawing(graphOf([...arrows, ['src/commands', 'src/ui']]));
    expect(arrowsIn(svg)).toBe(arrows.length + 1);
  });
});
