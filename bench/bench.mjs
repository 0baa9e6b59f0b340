// Runs the benchmarks: `npm run bench`, or `npm run bench -- --json` for one JSON object.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
// As deep below the root as the sources are: they look for files relative to themselves.
const outfile = path.join(root, '.tmp', 'bench', 'main.mjs');
await build({
  entryPoints: [path.join(root, 'bench', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
await (await import(pathToFileURL(outfile).href)).main(process.argv.slice(2));
