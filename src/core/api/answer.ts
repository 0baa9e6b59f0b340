/** What an HTTP answer means: the API's reply, or a failure. Pure; see docs/api/contract.md, "Failures". */
import { MAX_RETRY_AFTER_MS } from '../base/limits';
import type { ApiFailure } from './errors';
import { parseWithoutKeys } from '../secrets/secrets';

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** The headers that we use. */
  readonly date?: string | undefined;
  readonly retryAfter?: string | undefined;
}

/** The API's JSON object without provider keys. */
export type Reply = Readonly<Record<string, unknown>>;

export type Verdict =
  | { readonly reply: Reply }
  | {
      readonly failure: ApiFailure;
      readonly serverMessages: readonly string[];
      /** The answer came incomplete. Another try may bring all of it. */
      readonly cut: boolean;
    };

/** Long enough for a sentence for people. A server's stack trace is cut. */
const MAX_MESSAGE_LENGTH = 4_000;
const CREDENTIALS_REFUSED = ["Hash doesn't match.", 'UserID not valid'];

/** @param nowMs epoch milliseconds, to read a `Retry-After` that is a date. */
export function judge(answer: HttpAnswer, nowMs: number): Verdict {
  const { status } = answer;
  const reply = asReply(answer.text);
  const serverMessages = reply ? messagesOf(reply) : [];
  const fail = (failure: ApiFailure, cut = false): Verdict => ({ failure, serverMessages, cut });

  const succeeded = reply && isSuccess(reply);
  if (
    status === 401 ||
    (succeeded !== true && CREDENTIALS_REFUSED.some((start) => serverMessages[0]?.startsWith(start)))
  ) {
    return fail({ kind: 'auth', status });
  }
  const retryAfterMs = readRetryAfter(answer, nowMs);
  if (status === 429 || (status === 503 && retryAfterMs !== undefined))
    return fail({ kind: 'rateLimited', retryAfterMs });
  if ((status >= 300 && status < 400) || status >= 500) return fail({ kind: 'server', status });
  if (!reply) {
    if (status >= 400 || looksLikeMarkup(answer.text)) return fail({ kind: 'server', status });
    return fail(
      { kind: 'contract', problem: answer.text.trim() === '' ? 'it is empty' : 'it is cut off, or no JSON object' },
      true,
    );
  }
  if (status >= 400 || succeeded === false || (succeeded === undefined && isFilled(reply.errors)))
    return fail({ kind: 'rejected', status });
  return { reply };
}

/** What the API says about its success. Undefined: it says nothing. */
export function isSuccess(reply: Reply): boolean | undefined {
  const { success } = reply;
  if (typeof success === 'boolean') return success;
  if (success === 1 || (typeof success === 'string' && success.toLowerCase() === 'true')) return true;
  return success === 0 || (typeof success === 'string' && success.toLowerCase() === 'false') ? false : undefined;
}

function asReply(text: string): Reply | undefined {
  try {
    const value = parseWithoutKeys(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Reply) : undefined;
  } catch {
    return undefined;
  }
}

function looksLikeMarkup(text: string): boolean {
  return text.trimStart().startsWith('<');
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== '';
}

/** The server's messages: usually in `errors[]`, sometimes in `messages[]` or `Message`. */
function messagesOf(reply: Reply): readonly string[] {
  const fields = [reply.errors, reply.messages, reply.Message, reply.message, reply.error];
  const texts = fields
    .flatMap(textsIn)
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return [...new Set(texts)].map((text) =>
    text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text,
  );
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item: unknown) => {
    if (typeof item === 'string') return [item];
    if (typeof item !== 'object' || item === null) return [];
    return Object.values(item).filter((field) => typeof field === 'string');
  });
}

/**
 * Milliseconds of a `Retry-After`, at most an hour; undefined if it cannot be read. A date is compared with the
 * answer's own `Date`, if there is one.
 */
function readRetryAfter({ retryAfter, date }: HttpAnswer, nowMs: number): number | undefined {
  const text = retryAfter?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), MAX_RETRY_AFTER_MS);
  // Without a year it is no date: JavaScript reads “-5” as a day in May.
  const until = /\d{4}/.test(text) ? Date.parse(text) : Number.NaN;
  const from = Date.parse(date ?? '');
  return Number.isNaN(until)
    ? undefined
    : Math.min(Math.max(0, until - (Number.isNaN(from) ? nowMs : from)), MAX_RETRY_AFTER_MS);
}
