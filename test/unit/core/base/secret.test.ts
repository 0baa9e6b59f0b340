import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../../../src/core/base/secret';

it('Secret: prints as a mask however it is printed', () => {
  const secret = new Secret('canary');
  expect(secret.reveal()).toBe('canary');
  for (const printed of [
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }),
    inspect(secret, { showHidden: true }),
  ]) {
    expect(printed).toContain('***');
    expect(printed).not.toContain('canary');
  }
});
