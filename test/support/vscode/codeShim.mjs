#!/usr/bin/env node
// @ts-check
// Replaces the desktop `code` executable. `runTests({ vscodeExecutablePath })` of @vscode/test-electron uses it. So the
// same tests run in the extension host of this VS Code in the browser and of a desktop VS Code.
import fs from 'node:fs';
import { exitOnSignals } from '../../../scripts/lib/process.mjs';
import { runInHostTests } from './hostTests.mjs';

exitOnSignals();
const args = process.argv.slice(2);
const flag = (/** @type {string} */ name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const extensionTestsPath = flag('extensionTestsPath');
const extensionDevelopmentPath = flag('extensionDevelopmentPath');
if (!extensionTestsPath || !extensionDevelopmentPath) {
  console.error('code-shim runs tests only: it needs --extensionDevelopmentPath and --extensionTestsPath.');
  process.exit(2);
}
const workspace = args.find(
  (arg) => !arg.startsWith('-') && fs.statSync(arg, { throwIfNoEntry: false })?.isDirectory(),
);
// The extension host gets what the caller set for the tests, without what would confuse it.
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|XDG_|npm_|(NODE_OPTIONS|HOME|PATH|TMPDIR)$)/.test(name),
  ),
);

try {
  process.exitCode = await runInHostTests({
    extensionDevelopmentPath,
    extensionTestsPath,
    env,
    ...(workspace === undefined ? {} : { workspace }),
  });
} catch (error) {
  console.error(error);
  process.exitCode = 3;
}
