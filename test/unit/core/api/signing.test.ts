import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { signedHeaders } from '../../../../src/core/api/signing';
import { Secret } from '../../../../src/core/base/secret';

describe('signing', () => {
  const credentials = { userId: '12345', token: new Secret('my-token') };

  // printf 'my-token:1700000000' | sha256sum; printf '12345:<that>' | base64 -w0
  it('gives the headers that a shell computed', () => {
    expect(signedHeaders(credentials, 1_700_000_000_999)).toEqual({
      Timestamp: '1700000000',
      Authorization:
        'Basic MTIzNDU6ZjZlMThkOWRmOWE3OWZjYjVkNmQwOWEyNmMxZTBhMTE2ZDlhZWE5MzcxNjhhZGNiMWMwNzE1OTE5ODQwNzk2MQ==',
    });
  });

  it('does not show the token when the credentials are printed', () => {
    expect(inspect(credentials) + JSON.stringify(credentials)).not.toContain('my-token');
  });
});
