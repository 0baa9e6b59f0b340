// @ts-check
// The stages of `npm test`, in order.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from './build.mjs';
import { root, scratch } from './paths.mjs';
import { run } from './process.mjs';
import { one, oneFailed, tallyOfVitest, verdict } from './tally.mjs';
import { supported } from './tools.mjs';

/** @import { Tally } from './tally.mjs' */
/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} what
 * @property {readonly string[]} after stages without which this one says nothing
 * @property {'nothing' | 'browser' | 'vscode'} tools
 * @property {() => Promise<Tally>} run
 */

/** The runners' result files. Each is deleted first, so that an old file never counts for a new run. */
const results = path.join(scratch, 'results');

/** @type {readonly Stage[]} */
export const STAGES = [
  {
    name: 'lint',
    what: 'format, the rules and architecture of the code, and what nothing uses',
    after: [],
    tools: 'nothing',
    run: lint,
  },
  {
    name: 'typecheck',
    what: 'the TypeScript compiler on extension, tests and page',
    after: [],
    tools: 'nothing',
    run: typecheck,
  },
  { name: 'unit', what: 'unit tests', after: [], tools: 'nothing', run: () => vitest('unit') },
  { name: 'build', what: 'the bundles', after: [], tools: 'nothing', run: asTest(build) },
  {
    name: 'host',
    what: 'tests inside the extension host of VS Code',
    after: ['build'],
    // A named desktop VS Code, or a named version to download, needs no tools.
    tools: supported && !process.env['VSCODE_EXECUTABLE'] && !process.env['VSCODE_VERSION'] ? 'vscode' : 'nothing',
    run: hostTests,
  },
  {
    name: 'page',
    what: "the conversation's page alone, in Chromium",
    after: ['build'],
    tools: 'browser',
    run: () => vitest('page'),
  },
  {
    name: 'package',
    what: 'the .vsix',
    after: ['build'],
    tools: 'nothing',
    run: asTest(async () => {
      await (await import('./vsix.mjs')).packageExtension();
    }),
  },
  {
    name: 'e2e',
    what: 'the packaged extension in VS Code, driven as a person would',
    after: ['package'],
    tools: 'vscode',
    run: () => vitest('e2e'),
  },
];

async function lint() {
  const format = await tool('prettier', 'prettier', ['--check', '--log-level', 'warn', '.']);
  if (format.failed > 0) return format;
  const rules = await tool('eslint', 'eslint', ['.', '--max-warnings', '0']);
  if (rules.failed > 0) return rules;
  const unused = await tool('knip', 'knip', []);
  if (unused.failed > 0) return unused;
  const { code } = await run(process.execPath, [path.join(root, 'scripts/architecture.mjs'), '--check'], { cwd: root });
  return code === 0 ? one() : oneFailed('the architecture has problems, printed above');
}

async function typecheck() {
  for (const project of ['tsconfig.json', 'test/tsconfig.json', 'webview-ui/tsconfig.json']) {
    const tally = await tool('typescript', 'tsc', ['--noEmit', '-p', project]);
    if (tally.failed > 0) return tally;
  }
  return one();
}

/** @param {string} project @returns {Promise<Tally>} */
async function vitest(project) {
  const report = freshResult(project);
  const args = [
    'run',
    '--project',
    project,
    '--allowOnly=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const ended = await run(process.execPath, [binary('vitest', 'vitest'), ...args], {
    cwd: root,
    timeoutMs: 25 * 60_000,
  });
  const json = readJson(report);
  return verdict(json && tallyOfVitest(json), ended);
}

/** @returns {Promise<Tally>} */
async function hostTests() {
  const report = freshResult('host');
  const env = { ...process.env, HOST_TESTS_RESULT: report };
  const ended = await run(process.execPath, [path.join(root, 'scripts/lib/runHostTests.mjs')], {
    cwd: root,
    env,
    timeoutMs: 10 * 60_000,
  });
  return verdict(readJson(report), ended);
}

/**
 * A tool that succeeds or fails counts as one test.
 * @param {string} packageName @param {string} name @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function tool(packageName, name, args) {
  const { code, timedOut } = await run(process.execPath, [binary(packageName, name), ...args], { cwd: root });
  return code === 0
    ? one()
    : oneFailed(timedOut ? `${name} did not end in time` : `${name} found problems, printed above`);
}

/** @param {() => Promise<void>} work @returns {() => Promise<Tally>} */
function asTest(work) {
  return async () => {
    try {
      await work();
      return one();
    } catch (error) {
      return oneFailed(error instanceof Error ? error.message : String(error));
    }
  };
}

/** The script of a dependency's command. @param {string} packageName @param {string} name */
function binary(packageName, name) {
  const manifest = path.join(root, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
}

/** @param {string} stage */
function freshResult(stage) {
  fs.mkdirSync(results, { recursive: true });
  const file = path.join(results, `${stage}.json`);
  fs.rmSync(file, { force: true });
  return file;
}

/** @param {string} file @returns {any} */
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
