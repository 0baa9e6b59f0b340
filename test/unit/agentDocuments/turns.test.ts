import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src/agentDocuments/turns';

describe('Turns', () => {
  it('runs work on one key in order, also after a failure, and keeps other keys apart', async () => {
    const turns = new Turns();
    const log: string[] = [];
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const first = turns.take('a', async () => {
      log.push('first begins');
      await opened;
      log.push('first fails');
      throw new Error('failed');
    });
    const second = turns.take('a', () => {
      log.push('second');
      return Promise.resolve(2);
    });
    await turns.take('b', () => Promise.resolve(log.push('other key')));
    expect(log).toEqual(['first begins', 'other key']);
    open();
    await expect(first).rejects.toThrow('failed');
    expect(await second).toBe(2);
    expect(log).toEqual(['first begins', 'other key', 'first fails', 'second']);
  });

  it('is busy until the last work on the key has ended', async () => {
    const turns = new Turns();
    expect(turns.isBusy('a')).toBe(false);
    const failing = turns.take('a', () => Promise.reject(new Error('failed')));
    expect(turns.isBusy('a')).toBe(true);
    await expect(failing).rejects.toThrow();
    await expect.poll(() => turns.isBusy('a')).toBe(false);
  });
});
