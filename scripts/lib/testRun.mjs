// @ts-check
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './dependencies.mjs';
import { exitOnSignals } from './process.mjs';
import { STAGES } from './stages.mjs';
import { duration, Problem, runScript, say } from './steps.mjs';
import { counts, oneFailed, sum } from './tally.mjs';
import { ensureTools } from './tools.mjs';

/** @import { Stage } from './stages.mjs' */
/** @import { Tally } from './tally.mjs' */

const HELP = `npm test [-- --only stage,…] [-- --skip stage,…]

Installs what is missing and runs these stages, with the ones they need before them:
${STAGES.map(({ name, what }) => `  ${name.padEnd(10)} ${what}`).join('\n')}

Environment
  CHROMIUM            the browser to drive, when none is on PATH
  VSCODE_EXECUTABLE   a desktop VS Code to run the host tests in
  VSCODE_VERSION      a version of the desktop VS Code to fetch and run them in: 1.105.0, stable
  VSCODE_HARNESS_DIR  where VS Code for tests is installed (default: .tools)
  KEEP_VSCODE=1       keeps the folders of the VS Codes that tests started
`;

/** Runs the chosen stages and prints a last line `N passed, N failed`. The exit code is 1 if something failed. */
export async function main() {
  exitOnSignals();
  await runScript(async () => {
    const { values } = parseArgs({
      options: { only: { type: 'string' }, skip: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) return console.log(HELP);
    const stages = chooseStages(names(values.only), names(values.skip) ?? []);
    const start = performance.now();
    say(`Stages: ${stages.map(({ name }) => name).join(', ')} (Node ${process.versions.node})`);
    await ensureDependencies();
    const withoutTools = await prepareTools(stages);
    useOwnTemporaryFolder();
    /** @type {Map<string, Tally>} */
    const tallies = new Map();
    for (const stage of stages) tallies.set(stage.name, await runStage(stage, tallies, withoutTools));
    conclude(tallies, performance.now() - start);
  });
}

/**
 * Killed tests leave files in the temporary folder, so the run deletes it. The path is short, because a socket's path
 * may have 107 characters.
 */
function useOwnTemporaryFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quant-agents-'));
  process.env['TMPDIR'] = folder;
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
}

/** @param {string | undefined} list */
function names(list) {
  return list
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/**
 * The stages to run, in order: the wanted ones and those that they need, without the skipped ones.
 * @param {readonly string[] | undefined} only undefined: all
 * @param {readonly string[]} skip
 * @returns {Stage[]}
 */
export function chooseStages(only, skip) {
  const known = STAGES.map(({ name }) => name);
  const unknown = [...(only ?? []), ...skip].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Problem(`No such stage: ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  const wanted = new Set(only ?? known);
  for (const { name, after } of [...STAGES].reverse())
    if (wanted.has(name)) for (const needed of after) wanted.add(needed);
  return STAGES.filter(({ name }) => wanted.has(name) && !skip.includes(name));
}

/**
 * Installs the tools that the stages need. If that is not possible, the stages without tools still run.
 * @param {readonly Stage[]} stages
 * @returns {Promise<string | undefined>} why there are none
 */
async function prepareTools(stages) {
  const needed = new Set(stages.map(({ tools }) => tools));
  if (!needed.has('vscode') && !needed.has('browser')) return undefined;
  try {
    await ensureTools({ browser: true, vscode: needed.has('vscode') });
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    return error.message;
  }
}

/**
 * @param {Stage} stage
 * @param {ReadonlyMap<string, Tally>} earlier
 * @param {string | undefined} withoutTools
 * @returns {Promise<Tally>}
 */
async function runStage(stage, earlier, withoutTools) {
  console.log(`\n== ${stage.name}: ${stage.what}`);
  const start = performance.now();
  const broken = stage.after.find((name) => (earlier.get(name)?.failed ?? 0) > 0);
  const tally =
    broken !== undefined
      ? oneFailed(`not run, because ${broken} failed`)
      : withoutTools !== undefined && stage.tools !== 'nothing'
        ? oneFailed(`not run: ${withoutTools}`)
        : await stage.run();
  say(`${stage.name}: ${counts(tally)} in ${duration(performance.now() - start)}`);
  return tally;
}

/** @param {ReadonlyMap<string, Tally>} tallies @param {number} tookMs */
function conclude(tallies, tookMs) {
  const total = sum([...tallies.values()]);
  console.log(`\n== Result after ${duration(tookMs)}`);
  for (const [name, tally] of tallies) console.log(`  ${name.padEnd(10)} ${counts(tally)}`);
  if (total.failed > 0) console.log('\nFailures');
  for (const [name, { failures }] of tallies) for (const failure of failures) console.log(`  ${name} › ${failure}`);
  console.log(`\n${counts(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
