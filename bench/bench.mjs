// Runs the benchmarks: `npm run bench`, or `npm run bench -- --json` for one JSON object.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
// Build first, so that the benchmark measures this code and not an earlier build.
execFileSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });

// As deep below the root as the sources, because they look for files relative to themselves.
const outfile = path.join(root, '.tmp', 'bench', 'main.mjs');
await build({
  entryPoints: [path.join(root, 'bench', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  alias: { vscode: path.join(root, 'test', 'support', 'vscodeTexts.ts') },
  logLevel: 'warning',
});
await (await import(pathToFileURL(outfile).href)).main(process.argv.slice(2));
