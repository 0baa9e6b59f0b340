// VS Code calls this in its extension host. It runs every suite beside this file and writes the result to a file. Only
// that file counts: VS Code exits with 0 even if the host died half-way.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

interface Result {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, forbidOnly: true, color: false });
  // In order of their names, so that 0-activation looks at the extension before anything else uses it.
  for (const file of readdirSync(__dirname)
    .filter((name) => name.endsWith('.test.cjs'))
    .sort())
    mocha.addFile(join(__dirname, file));

  const rejections = unhandledRejections();
  const result: Result = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    runner.on('pass', () => {
      result.passed++;
    });
    runner.on('pending', () => {
      result.skipped++;
    });
    runner.on('fail', (test, error: unknown) => {
      result.failed++;
      result.failures.push(
        `${test.fullTitle()}: ${(error instanceof Error ? error.message.split('\n')[0] : undefined) ?? String(error)}`,
      );
    });
  });
  for (const reason of rejections.values()) {
    result.failed++;
    result.failures.push(`a promise of the extension was rejected and nobody looked: ${reason}`);
  }
  const file = process.env['HOST_TESTS_RESULT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${String(result.failed)} test(s) failed`);
}

/** Promises that the bundled extension left rejected from now on. VS Code only logs them, so no test would see them. */
function unhandledRejections(): ReadonlyMap<Promise<unknown>, string> {
  const found = new Map<Promise<unknown>, string>();
  const bundle = join(__dirname, '..', '..', 'dist');
  process.on('unhandledRejection', (reason, promise) => {
    if (reason instanceof Error && reason.stack?.includes(bundle))
      found.set(promise, reason.stack.split('\n').slice(0, 2).join(' '));
  });
  process.on('rejectionHandled', (promise) => {
    found.delete(promise);
  });
  return found;
}
