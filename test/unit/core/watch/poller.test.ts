import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Poller } from '../../../../src/core/watch/poller';

let reads: (() => void)[];
let pace: number | undefined;
let poller: Poller;

beforeEach(() => {
  vi.useFakeTimers();
  reads = [];
  pace = 1_000;
  poller = new Poller(
    () => new Promise((resolve) => reads.push(resolve)),
    () => pace,
  );
});
afterEach(() => {
  poller.dispose();
  vi.useRealTimers();
});
const answered = async (): Promise<void> => {
  reads.at(-1)?.();
  await vi.advanceTimersByTimeAsync(0);
};

describe('Poller', () => {
  it('shares a running read, and starts no second one', async () => {
    const one = poller.readNow();
    expect(poller.readNow()).toBe(one);
    poller.reconsider();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toHaveLength(1);
  });

  it('reads again after the delay that each read decides, until there is none', async () => {
    void poller.readNow();
    await answered();
    await vi.advanceTimersByTimeAsync(999);
    expect(reads).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(reads).toHaveLength(2);
    pace = undefined;
    await answered();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(reads).toHaveLength(2);
    pace = 5;
    poller.reconsider();
    await vi.advanceTimersByTimeAsync(5);
    expect(reads).toHaveLength(3);
  });

  it('reads no more once it is disposed of', async () => {
    void poller.readNow();
    poller.dispose();
    await answered();
    await poller.readNow();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(reads).toHaveLength(1);
  });
});
