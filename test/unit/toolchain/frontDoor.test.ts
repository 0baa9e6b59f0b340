import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire, SourceMap, type SourceMapPayload } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build, type BuildOptions } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.mjs';

const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const readJson = (file: string): unknown => JSON.parse(read(file));
const exists = (file: string): boolean => fs.existsSync(path.join(root, file));

interface Launch {
  readonly name: string;
  readonly request: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly outFiles: readonly string[];
  readonly sourceMaps: boolean;
  readonly preLaunchTask?: string;
}
interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly severity: number;
  readonly message: number;
}
interface Task {
  readonly label: string;
  readonly type: string;
  readonly script: string;
  readonly isBackground?: boolean;
  readonly problemMatcher:
    | string
    | readonly string[]
    | {
        readonly pattern: Pattern;
        readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
      };
}

const { configurations } = readJson('.vscode/launch.json') as { configurations: readonly Launch[] };
const { tasks } = readJson('.vscode/tasks.json') as { tasks: readonly Task[] };
const { scripts } = readJson('package.json') as { scripts: Readonly<Record<string, string>> };

describe('.vscode', () => {
  it('starts the extension in the example workspace on the sandbox by F5', () => {
    const first = configurations[0];
    expect(first?.env).toEqual({ QUANT_AGENTS_SANDBOX: '1' });
    expect(first?.args).toContain('--extensionDevelopmentPath=${workspaceFolder}');
    expect(first?.args).toContain('${workspaceFolder}/examples/workspace');
  });

  it.each(configurations)('names only what exists in “$name”', ({ args = [], outFiles, sourceMaps, preLaunchTask }) => {
    const paths = args.flatMap((arg) => /\$\{workspaceFolder\}\/?(.*)$/.exec(arg)?.slice(1) ?? []);
    expect(paths.filter((file) => !exists(file))).toEqual([]);
    expect(sourceMaps).toBe(true);
    // The task makes `dist`.
    expect(outFiles).toEqual(['${workspaceFolder}/dist/**/*.js']);
    expect(tasks.map(({ label }) => label)).toContain(preLaunchTask);
  });

  it.each(tasks)('runs a script of package.json in the task “$label”', ({ type, script }) => {
    expect(type).toBe('npm');
    expect(Object.keys(scripts)).toContain(script);
  });

  it('recommends extensions by well-formed ids', () => {
    const { recommendations } = readJson('.vscode/extensions.json') as { recommendations: readonly string[] };
    expect(recommendations.length).toBeGreaterThan(0);
    expect(recommendations.filter((id) => !/^[a-z\d][a-z\d-]*\.[a-z\d][a-z\d-]*$/.test(id))).toEqual([]);
    const settings = readJson('.vscode/settings.json') as Readonly<Record<string, unknown>>;
    expect(recommendations).toContain(settings['editor.defaultFormatter']);
    expect(exists(String(settings['typescript.tsdk']))).toBe(true);
  });

  it('reads begin, problems and end of the watching build', async () => {
    const { problemMatcher } = tasks.find(({ label }) => label === 'watch') ?? {};
    if (typeof problemMatcher !== 'object' || !('background' in problemMatcher)) throw new Error('No such matcher.');
    const { pattern, background } = problemMatcher;
    // A separate project with the real esbuild.js, so that nobody's dist changes.
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watch-'));
    for (const name of ['esbuild.js', 'src', 'webview-ui', 'tsconfig.json']) {
      fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    const watcher = spawn(process.execPath, ['esbuild.js', '--watch'], { cwd: folder });
    const lines = createInterface({ input: watcher.stdout })[Symbol.asyncIterator]();
    /** The lines of one build, from “started” to “finished”. */
    const round = async (): Promise<readonly string[]> => {
      const seen: string[] = [];
      for (;;) {
        const line = await lines.next();
        if (line.done === true) throw new Error(`The watcher ended after: ${seen.join('\n')}`);
        seen.push(line.value);
        if (new RegExp(background.endsPattern).test(line.value)) return seen;
      }
    };
    try {
      const first = await round();
      expect(first.slice(1, -1)).toEqual([]);
      expect(first[0]).toMatch(new RegExp(background.beginsPattern));

      fs.appendFileSync(path.join(folder, 'src/extension.ts'), '\nimport "./nowhere";\n');
      const [begin = '', ...problems] = await round();
      expect(begin).toMatch(new RegExp(background.beginsPattern));
      const found = new RegExp(pattern.regexp).exec(problems[0] ?? '');
      expect(found?.[pattern.file]).toBe('src/extension.ts');
      expect(Number(found?.[pattern.line])).toBe(read('src/extension.ts').split('\n').length + 1);
      expect(Number(found?.[pattern.column])).toBe('import "'.length);
      expect(found?.[pattern.severity]).toBe('error');
      expect(found?.[pattern.message]).toContain('./nowhere');
    } finally {
      watcher.kill();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('A development build', () => {
  const { buildsFor } = createRequire(import.meta.url)(path.join(root, 'esbuild.js')) as {
    buildsFor: (options: { development: boolean }) => readonly BuildOptions[];
  };
  const folders: string[] = [];
  let development: string;
  let shipped: string;

  async function buildInto(options: { development: boolean }): Promise<string> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'front-door-'));
    folders.push(folder);
    for (const each of buildsFor(options)) {
      await build({ ...each, outdir: path.join(folder, path.relative('dist', each.outdir ?? '')) });
    }
    return folder;
  }
  beforeAll(async () => {
    development = await buildInto({ development: true });
    shipped = await buildInto({ development: false });
  });
  afterAll(() => {
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  });

  const bundles = (folder: string): readonly string[] =>
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(js|css)$/.test(file))
      .map((file) => path.join(folder, file));

  it.each([
    ['the start of the extension', 'chunks/chunk-*.js', 'function activate(', 'src/extension.ts'],
    ['a chunk of the extension', 'chunks/client-*.js', 'class QuantConnectClient', 'src/core/api/client.ts'],
    ['the page', 'webview/conversation.js', 'class HeaderView', 'webview-ui/conversation/header/header.ts'],
    [
      'a chunk of the page',
      'webview/chunks/markdown-*.js',
      'class HeadingLevels',
      'webview-ui/conversation/rich/markdown.ts',
    ],
    ['the sandbox over HTTP', 'sandbox-server.js', 'function refusedCredentials(', 'src/sandbox/signature.ts'],
  ])('leads from a line of %s to the line in TypeScript', (_what, bundle, text, source) => {
    const pattern = new RegExp(`^${bundle.replaceAll('.', '\\.').replace('*', '[A-Z\\d]+')}$`);
    // esbuild writes `class Name {` as `Name = class {`.
    const [kind = '', name = ''] = text.split(' ');
    const isHere = (line: string): boolean => line.includes(text) || line.includes(`${name} = ${kind} `);
    const named = bundles(development).filter((each) =>
      pattern.test(path.relative(development, each).replaceAll('\\', '/')),
    );
    const file = named.find((each) => isHere(fs.readFileSync(each, 'utf8')));
    if (file === undefined) throw new Error(`No ${bundle} holds “${text}”.`);
    const code = fs.readFileSync(file, 'utf8');
    const [, map] = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/.exec(code) ?? [];
    if (map === undefined) throw new Error(`${bundle} has no source map.`);

    const lines = code.split('\n');
    const line = lines.findIndex(isHere);
    const column = lines[line]?.indexOf(name) ?? -1;
    expect(column).toBeGreaterThan(-1);
    const entry = new SourceMap(JSON.parse(Buffer.from(map, 'base64').toString()) as SourceMapPayload).findEntry(
      line,
      column,
    );
    if (!('originalSource' in entry)) throw new Error(`Nothing is known about “${text}” in ${bundle}.`);
    expect(path.resolve(path.dirname(file), entry.originalSource)).toBe(path.join(root, source));
    expect(read(source).split('\n')[entry.originalLine]).toContain(text);
  });

  it('has source maps, and what we ship has none', () => {
    const withMaps = (folder: string): readonly string[] =>
      bundles(folder).filter((file) => fs.readFileSync(file, 'utf8').includes('sourceMappingURL='));
    expect(withMaps(development)).toEqual(bundles(development));
    expect(bundles(shipped).length).toBeGreaterThan(20);
    expect(withMaps(shipped)).toEqual([]);
    expect(scripts['build']).toBe('node esbuild.js --development');
  });
});

describe('A document for newcomers', () => {
  const FOLDERS = ['src', 'webview-ui', 'test', 'scripts', 'docs', 'examples', 'media', 'bench', '.vscode', '.github'];

  /** The paths in backticks. A path with `<name>` or `*` is only checked up to there. */
  function pathsIn(markdown: string): readonly string[] {
    return [...markdown.matchAll(/`([^`\n]+)`/g)]
      .map(([, text = '']) => text)
      .filter((text) => /^[\w./<>*…-]+$/.test(text))
      .filter((text) => FOLDERS.includes(text.split('/')[0] ?? '') || /^[A-Z]+\.md$/.test(text))
      .map((text) => text.replace(/\/?[^/]*[<*…].*$/, ''));
  }

  it.each([
    ['AGENTS.md', 40],
    ['CONTRIBUTING.md', 20],
    ['docs/architecture.md', 3],
    ['docs/security.md', 2],
    ['.github/pull_request_template.md', 1],
  ])('%s names only paths that exist', (document, least) => {
    const paths = pathsIn(read(document));
    expect(paths.length).toBeGreaterThanOrEqual(least);
    expect(paths.filter((file) => !exists(file))).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    const named = ['AGENTS.md', 'CONTRIBUTING.md', '.github/pull_request_template.md'].flatMap((document) =>
      [...read(document).matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('links to the next one: AGENTS.md and SECURITY.md', () => {
    for (const link of ['CONTRIBUTING.md', 'docs/architecture.md']) expect(read('AGENTS.md')).toContain(link);
    expect(read('SECURITY.md')).toContain('(docs/security.md)');
  });
});
