import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPage, type BuiltPage } from '../support/buildPage';
import { scriptBytes } from '../support/scriptBytes';

let built: BuiltPage;
beforeAll(async () => {
  built = await buildPage();
});
afterAll(() => {
  built.dispose();
});

it('what is loaded before the first paint stays below 220 KB, Markdown counted in, the toolkit not among it', () => {
  const seen = new Set<string>();
  expect(scriptBytes(built.metafile, seen)).toBeLessThan(220 * 1024);
  const inputs = [...seen].flatMap((file) => Object.keys(built.metafile.outputs[file]?.inputs ?? {}));
  expect(inputs.filter((input) => /webview-ui-toolkit|highlight\.js/.test(input))).toEqual([]);
});

it('neither zod nor anything of Node is in the page', () => {
  expect(
    Object.keys(built.metafile.inputs).filter((input) => /node_modules\/zod|\(disabled\)|node:/.test(input)),
  ).toEqual([]);
});
