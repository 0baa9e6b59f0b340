import path from 'node:path';
import { defineConfig } from 'vitest/config';

// These limits stop what never ends. They are not expectations, so they are far longer than a test takes on a busy
// machine.
const patient = (timeout: number) => ({
  environment: 'node' as const,
  testTimeout: timeout,
  hookTimeout: timeout,
  expect: { poll: { timeout: timeout / 2, interval: 25 } },
});

// There is no VS Code here. Tests that need more than its texts mock it.
const withTexts = { resolve: { alias: { vscode: path.resolve('test/support/vscodeModule.ts') } } };
const setupFiles = ['test/support/installTexts.ts'];

export default defineConfig({
  test: {
    projects: [
      { ...withTexts, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], setupFiles, ...patient(60_000) } },
      // Each file has its own browser, which mostly waits for frames. So two of them share a machine well.
      {
        ...withTexts,
        test: { name: 'page', include: ['test/page/**/*.test.ts'], setupFiles, ...patient(120_000), maxWorkers: 2 },
      },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...patient(240_000), fileParallelism: false } },
    ],
  },
});
