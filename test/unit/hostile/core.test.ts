import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { CASES } from './coreCases';
import { hostileWorker, runBoth, type HostileWorker } from './worker';

let worker: HostileWorker;
beforeAll(async () => {
  worker = await hostileWorker(path.join(import.meta.dirname, 'coreCases.ts'));
});
afterAll(() => worker.dispose());

describe('hostile texts: work ends at ten times the size', () => {
  for (const [name, work] of Object.entries(CASES)) it(name, () => runBoth(worker, name, work), 60_000);
});
