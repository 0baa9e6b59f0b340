/** The one place that turns a failure into words. Loaded at activation: imports neither axios nor zod. */
import { Obstacle } from '../obstacle';
import { isApiError, type ApiError, type ApiFailure } from './errors';

/** What the user can do about it, beyond what the message says. */
export type ErrorAction = 'signIn' | 'retry' | 'showLog' | 'checkClock';

export interface ErrorDescription {
  /** What happened, why, and what to do: whole sentences. */
  readonly message: string;
  readonly action?: ErrorAction;
}

interface Reason {
  /** Why: a whole sentence. Undefined: the server's own words say it all. */
  readonly why?: string;
  /** What to do: a whole sentence. */
  readonly advice?: string;
  readonly action?: ErrorAction;
}

/**
 * @param doing what was being done, as an infinitive that completes "Could not …": `delete the task “Momentum”`.
 * @returns words for the user. The server's own text is in them word for word, with its `REF #…`. `retry` is only offered where doing it
 * again cannot do it twice.
 */
export function describeError(error: unknown, doing?: string): ErrorDescription {
  if (error instanceof Obstacle) return { message: joined([doing && `Could not ${doing}.`, error.message]), ...(error.action && { action: error.action }) };
  if (!isApiError(error)) return describeUnknown(error, doing);
  const { why, advice, action } = reasonOf(error.failure);
  const words = quoted(error);
  const says = words && `QuantConnect says: ${words}`;
  // With an uncertain outcome "could not" would be a lie, and "try again" bad advice.
  const sentences = error.mayHaveHappened
    ? [
      doing ? `It is not certain whether QuantConnect did this: ${doing}.` : 'It is not certain whether QuantConnect did what was asked.',
      why, says, 'It may have happened all the same: look before you do it again.',
    ]
    : [doing && `Could not ${doing}.`, why ?? (says ? undefined : 'QuantConnect refused it without giving a reason.'), says, advice];
  const offered = error.mayHaveHappened && action === 'retry' ? undefined : action;
  return { message: joined(sentences), ...(offered && { action: offered }) };
}

function reasonOf(failure: ApiFailure): Reason {
  switch (failure.kind) {
    case 'auth': return {
      why: 'QuantConnect did not accept the user ID and API token.', advice: 'Sign in again with the token from your QuantConnect account page.',
      action: 'signIn',
    };
    case 'clock': return {
      why: `QuantConnect did not accept the credentials, and the clock of this computer is ${duration(Math.abs(failure.offsetMs))} ${failure.offsetMs > 0 ? 'behind' : 'ahead'}.`,
      advice: 'Set the clock right and try again; if that does not help, sign in again.', action: 'checkClock',
    };
    case 'rateLimited': return {
      why: 'QuantConnect receives too many requests at the moment.',
      advice: failure.retryAfterMs === undefined ? 'Wait a little, then try again.' : `Try again in ${duration(failure.retryAfterMs, Math.ceil)}.`, action: 'retry',
    };
    case 'offline': return offline(failure.cause);
    case 'server': return server(failure.status);
    case 'rejected': return {};
    case 'contract': return {
      why: `The answer of QuantConnect could not be understood: ${failure.problem}.`, advice: 'Try again later; the log shows which request it was.',
      action: 'showLog',
    };
    case 'cancelled': return { why: 'It was canceled.' };
  }
}

function offline(cause: Extract<ApiFailure, { kind: 'offline' }>['cause']): Reason {
  switch (cause) {
    case 'unreachable': return {
      why: 'QuantConnect cannot be reached.', advice: 'Check the network connection and the proxy settings, then try again.', action: 'retry',
    };
    case 'reset': return { why: 'The connection broke before the answer was complete.', advice: 'Try again.', action: 'retry' };
    case 'timeout': return { why: 'QuantConnect did not answer in time.', advice: 'Try again.', action: 'retry' };
    case 'certificate': return {
      why: 'The certificate of the server could not be verified, so nothing was sent.',
      advice: 'Where the network inspects encrypted traffic, its certificate must be installed on this computer.', action: 'retry',
    };
  }
}

function server(status: number): Reason {
  const http = `HTTP ${String(status)}`;
  if (status >= 500) {
    return { why: `The server of QuantConnect has a problem (${http}).`, advice: 'Try again in a few minutes.', action: 'retry' };
  }
  return {
    why: status >= 300 && status < 400
      ? `The server points to another address (${http}), which is not followed because that would carry your credentials there.`
      : `The answer (${http}) is not one of the QuantConnect API.`,
    advice: 'Check the setting “quantAgents.apiBaseUrl” and whether the network asks you to log in first.', action: 'retry',
  };
}

function quoted({ serverMessages }: ApiError): string | undefined {
  return serverMessages.length === 0 ? undefined : serverMessages.map((message) => `“${message}”`).join(' ');
}

function describeUnknown(error: unknown, doing: string | undefined): ErrorDescription {
  const own = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  const why = own.trim() === '' ? 'Something unexpected went wrong.' : `Something unexpected went wrong: ${own.trim()}`;
  return { message: joined([doing && `Could not ${doing}.`, /[.!?…]$/.test(why) ? why : `${why}.`]), action: 'showLog' };
}

function joined(sentences: readonly (string | undefined)[]): string {
  return sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');
}

const UNITS = [[86_400_000, 'day'], [3_600_000, 'hour'], [60_000, 'minute'], [1000, 'second']] as const;

/** In the largest unit that it fills one and a half times: near enough to act on. */
function duration(ms: number, round = Math.round): string {
  const [unitMs, unit] = UNITS.find(([size]) => ms >= size * 1.5) ?? UNITS[3];
  const count = Math.max(1, round(ms / unitMs));
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}
