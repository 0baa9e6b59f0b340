import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { until } from '../test/support/poll.mjs';
import type { openWorkbench, startServer } from '../test/support/vscode/index.mjs';
import { median } from './median';

export interface ActivationFigures {
  /** How much longer our activation takes than that of an extension with one command. */
  readonly extraMs: number;
  /** The size of our JavaScript that activation loads. */
  readonly codeKb: number;
}

/** The measurements of one start of an extension host. */
interface Start {
  readonly oursMs: number;
  readonly controlMs: number;
  readonly codeBytes: number;
}

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const OURS = 'quant-agents.agents-for-quantconnect';
const CONTROL = 'bench.control';
/** Odd, so that the median is a real measurement. */
const PAIRS = 9;

/**
 * Activates the built extension and a control extension in the same extension host of a real VS Code, once in each of
 * several new hosts. What both pay (the extension's storage, messages to the window, a busy machine) cancels out. Their
 * order alternates, because the first one also pays for what VS Code does only once. A third extension measures. Its
 * clock runs around `activate()` of VS Code's API, so it includes reading and running the code and our own
 * `activate()`. For that, the copy of our extension has no activation events, so nothing else starts it first.
 * @param extension the folder that holds `package.json` and `dist`.
 */
export async function activationFigures(extension = ROOT): Promise<ActivationFigures> {
  const vscode = await drivers();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-activation-'));
  const results = path.join(folder, 'results.jsonl');
  fs.writeFileSync(results, '');
  const manifest = JSON.parse(fs.readFileSync(path.join(extension, 'package.json'), 'utf8')) as object;
  place(folder, OURS, { ...manifest, activationEvents: [] });
  for (const part of ['dist', 'l10n', 'media', 'package.nls.json'])
    fs.cpSync(path.join(extension, part), path.join(folder, 'extensions', OURS, part), { recursive: true });
  place(folder, CONTROL, {
    name: 'control',
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    main: './main.js',
    activationEvents: [],
    contributes: { commands: [{ command: 'bench.control', title: 'Control' }] },
  });
  fs.writeFileSync(path.join(folder, 'extensions', CONTROL, 'main.js'), CONTROL_CODE);
  place(folder, 'bench.measure', {
    name: 'measure',
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    main: './main.js',
    activationEvents: ['onStartupFinished'],
  });
  fs.writeFileSync(path.join(folder, 'extensions', 'bench.measure', 'main.js'), MEASURING_CODE);

  const server = await vscode.startServer({ folder, env: { BENCH_RESULTS: results } });
  try {
    // The first start does not count, because the server then reads VS Code's own files for the first time.
    for (let start = 0; start <= PAIRS; start++) {
      const workbench = await vscode.openWorkbench(server);
      try {
        await vscode.until('both extensions are measured', () => lines(results).length > start, { timeoutMs: 60_000 });
      } finally {
        await workbench.close();
      }
    }
    const starts = lines(results)
      .slice(1)
      .map((line) => JSON.parse(line) as Start);
    return {
      extraMs: median(starts.map(({ oursMs, controlMs }) => oursMs - controlMs)),
      codeKb: Math.max(...starts.map(({ codeBytes }) => codeBytes)) / 1000,
    };
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const CONTROL_CODE = `
const vscode = require('vscode');
exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('bench.control', () => undefined));
};
`;

const MEASURING_CODE = `
// VS Code is still starting in this process and others. Five timers in a row without delay show that it is done.
const calm = async () => {
  const until = performance.now() + 20_000;
  for (let inTime = 0; inTime < 5 && performance.now() < until; ) {
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 100));
    inTime = performance.now() - began < 105 ? inTime + 1 : 0;
  }
};
const fs = require('node:fs');
const vscode = require('vscode');
exports.activate = async () => {
  const results = process.env.BENCH_RESULTS;
  const isOdd = fs.readFileSync(results, 'utf8').split('\\n').length % 2 === 1;
  const ours = vscode.extensions.getExtension('${OURS}');
  const control = vscode.extensions.getExtension('${CONTROL}');
  if (ours.isActive || control.isActive) throw new Error('It is active already.');
  const measure = async (extension) => {
    const began = performance.now();
    await extension.activate();
    return performance.now() - began;
  };
  await calm();
  const measured = {};
  for (const name of isOdd ? ['ours', 'control'] : ['control', 'ours']) {
    measured[name + 'Ms'] = await measure(name === 'ours' ? ours : control);
    if (name !== 'ours') continue;
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(ours.extensionPath));
    measured.codeBytes = loaded.reduce((sum, file) => sum + fs.statSync(file).size, 0);
  }
  fs.appendFileSync(results, JSON.stringify(measured) + '\\n');
};
`;

/** Puts an extension where VS Code finds it when it first starts. */
function place(folder: string, id: string, manifest: object): void {
  const at = path.join(folder, 'extensions', id);
  fs.mkdirSync(at, { recursive: true });
  fs.writeFileSync(path.join(at, 'package.json'), JSON.stringify(manifest));
}

function lines(file: string): readonly string[] {
  return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

interface Drivers {
  readonly startServer: typeof startServer;
  readonly openWorkbench: typeof openWorkbench;
  readonly until: typeof until;
}

/** Not bundled, because these modules look for files relative to themselves. */
async function drivers(): Promise<Drivers> {
  const load = (file: string): Promise<object> => import(pathToFileURL(path.join(ROOT, file)).href) as Promise<object>;
  return { ...(await load('test/support/vscode/index.mjs')), ...(await load('test/support/poll.mjs')) } as Drivers;
}
