import type { Later } from '../../src/core/base/later';

/** A feature that is already loaded. */
export function loaded<T extends object>(feature: T): Pick<Later<T>, 'current' | 'get'> {
  return { current: feature, get: () => Promise.resolve(feature) };
}
