// `npm run sandbox`: the simulated QuantConnect cloud over HTTP. `npm run sandbox -- --help` lists the options.
// Prints only what the server prints, because programs read its one line of JSON.
// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { requireNode } from './lib/nodeVersion.mjs';
import { root } from './lib/paths.mjs';

requireNode();

// This comes before anything slow: the server ends when the shell that npm started it in is gone.
process.env['SANDBOX_PARENT_PID'] = String(process.ppid);

const entry = path.join(root, 'src', 'sandbox', 'server.ts');
const bundle = path.join(root, 'dist', 'sandbox-server.js');

/** @param {string} folder @returns {number} */
function newestIn(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile())
    .reduce(
      (newest, file) => Math.max(newest, fs.statSync(path.join(file.parentPath ?? file.path, file.name)).mtimeMs),
      0,
    );
}

function isStale() {
  if (!fs.existsSync(bundle)) return true;
  const sources = ['sandbox', 'core'].map((folder) => path.join(root, 'src', folder));
  return Math.max(...sources.map(newestIn)) > fs.statSync(bundle).mtimeMs;
}

/** Builds only the server, under another name, and then renames it. Two starts at once must not read half a file. */
async function build() {
  const esbuild = await import('esbuild').catch(() => {
    console.error('The sandbox is built with esbuild, which is not installed. Run `npm install` first.');
    process.exit(1);
  });
  const temporary = `${bundle}.${process.pid}.tmp`;
  await esbuild.build({
    entryPoints: [entry],
    outfile: temporary,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    absWorkingDir: root,
  });
  fs.renameSync(temporary, bundle);
}

if (isStale()) await build();
await import(pathToFileURL(bundle).href);
