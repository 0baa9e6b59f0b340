import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The texts, by what repeats in them. `n` is the length of the text. */
const CORPUS: Readonly<Record<string, (n: number) => unknown>> = {
  names: (n) => 'llmApiTokenUser'.repeat(n / 15),
  'names with an equals sign': (n) => 'llmApiTokenUser='.repeat(n / 16),
  backslashes: (n) => `llmApiTokenUser${'\\'.repeat(n)}`,
  'backslashes and letters': (n) => `llmApiTokenUser${'\\u'.repeat(n / 2)}`,
  'pieces in quotes': (n) => `llmApiTokenUser = ${'"abcdef" + '.repeat(n / 11)}`,
  'pieces behind names': (n) => 'llmApiTokenUser="ab1cd-ef2gh-ij3kl"+"x'.repeat(n / 38),
  'percent codes': (n) => `llmApiTokenUser${'%25'.repeat(n / 3)}`,
  entities: (n) => `llmApiTokenUser${'&amp;'.repeat(n / 5)}`,
  'base64 of the name': (n) => 'bGxtQXBpVG9rZW5Vc2Vy'.repeat(n / 20),
  'base64 of nothing': (n) => `bGxtQXBpVG9rZW5Vc2Vy${'QUJD'.repeat(n / 4)}`,
  'beginnings of the name': (n) => `${'llm.'.repeat(n / 4)}llmApiTokenUser`,
  'signs that could be entities': (n) => `llm${'&_;'.repeat(8)}api${'&_;'.repeat(24)}x`.repeat(n / 103),
  values: (n) =>
    Array.from({ length: n / 45 }, (_, i) => `llmApiTokenUser: "sk-${String(i).padStart(20, 'x')}"`).join('\n'),
  'one value': (n) => `llmApiTokenUser: ${'ab1cd'.repeat(40)} ${'ab1cd'.repeat(n / 5)}`,
  brackets: (n) => 'llmApiTokenUser: {'.repeat(n / 18),
  texts: (n) => Array.from({ length: n / 40 }, (_, i) => `llmApiTokenUser: ${String(i)}sk-canary-000000`),
  'names alone': (n) => Array.from({ length: n / 20 }, () => 'llmApiTokenUser'),
  fields: (n) =>
    Object.fromEntries(
      Array.from({ length: n / 45 }, (_, i) => [`llmApiTokenUser${String(i)}`, `sk-canary-000000${String(i)}`]),
    ),
  'terminal colors': (n) => `llmApiTokenUser${'\u001b['.repeat(n / 2)}`,
};

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  await build({
    stdin: {
      contents: `import { parentPort, workerData } from 'node:worker_threads';
        import { parseWithoutKeys, withoutSecrets } from './src/core/secrets/secrets';
        parseWithoutKeys(workerData);
        withoutSecrets([workerData], ['a-secret-of-some-length', 'another']);
        parentPort.postMessage('done');`,
      resolveDir: path.resolve(import.meta.dirname, '../../../..'),
    },
    outfile: path.join(folder, 'worker.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Whether the work ends within 20 seconds, before the worker is stopped. */
function ends(answer: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(folder, 'worker.cjs'), { workerData: answer });
    const timer = setTimeout(() => {
      resolve(false);
      void worker.terminate();
    }, 20_000);
    worker.once('message', () => {
      clearTimeout(timer);
      resolve(true);
    });
    worker.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

describe('Searching secrets in hostile text', () => {
  it.each(Object.entries(CORPUS))(
    'ends soon: %s',
    async (_, textOf) => {
      for (const n of [100_000, 1_000_000]) expect(await ends(JSON.stringify({ text: textOf(n) }))).toBe(true);
    },
    60_000,
  );
});
