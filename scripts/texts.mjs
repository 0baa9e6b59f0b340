// @ts-check
// `npm run texts`: writes l10n/bundle.l10n.json from the texts in the code. `--check` writes nothing and fails when the
// bundle is out of date, or when the texts of package.json and package.nls.json do not match.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from './lib/paths.mjs';
import { bundleFromCode, bundlePath, manifestProblems } from './lib/texts.mjs';

/** @param {string} file */
const readJson = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

const bundle = await bundleFromCode();
const problems = manifestProblems(readJson('package.json'), readJson('package.nls.json'));
if (!process.argv.includes('--check')) {
  fs.mkdirSync(path.dirname(bundlePath), { recursive: true });
  fs.writeFileSync(bundlePath, bundle);
} else if (!fs.existsSync(bundlePath) || fs.readFileSync(bundlePath, 'utf8').replaceAll('\r\n', '\n') !== bundle)
  problems.push('l10n/bundle.l10n.json is out of date: run `npm run texts` and commit it.');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
