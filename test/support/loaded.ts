import type { Lazy } from '../../src/core/base/lazy';

/** A feature that is already loaded. */
export function loaded<T extends object>(feature: T): Pick<Lazy<T>, 'current' | 'get'> {
  return { current: feature, get: () => Promise.resolve(feature) };
}
