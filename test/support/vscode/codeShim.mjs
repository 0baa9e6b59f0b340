#!/usr/bin/env node
// @ts-check
// Stands in for the desktop `code` executable: `runTests({ vscodeExecutablePath })` of @vscode/test-electron takes it,
// so one set of tests runs inside the extension host of this VS Code in the browser and of a desktop VS Code.
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
// What the caller set for the tests reaches the extension host; what would confuse it does not.
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
