// @ts-check
// Finds every import in the code that the table of rooms covers.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOTS } from './arrows.mjs';
import { root } from './paths.mjs';

/**
 * @typedef {object} Import
 * @property {string} file
 * @property {string} specifier the text after `from`
 * @property {string | undefined} target the file it leads to, when it is one of ours
 */

/**
 * Imports, `import()`, import types, re-exports and `require` of every TypeScript file.
 * @returns {readonly Import[]} by the order of file names
 */
export function readImports() {
  const files = new Set(ROOTS.flatMap(filesIn));
  return [...files].flatMap((file) =>
    ts
      .preProcessFile(fs.readFileSync(path.join(root, file), 'utf8'), true, true)
      .importedFiles.map(({ fileName: specifier }) => ({ file, specifier, target: targetOf(file, specifier, files) })),
  );
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .sort();
}

/** @param {string} file @param {string} specifier @param {ReadonlySet<string>} files */
function targetOf(file, specifier, files) {
  if (!specifier.startsWith('.')) return undefined;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return [target, `${target}.ts`, `${target}/index.ts`].find((candidate) => files.has(candidate));
}
