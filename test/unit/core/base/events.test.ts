import { expect, it, vi } from 'vitest';
import { Emitter } from '../../../../src/core/base/events';

it('Emitter: the same function subscribed twice hears twice, until each subscription ends', () => {
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  const listen = (event: number) => heard.push(event);
  const [one, two] = [emitter.event(listen), emitter.event(listen)];
  emitter.fire(1);
  one.dispose();
  emitter.fire(2);
  two.dispose();
  emitter.fire(3);
  expect(heard).toEqual([1, 1, 2]);
});

it('Emitter: who throws keeps nobody else from hearing it, and the error is not lost', () => {
  const later: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (work: () => void) => later.push(work));
  try {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('broken');
    });
    emitter.event((event) => heard.push(event));
    emitter.fire(1);
    expect(heard).toEqual([1]);
    expect(later).toHaveLength(1);
    expect(later[0]).toThrow('broken');
  } finally {
    vi.unstubAllGlobals();
  }
});
