import { describe, expect, it } from 'vitest';
import { parseLeanCredentials } from '../../../src/account/leanCredentials';

describe('Lean CLI credentials', () => {
  it('are read with texts or numbers', () => {
    const credentials = parseLeanCredentials('{"user-id": 123, "api-token": "abc", "organization-id": "o1"}');
    expect(credentials).toMatchObject({ userId: '123', organizationId: 'o1' });
    expect(credentials?.token.reveal()).toBe('abc');
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"user-id": 1}',
    '{"user-id": null, "api-token": "x"}',
    '{"user-id": "", "api-token": ""}',
  ])('are none in %s', (text) => {
    expect(parseLeanCredentials(text)).toBeUndefined();
  });
});
