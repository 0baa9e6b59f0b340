import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../../src/account/origin';

describe('The base URL', () => {
  it('is taken with any path, without its trailing slashes', () => {
    expect(parseBaseUrl('https://beta.quantconnect.com/api/v2//')).toEqual({
      ok: true,
      url: 'https://beta.quantconnect.com/api/v2',
      origin: 'https://beta.quantconnect.com',
    });
    expect(parseBaseUrl('http://127.0.0.1:8080/api/v2')).toMatchObject({ ok: true });
  });

  it.each([
    undefined,
    '',
    'quantconnect',
    'http://quantconnect.com/api/v2',
    'ftp://127.0.0.1',
    'https://user:word@quantconnect.com',
    'javascript:alert(1)',
    'http://127.0.0.1.evil.example/',
  ])('is refused when a token could leak there: %s', (setting) => {
    expect(parseBaseUrl(setting)).toMatchObject({ ok: false });
  });
});
