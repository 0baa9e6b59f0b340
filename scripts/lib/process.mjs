// @ts-check
// Child processes that leave nothing behind.
import { spawn } from 'node:child_process';
import process from 'node:process';

/** @typedef {{ code: number, output: string, timedOut: boolean }} Finished */

/** @type {Set<number>} */
const running = new Set();

/** @param {number} group @param {NodeJS.Signals} signal */
function signalGroup(group, signal) {
  try {
    process.kill(process.platform === 'win32' ? group : -group, signal);
  } catch {
    // already gone
  }
}

process.on('exit', () => {
  for (const group of running) signalGroup(group, 'SIGKILL');
});

/**
 * Runs this process's exit handlers, which end its children, on Ctrl+C, on `kill`, when the terminal closes, and when
 * the npm that started it ends.
 * @returns {() => void} removes the handlers
 */
export function exitOnSignals() {
  const stop = stopSignal();
  const exit = () => process.exit(130);
  stop.addEventListener('abort', exit);
  return () => stop.removeEventListener('abort', exit);
}

/**
 * Aborts on Ctrl+C, on `kill`, when the terminal closes, and when the npm that started this process is gone. npm passes
 * a signal on to a shell, and not every shell passes it on.
 * @returns {AbortSignal}
 */
export function stopSignal() {
  const controller = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => controller.abort());
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'])
    setInterval(() => {
      if (process.ppid !== parent) controller.abort();
    }, 500).unref();
  return controller.signal;
}

/**
 * Runs a program to its end, in its own process group. Ends the whole group when the time is over. Never rejects: if a
 * program cannot start, it finishes with code 127 and the reason as its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeoutMs?: number }} [options] quiet keeps the
 * output back; it is returned either way
 * @returns {Promise<Finished>}
 */
export function run(command, args, { cwd, env = process.env, quiet = false, timeoutMs = 15 * 60_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    let output = '';
    let timedOut = false;
    const take = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      if (!quiet) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const group = child.pid;
    if (group === undefined) {
      child.once('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}`, timedOut }));
      return;
    }
    running.add(group);
    const timer = setTimeout(() => {
      timedOut = true;
      signalGroup(group, 'SIGTERM');
      setTimeout(() => signalGroup(group, 'SIGKILL'), 3000).unref();
    }, timeoutMs);
    // 'exit', not 'close': a grandchild that is left would keep the pipes open, and it is ended here.
    child.once('exit', (code) => {
      clearTimeout(timer);
      signalGroup(group, 'SIGKILL');
      running.delete(group);
      const finish = () => resolve({ code: code ?? 1, output, timedOut });
      const timerForPipes = setTimeout(finish, 2000); // one that left the group could hold them open for ever
      child.once('close', () => {
        clearTimeout(timerForPipes);
        finish();
      });
    });
  });
}

/**
 * Runs npm: the one that runs this script, or else the one on `PATH`.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2] & { node?: string }} [options] node: the Node that npm itself is to run on
 */
export function npm(args, { node = process.execPath, ...options } = {}) {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('npm-cli.js')) return run(node, [script, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
