import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Obstacle } from '../../../../src/core/words/obstacle';
import { describeError as describe_ } from '../../../../src/core/api/describeError';
import { ApiError, type ApiErrorDetails, type ApiFailure } from '../../../../src/core/api/errors';
import { render } from '../../../../src/core/words/render';

/** As a notification shows it. */
function describeError(...given: Parameters<typeof describe_>): { message: string; action?: string } {
  const { message, ...rest } = describe_(...given);
  return { message: render(message, 'notification'), ...rest };
}

const doing = 'delete the task “Momentum”';
const described = (failure: ApiFailure, details: Partial<ApiErrorDetails> = {}) =>
  describeError(new ApiError(failure, { path: '/agents/list', ...details }), doing);

describe('errors in words', () => {
  it.each<[string, ApiFailure, string, string | undefined]>([
    ['auth', { kind: 'auth' }, 'QuantConnect did not accept the user ID and API token. Sign in again', 'signIn'],
    [
      'clock behind',
      { kind: 'clock', offsetMs: 3 * 3_600_000 },
      'the clock of this computer is 3 hours behind. Set the clock and try again',
      'checkClock',
    ],
    [
      'clock ahead',
      { kind: 'clock', offsetMs: -5 * 60_000 },
      'the clock of this computer is 5 minutes ahead.',
      'checkClock',
    ],
    ['rate', { kind: 'rateLimited' }, 'Wait a little, then try again.', 'retry'],
    ['rate with time', { kind: 'rateLimited', retryAfterMs: 150_000 }, 'Try again in 3 minutes.', 'retry'],
    ['rate with no time', { kind: 'rateLimited', retryAfterMs: 0 }, 'Try again in 1 second.', 'retry'],
    [
      'unreachable',
      { kind: 'offline', cause: 'unreachable' },
      'QuantConnect cannot be reached. Check the network',
      'retry',
    ],
    ['reset', { kind: 'offline', cause: 'reset' }, 'The connection broke', 'retry'],
    ['timeout', { kind: 'offline', cause: 'timeout' }, 'did not answer in time', 'retry'],
    [
      'certificate',
      { kind: 'offline', cause: 'certificate' },
      'The server’s certificate could not be verified',
      'retry',
    ],
    ['server', { kind: 'server', status: 502 }, 'QuantConnect’s server has a problem (HTTP 502).', 'retry'],
    ['redirect', { kind: 'server', status: 302 }, 'points to another address (HTTP 302)', 'retry'],
    ['page', { kind: 'server', status: 200 }, '“quantAgents.apiBaseUrl”', 'retry'],
    ['rejected', { kind: 'rejected', status: 200 }, 'QuantConnect refused and gave no reason.', undefined],
    ['contract', { kind: 'contract', problem: 'it is empty' }, 'could not be understood: it is empty.', 'showLog'],
    ['cancelled', { kind: 'cancelled' }, 'It was canceled.', undefined],
  ])('%s', (_, failure, words, action) => {
    const { message, ...rest } = described(failure);
    expect(message).toMatch(/^Could not delete the task “Momentum”\. /);
    expect(message).toContain(words);
    expect(rest).toEqual(action ? { action } : {});
  });

  it('keep the words of the server, with its REF', () => {
    const serverMessages = ['Task not found. REF #9f-2c', 'Ask support.'];
    expect(described({ kind: 'rejected', status: 200 }, { serverMessages }).message).toBe(
      'Could not delete the task “Momentum”. QuantConnect says: “Task not found. REF #9f-2c” “Ask support.”',
    );
    expect(described({ kind: 'server', status: 500 }, { serverMessages }).message).toContain('REF #9f-2c');
  });

  it('say plainly when it may have happened, and do not offer to do it again', () => {
    const error = new ApiError({ kind: 'offline', cause: 'timeout' }, { path: '/x', mayHaveHappened: true });
    expect(describeError(error, 'deploy the task “Momentum”')).toEqual({
      message:
        'It is not certain whether QuantConnect did this: deploy the task “Momentum”. QuantConnect did not answer in time. ' +
        'It may have happened. Check before you do it again.',
    });
    expect(describeError(error).message).toMatch(/^It is not certain whether QuantConnect did what you asked for\. /);
  });

  it('need not be told what was being done', () => {
    expect(describeError(new ApiError({ kind: 'auth' }, { path: '/x' })).message).toMatch(
      /^QuantConnect did not accept/,
    );
  });

  it.each([
    [new Error('disk full'), 'Could not save. Something unexpected went wrong: disk full.'],
    ['odd', 'Could not save. Something unexpected went wrong: odd.'],
    [undefined, 'Could not save. Something unexpected went wrong.'],
    [{ response: 1 }, 'Could not save. Something unexpected went wrong.'],
    [new Error('Really?'), 'Could not save. Something unexpected went wrong: Really?'],
  ])('have words for what is not theirs: %s', (error, message) => {
    expect(describeError(error, 'save')).toEqual({ message, action: 'showLog' });
  });

  it('of our own making say what they say, and nothing of the unexpected', () => {
    expect(describeError(new Obstacle('It is not there any more.'), 'delete the task')).toEqual({
      message: 'Could not delete the task. It is not there any more.',
    });
  });

  it('come without a library', () => {
    const imports = (file: string) =>
      [
        ...readFileSync(new URL(`../../../../src/core/api/${file}`, import.meta.url), 'utf8').matchAll(/from '(.+)'/g),
      ].map(([, from]) => from);
    expect(imports('describeError.ts')).toEqual([
      '../words/obstacle',
      '../words/format',
      '../words/plain',
      '../words/words',
      './errors',
    ]);
    expect(imports('errors.ts')).toEqual(['../words/render', '../words/words']);
  });
});
