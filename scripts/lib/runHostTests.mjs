// @ts-check
// Builds test/host and runs it in the extension host of a real VS Code. HOST_TESTS_RESULT names the file for the
// results.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';
import { root, scratch } from './paths.mjs';
import { exitOnSignals } from './process.mjs';
import { supported } from './tools.mjs';

exitOnSignals();
const out = path.join(scratch, 'host');
fs.rmSync(out, { recursive: true, force: true });
const sources = fs
  .readdirSync(path.join(root, 'test/host'), { recursive: true })
  .map(String)
  .filter((file) => file === 'index.ts' || file.endsWith('.test.ts'));
await esbuild.build({
  entryPoints: sources.map((file) => path.join(root, 'test/host', file)),
  outbase: path.join(root, 'test/host'),
  outdir: out,
  // Each bundle has its own copy of the code, so each must install the texts.
  inject: [path.join(root, 'test/support/installTexts.ts')],
  outExtension: { '.js': '.cjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
});

const workspace = path.join(scratch, 'host-workspace');
fs.rmSync(workspace, { recursive: true, force: true });
fs.cpSync(path.join(root, 'examples/workspace'), workspace, { recursive: true });

// Finds the VS Code to use: a named desktop VS Code; or a named version, which @vscode/test-electron downloads into
// .vscode-test; or VS Code in the browser, if it can be installed; or the newest desktop VS Code.
const version = process.env['VSCODE_VERSION'];
const executable =
  process.env['VSCODE_EXECUTABLE'] ||
  (supported && !version ? path.join(root, 'test/support/vscode/codeShim.mjs') : undefined);
try {
  await runTests({
    ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
    ...(version ? { version } : {}),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(out, 'index.cjs'),
    launchArgs: [workspace, '--disable-extensions'],
    extensionTestsEnv: { HOST_TESTS_RESULT: process.env['HOST_TESTS_RESULT'] },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
