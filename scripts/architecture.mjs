// @ts-check
// `npm run architecture`: draws docs/architecture.svg from the imports. `--check` draws nothing. It fails if an import
// goes against the order, if files or rooms form a circle, or if the picture is out of date.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { roomGraph, whatIsWrong } from './lib/architecture.mjs';
import { drawing } from './lib/drawing.mjs';
import { readImports } from './lib/imports.mjs';
import { root } from './lib/paths.mjs';

const picture = path.join(root, 'docs', 'architecture.svg');

const imports = readImports();
const wrong = whatIsWrong(imports);
if (wrong.length === 0) {
  const drawn = await drawing(roomGraph(imports));
  const isDrawn = fs.existsSync(picture) && fs.readFileSync(picture, 'utf8').replaceAll('\r\n', '\n') === drawn;
  if (!process.argv.includes('--check')) fs.writeFileSync(picture, drawn);
  else if (!isDrawn) wrong.push('docs/architecture.svg is out of date: run `npm run architecture` and commit it.');
}
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exitCode = 1;
