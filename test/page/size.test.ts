import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPage, type BuiltPage } from '../support/buildPage';

let built: BuiltPage;
beforeAll(async () => { built = await buildPage(); });
afterAll(() => { built.dispose(); });

/** A bundle with all that it imports before it runs, in bytes. */
function weight(file: string, seen = new Set<string>()): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const output = built.metafile.outputs[file];
  if (!output) throw new Error(`${file} was not built`);
  const imported = output.imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path.slice(path.indexOf('chunks/')));
  return output.bytes + imported.reduce((sum, next) => sum + weight(next, seen), 0);
}

it('what is loaded before the first paint stays below 220 KB, Markdown counted in, the toolkit not among it', () => {
  const markdown = Object.keys(built.metafile.outputs).find((file) => /^chunks\/markdown-.*\.js$/.test(file));
  const seen = new Set<string>();
  const total = weight('conversation.js', seen) + weight(markdown!, seen);
  expect(total).toBeLessThan(220 * 1024);
  const inputs = [...seen].flatMap((file) => Object.keys(built.metafile.outputs[file]?.inputs ?? {}));
  expect(inputs.filter((input) => /webview-ui-toolkit|highlight\.js/.test(input))).toEqual([]);
});

it('neither zod nor anything of Node is in the page', () => {
  expect(Object.keys(built.metafile.inputs).filter((input) => /node_modules\/zod|\(disabled\)|node:/.test(input))).toEqual([]);
});
