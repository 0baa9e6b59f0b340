import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { judge } from '../../../src/core/api/answer';
import { MAX_TIMER_MS, MAX_RETRY_AFTER_MS } from '../../../src/core/base/limits';
import { timerMs } from '../../../src/core/base/timers';
import { nextConversationReadMs, nextTasksReadMs } from '../../../src/core/watch/pace';
import { Poller } from '../../../src/core/watch/poller';
import { text } from '../../support/faults';
import { startFaultServer } from '../../support/faultServer';
import { beginSession } from '../../support/session';
import { DEPLOYMENT, errorOf } from '../core/api/world';

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);
const HOUR = 3_600_000;

function waitFor(retryAfter: string, date?: string): number | undefined {
  const verdict = judge({ status: 429, text: '', retryAfter, date }, NOON);
  return 'failure' in verdict && verdict.failure.kind === 'rateLimited' ? verdict.failure.retryAfterMs : undefined;
}

describe('Retry-After', () => {
  it.each(
    (
      [
        ['0', 0],
        ['7', 7_000],
        [' 7 ', 7_000],
        ['1.5', 1_500],
        ['3599', HOUR - 1_000],
        ['3600', HOUR],
        ['3601', HOUR],
        ['2592001', HOUR],
        ['9'.repeat(400), HOUR],
        ['1' + '0'.repeat(100_000), HOUR],
        ['-5', undefined],
        ['-2592001', undefined],
        ['NaN', undefined],
        ['Infinity', undefined],
        ['1e9', undefined],
        ['0x7fffffff', undefined],
        ['', undefined],
        ['5 seconds', undefined],
        ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
        ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
        ['Fri, 31 Dec 9999 23:59:59 GMT', HOUR],
        ['Mon, 99 Nov 2026 12:00:00 GMT', undefined],
      ] satisfies [string, number | undefined][]
    ).map(([retryAfter, expected]) => [retryAfter.slice(0, 40), expected, retryAfter] as const),
  )('“%s” is %s ms', (_, expected, retryAfter) => {
    expect(waitFor(retryAfter)).toBe(expected);
  });

  it('compares a date with a Date of the server, however far that is from ours', () => {
    expect(waitFor('Fri, 31 Dec 9999 23:59:59 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT')).toBe(HOUR);
    expect(waitFor('Thu, 01 Jan 1970 00:00:05 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT')).toBe(5_000);
  });

  it('is told by the client as an hour at most', async () => {
    const server = await startFaultServer();
    server.answer('/agents/deployments/conversation/read', text(429, '', { 'retry-after': '2592001' }));
    const session = beginSession({ url: server.url, userId: '1', apiToken: 'token', organizationId: 'o' } as Parameters<
      typeof beginSession
    >[0]);
    expect((await errorOf(session.client.readConversation(DEPLOYMENT))).failure).toEqual({
      kind: 'rateLimited',
      retryAfterMs: HOUR,
    });
    session.end();
    await server.close();
  });
});

describe('a poller', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([2_592_001_000, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY, Number.NaN])(
    'reads once when it is to read again in %s ms',
    async (delay) => {
      // Real timers overflow: with a delay of 2^31 or more they fire at once.
      let reads = 0;
      let fired = false;
      const poller = new Poller(
        () => {
          reads++;
          return Promise.resolve();
        },
        () => delay,
      );
      await poller.readNow();
      await new Promise<void>((resolve) => {
        // eslint-disable-next-line tests/no-fixed-wait -- a timer that overflows fires after 1 ms: this one began later and is longer
        setTimeout(() => {
          fired = true;
          resolve();
        }, 50);
      });
      poller.dispose();
      expect([reads, fired]).toEqual([1, true]);
    },
  );

  it('obeys the longest Retry-After to the millisecond', async () => {
    vi.useFakeTimers();
    let reads = 0;
    const failure = { kind: 'rateLimited', retryAfterMs: waitFor('2592001') } as const;
    const pace = { isVisible: true, failures: 1, lastFailure: failure };
    expect(nextTasksReadMs({ ...pace, anyActive: true })).toBe(HOUR);
    const poller = new Poller(
      () => {
        reads++;
        return Promise.resolve();
      },
      () => nextConversationReadMs({ ...pace, isSettled: false, unchangedReads: 0 }),
    );
    await poller.readNow();
    await vi.advanceTimersByTimeAsync(HOUR - 1);
    expect(reads).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(reads).toBe(2);
    poller.dispose();
  });
});

describe('timerMs', () => {
  it.each<[number, number]>([
    [0, 0],
    [-1, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [1_500, 1_500],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31, MAX_TIMER_MS],
    [Number.POSITIVE_INFINITY, MAX_TIMER_MS],
    [Number.NaN, MAX_TIMER_MS],
  ])('%s becomes %s', (delay, expected) => {
    expect(timerMs(delay)).toBe(expected);
  });

  it('stands at every timer whose delay is computed', () => {
    const root = path.join(import.meta.dirname, '../../..');
    const files = ['src', 'webview-ui']
      .flatMap((folder) =>
        readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
          path.join(folder, file),
        ),
      )
      .filter((file) => file.endsWith('.ts'));
    const delays = files.flatMap((file) =>
      timerDelays(readFileSync(path.join(root, file), 'utf8')).map((delay) => `${file}: ${delay}`),
    );
    expect(delays.length).toBeGreaterThan(15);
    // A number, a constant, a parameter that callers give a constant, or a delay that is checked.
    expect(
      delays.filter((delay) => !/: (?:[\d_]+|[A-Z_]+_MS|delayMs|this\.followMs|timerMs\(.+\))$/.test(delay)),
    ).toEqual([]);
    expect(MAX_RETRY_AFTER_MS).toBeLessThan(MAX_TIMER_MS);
  });
});

/** The last argument of each call of a timer in a source text. */
function timerDelays(source: string): readonly string[] {
  return [...source.matchAll(/\b(?:setTimeout|setInterval)\(/g)].flatMap(({ index, 0: call }) => {
    let [depth, argument] = [1, index + call.length];
    for (let at = argument; at < source.length; at++) {
      const character = source.charAt(at);
      if ('([{'.includes(character)) depth++;
      if (')]}'.includes(character)) depth--;
      if (character === ',' && depth === 1) argument = at + 1;
      if (depth === 0) return [source.slice(argument, at).trim()];
    }
    return [];
  });
}
