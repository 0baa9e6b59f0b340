import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionSource } from '../../../src/core/organization/session';
import { AGENTS_MS, TASKS_WHILE_IDLE_MS } from '../../../src/core/watch/pace';
import { TaskWatch } from '../../../src/explorer/taskWatch';
import { clockAhead } from '../../support/clocks';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';

let cloud: RunningSandbox;
let session: TestSession;
let isVisible: boolean;
let offsetMs: number;
let watch: TaskWatch;
const clock = clockAhead(() => offsetMs);

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud);
  isVisible = false;
  offsetMs = 0;
  watch = new TaskWatch({ current: session } as Partial<SessionSource> as SessionSource, () => isVisible, clock);
  await session.store.refreshAll();
});
afterEach(async () => {
  watch.dispose();
  session.end();
  await cloud.stop();
});

const reads = (): number => cloud.count('/agents/tasks/list');

describe('TaskWatch: a tree that becomes visible again', () => {
  it('is read at once if its rows are old', async () => {
    const before = reads();
    offsetMs = TASKS_WHILE_IDLE_MS + 1;
    isVisible = true;
    watch.visibilityChanged();
    await expect.poll(reads, { timeout: 30_000, interval: 10 }).toBe(before + 1);
  });

  it('also reads the agents if they were confirmed long ago', async () => {
    const before = cloud.count('/agents/list');
    offsetMs = AGENTS_MS + 1;
    isVisible = true;
    watch.visibilityChanged();
    await expect.poll(() => cloud.count('/agents/list'), { timeout: 30_000, interval: 10 }).toBe(before + 1);
  });

  it('is not read each time it becomes visible', async () => {
    const before = reads();
    for (let look = 0; look < 50; look++) {
      isVisible = look % 2 === 0;
      watch.visibilityChanged();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(reads()).toBe(before);
  });
});
