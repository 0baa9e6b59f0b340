import { describe, expect, it } from 'vitest';
import { AnswerBody } from '../../../../src/core/api/answerBody';

describe('AnswerBody', () => {
  it('decodes UTF-8 and drops a byte order mark', () => {
    expect(new AnswerBody(Buffer.from('\uFEFF{"a":"é"}')).text).toBe('{"a":"é"}');
    expect(AnswerBody.of('€').byteLength).toBe(3);
  });

  it('decodes a part of a larger buffer', () => {
    expect(new AnswerBody(Buffer.from('xx{"a":1}yy').subarray(2, 9)).text).toBe('{"a":1}');
  });

  it('shows no text when it is printed or serialized', () => {
    const body = AnswerBody.of('{"token":"secret"}');
    expect(body.text).toContain('secret');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(Object.values(body)).toEqual([]);
  });
});
