/**
 * Runs named functions in a worker thread and ends it when one takes too long. So a function that never returns cannot
 * stop the tests.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const PATIENCE_MS = 20_000;

const ENTRY = (module: string): string => `
  import { parentPort } from 'node:worker_threads';
  import { CASES } from ${JSON.stringify(module)};
  parentPort.on('message', ({ name, size }) => {
    try {
      CASES[name].run(size);
      parentPort.postMessage({});
    } catch (error) {
      parentPort.postMessage({ problem: String(error) });
    }
  });`;

/** One test of a function: makes a text of a size, runs the function on it, and throws if the result is wrong. */
export interface Case {
  /** The small size; the large one is ten times as large. */
  readonly size: number;
  run(size: number): void;
}

export interface HostileWorker {
  /** Runs a case. Rejects if it throws, or if it has not ended after 20 seconds. */
  run(name: string, size: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Runs a case at both sizes. */
export async function runBoth(worker: HostileWorker, name: string, { size }: Case): Promise<void> {
  await worker.run(name, size);
  await worker.run(name, size * 10);
}

/** @param module the module that exports `CASES`, by name; bundled for the worker. */
export async function hostileWorker(module: string): Promise<HostileWorker> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hostile-'));
  const file = path.join(folder, 'worker.cjs');
  await build({
    stdin: { contents: ENTRY(module), resolveDir: path.dirname(module), loader: 'js' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: file,
    logLevel: 'silent',
  });
  let worker: Worker | undefined;
  const end = async (): Promise<void> => {
    await worker?.terminate();
    worker = undefined;
  };
  return {
    async run(name, size) {
      worker ??= new Worker(file);
      const { port, timer, answer } = ask(worker, name, size);
      try {
        port.postMessage({ name, size });
        const { problem } = await answer;
        if (problem !== undefined) throw new Error(`${name} at ${String(size)}: ${problem}`);
      } catch (error) {
        await end();
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    async dispose() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function ask(
  port: Worker,
  name: string,
  size: number,
): { readonly port: Worker; readonly timer: NodeJS.Timeout; readonly answer: Promise<{ readonly problem?: string }> } {
  let stop = (): void => {};
  const timer = setTimeout(() => {
    stop();
  }, PATIENCE_MS);
  const answer = new Promise<{ readonly problem?: string }>((resolve, reject) => {
    stop = () => {
      reject(new Error(`${name} at ${String(size)} has not ended after ${String(PATIENCE_MS / 1_000)} seconds.`));
    };
    port.removeAllListeners();
    port.once('message', resolve);
    port.once('error', reject);
    port.once('exit', (code) => {
      reject(new Error(`${name} at ${String(size)} ended its thread with ${String(code)}.`));
    });
  });
  return { port, timer, answer };
}
