import { describe, expect, it } from 'vitest';
import { Lazy } from '../../../../src/core/base/lazy';

describe('Lazy', () => {
  it('loads once, with the first call', async () => {
    let loads = 0;
    const later = new Lazy(() => Promise.resolve({ load: ++loads }));
    expect(later.current).toBeUndefined();
    expect(loads).toBe(0);
    const both = await Promise.all([later.get(), later.get()]);
    expect(both).toEqual([{ load: 1 }, { load: 1 }]);
    expect(later.current).toBe(both[0]);
  });

  it('rejects if loading fails, and tries again with the next call', async () => {
    let isBroken = true;
    const later = new Lazy(() => (isBroken ? Promise.reject(new Error('no such file')) : Promise.resolve({})));
    await expect(later.get()).rejects.toThrow('no such file');
    expect(later.current).toBeUndefined();
    isBroken = false;
    await expect(later.get()).resolves.toEqual({});
  });

  it('disposes what was made and what leads to it, and makes nothing only to dispose it', () => {
    const ended: string[] = [];
    const later = new Lazy(() => Promise.resolve({ dispose: () => ended.push('feature') }));
    later.own({ dispose: () => ended.push('registration') });
    later.dispose();
    expect(ended).toEqual(['registration']);
  });

  it('disposes what is still loading as soon as it is made', async () => {
    const ended: string[] = [];
    const later = new Lazy(() => Promise.resolve({ dispose: () => ended.push('feature') }));
    const loading = later.get();
    later.dispose();
    await loading;
    expect(ended).toEqual(['feature']);
  });
});
