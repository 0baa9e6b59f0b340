import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, type HttpAnswer } from '../../../../src/core/api/answer';

const NOW = Date.UTC(2026, 10, 23, 12);
const verdict = (answer: Partial<HttpAnswer> & { body?: unknown }) =>
  judge({ status: 200, text: answer.body === undefined ? '' : JSON.stringify(answer.body), ...answer }, NOW);

describe('what an HTTP answer means', () => {
  it.each([
    [
      'errors',
      { success: false, errors: ['Agent not found. REF #9f-2', 'Ask support.'] },
      ['Agent not found. REF #9f-2', 'Ask support.'],
    ],
    ['messages', { success: false, messages: ['No.'] }, ['No.']],
    ['Message', { success: false, Message: 'No.' }, ['No.']],
    ['one text for errors', { success: false, errors: 'No.' }, ['No.']],
    ['objects for errors', { success: false, errors: [{ code: 3, message: 'No.' }] }, ['No.']],
    ['errors with no success', { errors: ['No.'] }, ['No.']],
    ['success as a text', { success: 'False', errors: ['No.'] }, ['No.']],
    ['the same words twice', { success: false, errors: ['No.'], Message: 'No.' }, ['No.']],
    ['no words', { success: false, errors: [] }, []],
  ])('a rejection with %s keeps the words', (_, body, words) => {
    expect(verdict({ body })).toMatchObject({ failure: { kind: 'rejected', status: 200 }, serverMessages: words });
  });

  it.each<[string, Partial<HttpAnswer> & { body?: unknown }, object]>([
    ['401', { status: 401, body: { success: false } }, { kind: 'auth', status: 401 }],
    ['401 in HTML', { status: 401, text: '<html>' }, { kind: 'auth', status: 401 }],
    [
      'a wrong hash',
      { body: { success: false, errors: ["Hash doesn't match. Check."] } },
      { kind: 'auth', status: 200 },
    ],
    ['an unknown user', { body: { success: false, errors: ['UserID not valid'] } }, { kind: 'auth', status: 200 }],
    [
      '500 that speaks of the credentials',
      { status: 500, body: { success: false, errors: ["Hash doesn't match."] } },
      { kind: 'auth', status: 500 },
    ],
    ['500', { status: 500, body: { success: false, errors: ['Oops'] } }, { kind: 'server', status: 500 }],
    ['502 in HTML', { status: 502, text: '<html>' }, { kind: 'server', status: 502 }],
    ['HTML with 200', { text: '\n <!DOCTYPE html>' }, { kind: 'server', status: 200 }],
    ['a redirect', { status: 302, text: '' }, { kind: 'server', status: 302 }],
    ['404 of no API', { status: 404, text: 'Not found' }, { kind: 'server', status: 404 }],
    [
      '404 of the API',
      { status: 404, body: { success: false, errors: ['No such agent'] } },
      { kind: 'rejected', status: 404 },
    ],
    ['400 that claims success', { status: 400, body: { success: true } }, { kind: 'rejected', status: 400 }],
    ['429', { status: 429, text: '' }, { kind: 'rateLimited', retryAfterMs: undefined }],
    ['429 with seconds', { status: 429, text: '', retryAfter: '7' }, { kind: 'rateLimited', retryAfterMs: 7000 }],
    [
      "429 with a date, by the server's clock",
      { status: 429, text: '', date: 'Mon, 23 Nov 2026 09:00:00 GMT', retryAfter: 'Mon, 23 Nov 2026 09:01:00 GMT' },
      { kind: 'rateLimited', retryAfterMs: 60_000 },
    ],
    [
      '429 with a date, by our clock',
      { status: 429, text: '', retryAfter: 'Mon, 23 Nov 2026 12:00:30 GMT' },
      { kind: 'rateLimited', retryAfterMs: 30_000 },
    ],
    [
      '429 with a date that is over',
      { status: 429, text: '', retryAfter: 'Mon, 23 Nov 2026 11:00:00 GMT' },
      { kind: 'rateLimited', retryAfterMs: 0 },
    ],
    [
      '429 with nonsense',
      { status: 429, text: '', retryAfter: 'soon' },
      { kind: 'rateLimited', retryAfterMs: undefined },
    ],
    [
      '503 with Retry-After',
      { status: 503, text: '<html>', retryAfter: '2' },
      { kind: 'rateLimited', retryAfterMs: 2000 },
    ],
    ['503 without', { status: 503, text: '<html>' }, { kind: 'server', status: 503 }],
    [
      'half a JSON',
      { text: '{"success":true,"agents":[{"id"' },
      { kind: 'contract', problem: 'it is cut off, or no JSON object' },
    ],
    ['nothing', { text: ' ' }, { kind: 'contract', problem: 'it is empty' }],
    ['a JSON list', { body: [] }, { kind: 'contract' }],
  ])('%s is its own failure', (_, answer, failure) => {
    expect(verdict(answer)).toMatchObject({ failure });
  });

  it('accepts an answer with success, or without any failure, as a reply', () => {
    expect(verdict({ body: { success: true, errors: [], agents: [] } })).toEqual({
      reply: { success: true, errors: [], agents: [] },
    });
    expect(verdict({ body: { success: 'true', errors: null } })).toEqual({ reply: { success: 'true', errors: null } });
    expect(verdict({ body: { agents: [] } })).toEqual({ reply: { agents: [] } });
  });

  it('does not take an agent that mentions a hash for a refusal', () => {
    expect(verdict({ body: { success: true, message: "Hash doesn't match." } })).toHaveProperty('reply');
  });

  it('cuts a stack trace', () => {
    const long = verdict({ body: { success: false, errors: ['x'.repeat(100_000)] } });
    expect('serverMessages' in long && long.serverMessages[0]?.length).toBe(4_001);
  });

  it('has a verdict on any text with any status', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, text) => {
        expect(judge({ status, text }, NOW)).toSatisfy((given: object) => 'reply' in given || 'failure' in given);
      }),
    );
  });
});
