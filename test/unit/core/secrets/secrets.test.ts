import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWithoutKeys, withoutSecrets } from '../../../../src/core/secrets/secrets';
import { Secret } from '../../../../src/core/base/secret';

const KEY = 'sk-canary-77d0b2';

describe('masking provider keys', () => {
  it.each([
    ['at the top', { llmApiTokenUser: KEY }],
    ['deep inside of lists and objects', { conversation: { agents: [{ token: { llmApiTokenUser: KEY } }] } }],
    ['in any case', { token: { LLMAPITOKENUSER: KEY, LlmApiTokenUser: KEY } }],
    ['as an object', { llmApiTokenUser: { value: [KEY] } }],
    [
      'in JSON that is a text',
      { output: { content: [{ text: JSON.stringify({ token: { llmApiTokenUser: KEY } }) }] } },
    ],
    [
      'in JSON that is a text in JSON that is a text',
      { text: JSON.stringify(JSON.stringify({ llmApiTokenUser: KEY })) },
    ],
  ])('finds a key %s', (_, value) => {
    const text = JSON.stringify(value);
    expect(text).toContain(KEY);
    const masked = JSON.stringify(parseWithoutKeys(text));
    expect(masked).not.toContain(KEY);
    expect(masked).toContain('***');
  });

  it('finds a key whose name is written with escapes', () => {
    expect(JSON.stringify(parseWithoutKeys(`{"\\u006clmApiTokenUser":"${KEY}"}`))).not.toContain(KEY);
  });

  it('keeps an empty value, which tells that no key is set', () => {
    expect(parseWithoutKeys('{"a":{"llmApiTokenUser":""},"b":{"llmApiTokenUser":null}}')).toEqual({
      a: { llmApiTokenUser: '' },
      b: { llmApiTokenUser: null },
    });
  });

  it('finds a key as deep as anything is read, and leaves out what is deeper', () => {
    const nested = (depth: number): string =>
      `${'{"a":'.repeat(depth)}{"llmApiTokenUser":"${KEY}"}${'}'.repeat(depth)}`;
    for (const depth of [199, 200, 20_000]) expect(JSON.stringify(parseWithoutKeys(nested(depth)))).not.toContain(KEY);
    expect(JSON.stringify(parseWithoutKeys(nested(199)))).toContain('{"llmApiTokenUser":"***"}');
  });

  it('changes nothing else', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseWithoutKeys(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('leaves no key, wherever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), fc.string()), { minLength: 1 }), fc.jsonValue(), (way, other) => {
        const tree = way.reduceRight<unknown>((inner, step) => (step === 0 ? [other, inner] : { [step]: inner }), {
          llmApiTokenUser: KEY,
          other,
        });
        expect(JSON.stringify(parseWithoutKeys(JSON.stringify(tree)))).not.toContain(KEY);
      }),
    );
  });
});

it('masks what the server echoes', () => {
  expect(withoutSecrets(['token abc is bad', '{"llmApiTokenUser":"def"}'], [new Secret('abc'), ''])).toEqual([
    'token *** is bad',
    '{"llmApiTokenUser":"***"}',
  ]);
});
