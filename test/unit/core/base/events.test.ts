import { expect, it, vi } from 'vitest';
import { Emitter } from '../../../../src/core/base/events';

it('Emitter: a function that is subscribed twice is called twice, until each subscription ends', () => {
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

it('Emitter: a listener that throws does not stop the others, and its error is not lost', () => {
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
