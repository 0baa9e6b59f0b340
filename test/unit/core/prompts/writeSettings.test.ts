import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { parsePromptFile } from '../../../../src/core/prompts/promptFile';
import type { PromptSettings } from '../../../../src/core/prompts/settings';
import { settingsEdits, withSettings } from '../../../../src/core/prompts/writeSettings';

const both: PromptSettings = { agent: 'Backtest Agent', project: 'project-for-task' };

describe('writing settings into a prompt file', () => {
  test.each([
    [
      'gets front matter',
      'Go\n',
      '---\nquantconnect:\n  agent: Backtest Agent\n  project: project-for-task\n---\n\nGo\n',
    ],
    [
      'gets them behind a byte order mark and with its own line breaks',
      '\uFEFFGo\r\nOn',
      '\uFEFF---\r\nquantconnect:\r\n  agent: Backtest Agent\r\n  project: project-for-task\r\n---\r\n\r\nGo\r\nOn',
    ],
    [
      'keeps other keys, comments and quotes',
      "---\n# mine\nmode:   'agent'  # why\n\ntools: [a,b]\n# end\n---\nGo",
      "---\n# mine\nmode:   'agent'  # why\n\ntools: [a,b]\n# end\nquantconnect:\n  agent: Backtest Agent\n  project: project-for-task\n---\nGo",
    ],
    [
      'keeps settings that are there',
      '---\nquantconnect: # ours\n    task: Momentum # the name\nmode: x\n---\nGo',
      '---\nquantconnect: # ours\n    task: Momentum # the name\n    agent: Backtest Agent\n    project: project-for-task\nmode: x\n---\nGo',
    ],
    [
      'replaces what differs',
      '---\nquantconnect:\n  agent: Mia # best\n  project:\n---\nGo',
      '---\nquantconnect:\n  agent: Backtest Agent # best\n  project: project-for-task\n---\nGo',
    ],
    [
      'fills an empty section',
      '---\nquantconnect: # todo\nmode: x\n---\nGo',
      '---\nquantconnect: # todo\n  agent: Backtest Agent\n  project: project-for-task\nmode: x\n---\nGo',
    ],
    [
      'fills a section of null',
      '---\nquantconnect: ~\n---\nGo',
      '---\nquantconnect: \n  agent: Backtest Agent\n  project: project-for-task\n---\nGo',
    ],
    [
      'fills empty front matter',
      '---\n---\nGo',
      '---\nquantconnect:\n  agent: Backtest Agent\n  project: project-for-task\n---\nGo',
    ],
    [
      'goes on in flow style',
      '---\nquantconnect: { task: A, }\n---\nGo',
      '---\nquantconnect: { task: A, agent: Backtest Agent, project: project-for-task, }\n---\nGo',
    ],
    [
      'goes on in flow style all through',
      '---\n{mode: x}\n---\nGo',
      '---\n{mode: x, quantconnect: { agent: Backtest Agent, project: project-for-task }}\n---\nGo',
    ],
    [
      'steps around a block text',
      '---\nquantconnect:\n  task: |+\n    A\n\nmode: x\n---\nGo',
      '---\nquantconnect:\n  task: |+\n    A\n\n  agent: Backtest Agent\n  project: project-for-task\nmode: x\n---\nGo',
    ],
    [
      'replaces a block text',
      '---\nquantconnect:\n  agent: >\n    Mia\n  project: project-for-task\n---\nGo',
      '---\nquantconnect:\n  agent: Backtest Agent\n  project: project-for-task\n---\nGo',
    ],
  ])('a file %s', (_, before, after) => {
    expect(withSettings(before, both)).toBe(after);
  });

  test.each([
    '---\nno end\nGo',
    '---\na: [\n---\nGo',
    '---\nquantconnect: &x\n  agent: *x\n---\nGo',
    '---\n- a\n---\nGo',
    '---\nquantconnect:\n  agent: [1]\n---\nGo',
  ])('front matter that cannot be edited safely stays as it is: %j', (text) => {
    expect(settingsEdits(text, both)).toBeUndefined();
    expect(withSettings(text, both)).toBe(text);
  });

  test('an agent whose name YAML would read otherwise comes back as it is', () => {
    for (const agent of [
      'true',
      '47',
      'a: b',
      '# x',
      '- a',
      "it's",
      '"q"',
      'ends:',
      'Ideas, Inc.',
      'é ü',
      '=',
      'a #b',
      '*',
      'null',
      '1e3',
      '0x1f',
      'R&D',
      'tab\there',
      'two\nlines',
      'x\u2028y',
    ]) {
      expect(parsePromptFile(withSettings('Go', { agent })).settings).toEqual({ agent });
    }
  });

  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .#:'"-]{0,12}$/);
  const value = fc.oneof(
    word.map((text) => JSON.stringify(text)),
    fc.constantFrom('plain', '47', "'it''s'", '[a, b]', '{ x: 1 }', '', '|\n    block\n    text', '>-\n    folded'),
  );
  const comment = fc.constantFrom('', ' # note', '   #');
  const pair = (indent: string) => (key: string) =>
    fc.tuple(value, comment).map(([text, note]) => `${indent}${key}: ${text}${text.includes('\n') ? '' : note}`);
  const section = fc
    .uniqueArray(fc.constantFrom('agent', 'task', 'project', 'other'), { maxLength: 4 })
    .chain((keys) => fc.tuple(...keys.map(pair('  '))))
    .map((lines) => ['quantconnect:', ...lines]);
  const others = fc
    .uniqueArray(fc.constantFrom('mode', 'model', 'tools', 'description'), { maxLength: 4 })
    .chain((keys) => fc.tuple(...keys.map(pair(''))));
  const frontMatter = fc
    .tuple(others, fc.option(section), fc.boolean(), fc.constantFrom([], ['# a comment'], ['']))
    .map(([own, settings, first, gap]) => [
      '---',
      ...(first ? [...(settings ?? []), ...gap, ...own] : [...own, ...gap, ...(settings ?? [])]),
      '---',
    ]);
  const file = fc
    .tuple(
      fc.option(frontMatter),
      fc.array(fc.constantFrom('', 'Go', '  indented', '# Title', '---', 'x: y'), { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\uFEFF'),
    )
    .filter(([matter, body]) => matter !== null || body[0] !== '---')
    .map(
      ([matter, body, lineBreak, mark]) => mark + [...(matter ?? []), ...body].join('\n').replaceAll('\n', lineBreak),
    );
  const settings = fc.record(
    {
      agent: fc.oneof(word, fc.nat()),
      task: word,
      project: fc.constantFrom('project-for-task', 'other'),
      organization: word,
    },
    { requiredKeys: [] },
  );

  const otherKeys = (text: string): unknown => {
    const yaml = /^\uFEFF?---\r?\n([^]*?)(?<=\n)---\r?(?:\n|$)/.exec(text)?.[1] ?? '';
    const read = (parseDocument(yaml).toJS() ?? {}) as Record<string, unknown>;
    return Object.entries(read).filter(([key]) => key !== 'quantconnect');
  };

  test('whatever the file, the prompt and all other keys stay, the settings are there, and writing them again changes nothing', () => {
    let written = 0;
    fc.assert(
      fc.property(file, settings, (text, wanted) => {
        const before = parsePromptFile(text);
        fc.pre(!before.problems.some(({ code }) => code === 'yaml' || code === 'unterminated'));
        const edits = settingsEdits(text, wanted);
        const after = withSettings(text, wanted);
        if (!edits) {
          expect(after).toBe(text);
          return;
        }
        written++;
        const now = parsePromptFile(after);
        expect(now.prompt).toBe(before.prompt);
        const expected = Object.fromEntries(
          Object.entries(wanted).map(([key, item]) => [key, typeof item === 'string' ? item.trim() : item]),
        );
        expect(now.settings).toEqual({ ...before.settings, ...expected });
        expect(otherKeys(after)).toEqual(otherKeys(text));
        expect(withSettings(after, wanted)).toBe(after);
        expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
        if (text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of text.split('\n').filter((content) => content.includes('# note') && !/^\s/.test(content)))
          expect(after).toContain(line);
      }),
      { numRuns: 1000 },
    );
    expect(written).toBeGreaterThan(500);
  });
});
