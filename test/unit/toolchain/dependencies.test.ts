import { describe, expect, it } from 'vitest';
import { whyStale } from '../../../scripts/lib/dependencies.mjs';

const locked = {
  packages: {
    '': {},
    'node_modules/zod': { version: '4.0.0' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
};

describe('telling whether dependencies must be installed', () => {
  it('is content with what the lock asks for, without the optional packages of other platforms', () => {
    expect(whyStale(locked, { packages: { 'node_modules/zod': { version: '4.0.0' } } })).toBeUndefined();
  });

  it.each([
    ['nothing is installed', undefined, 'not installed yet'],
    ['a package is missing', { packages: {} }, 'zod is missing'],
    [
      'a package has another version',
      { packages: { 'node_modules/zod': { version: '3.9.9' } } },
      'zod is 3.9.9, 4.0.0 is locked',
    ],
    [
      'an optional package has another version',
      { packages: { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/fsevents': { version: '1.0.0' } } },
      'fsevents is 1.0.0',
    ],
    [
      'a package is no longer wanted',
      { packages: { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/left': { version: '1.0.0' } } },
      'left is no longer locked',
    ],
  ])('installs when %s', (_when, installed, reason) => {
    expect(whyStale(locked, installed)).toContain(reason);
  });
});
