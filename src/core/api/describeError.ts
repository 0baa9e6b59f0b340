/** The only code that turns a failure into words. Activation loads it, so it imports neither axios nor zod. */
import { Obstacle } from '../words/obstacle';
import { roughDuration } from '../words/format';
import { cut, plainLine } from '../words/plain';
import { count, joined, say, type Text, type Words } from '../words/words';
import { isApiError, type ApiFailure } from './errors';

/** What the user can do, as a button beside the message. */
type ErrorAction = 'signIn' | 'openSettings' | 'retry' | 'showLog' | 'checkClock';

export interface ErrorDescription {
  /** What happened, why, and what to do, in whole sentences. */
  readonly message: Words;
  readonly action?: ErrorAction;
}

interface Reason {
  /** Why, as a whole sentence. Undefined: the server's own words are enough. */
  readonly why?: Words;
  /** What to do, as a whole sentence. */
  readonly advice?: Words;
  readonly action?: ErrorAction;
}

/**
 * @param doing what failed, as words that complete "Could not …": `delete the task “Momentum”`.
 * @returns words for the user, which quote the server's text with its `REF #…`. It offers `retry` only if trying again
 * cannot do it twice.
 */
export function describeError(error: unknown, doing?: Text): ErrorDescription {
  const couldNot = doing && say('Could not {0}.', doing);
  if (error instanceof Obstacle)
    return { message: joined([couldNot, error.words]), ...(error.action && { action: error.action }) };
  if (!isApiError(error)) return describeUnknown(error, couldNot);
  const { why, advice, action } = reasonOf(error.failure);
  const words = quotedServerWords(error.serverMessages);
  const says = words && say('QuantConnect says: {0}', words);
  // With an uncertain outcome, "could not" would be wrong and "try again" bad advice.
  const sentences = error.mayHaveHappened
    ? [
        doing
          ? say('It is not certain whether QuantConnect did this: {0}.', doing)
          : say('It is not certain whether QuantConnect did what was asked.'),
        why,
        says,
        say('It may have happened all the same: look before you do it again.'),
      ]
    : [couldNot, why ?? (says ? undefined : say('QuantConnect refused it without giving a reason.')), says, advice];
  const offered = error.mayHaveHappened && action === 'retry' ? undefined : action;
  return { message: joined(sentences), ...(offered && { action: offered }) };
}

/** The most messages of the server that are shown, and the most characters of all of them. */
const SERVER_MESSAGES = 5;
const SERVER_CHARACTERS = 1_000;

/** The server's messages on one line, each in quotes. Undefined: there are none. */
export function quotedServerWords(messages: readonly string[]): Words | undefined {
  const shown: Words[] = [];
  let room = SERVER_CHARACTERS;
  for (const message of messages.slice(0, SERVER_MESSAGES)) {
    const text = cut(plainLine(message.slice(0, SERVER_CHARACTERS * 8)), room);
    room -= text.length;
    if (text !== '') shown.push(say('“{0}”', text));
  }
  if (messages.length > SERVER_MESSAGES)
    shown.push(say('(and {0})', count(messages.length - SERVER_MESSAGES, 'moreMessage')));
  return shown.length === 0 ? undefined : joined(shown);
}

function reasonOf(failure: ApiFailure): Reason {
  switch (failure.kind) {
    case 'auth':
      return {
        why: say('QuantConnect did not accept the user ID and API token.'),
        advice: say('Sign in again with the token from your QuantConnect account page.'),
        action: 'signIn',
      };
    case 'clock':
      return {
        why: say(
          failure.offsetMs > 0
            ? 'QuantConnect did not accept the credentials, and the clock of this computer is {0} behind.'
            : 'QuantConnect did not accept the credentials, and the clock of this computer is {0} ahead.',
          roughDuration(Math.abs(failure.offsetMs)),
        ),
        advice: say('Set the clock right and try again; if that does not help, sign in again.'),
        action: 'checkClock',
      };
    case 'rateLimited':
      return {
        why: say('QuantConnect receives too many requests at the moment.'),
        advice:
          failure.retryAfterMs === undefined
            ? say('Wait a little, then try again.')
            : say('Try again in {0}.', roughDuration(failure.retryAfterMs, Math.ceil)),
        action: 'retry',
      };
    case 'offline':
      return offline(failure.cause);
    case 'server':
      return server(failure.status);
    case 'rejected':
      return {};
    case 'contract':
      return {
        why: say('The answer of QuantConnect could not be understood: {0}.', failure.problem),
        advice: say('Try again later; the log shows which request it was.'),
        action: 'showLog',
      };
    case 'cancelled':
      return { why: say('It was canceled.') };
  }
}

function offline(cause: Extract<ApiFailure, { kind: 'offline' }>['cause']): Reason {
  switch (cause) {
    case 'unreachable':
      return {
        why: say('QuantConnect cannot be reached.'),
        advice: say('Check the network connection and the proxy settings, then try again.'),
        action: 'retry',
      };
    case 'reset':
      return {
        why: say('The connection broke before the answer was complete.'),
        advice: say('Try again.'),
        action: 'retry',
      };
    case 'timeout':
      return { why: say('QuantConnect did not answer in time.'), advice: say('Try again.'), action: 'retry' };
    case 'certificate':
      return {
        why: say('The certificate of the server could not be verified, so nothing was sent.'),
        advice: say(
          'Where the network inspects encrypted traffic, its certificate must be installed on this computer.',
        ),
        action: 'retry',
      };
  }
}

function server(status: number): Reason {
  if (status >= 500) {
    return {
      why: say('The server of QuantConnect has a problem (HTTP {0}).', status),
      advice: say('Try again in a few minutes.'),
      action: 'retry',
    };
  }
  return {
    why:
      status >= 300 && status < 400
        ? say(
            'The server points to another address (HTTP {0}), which is not followed because that would carry your credentials there.',
            status,
          )
        : say('The answer (HTTP {0}) is not one of the QuantConnect API.', status),
    advice: say('Check the setting “quantAgents.apiBaseUrl” and whether the network asks you to log in first.'),
    action: 'retry',
  };
}

function describeUnknown(error: unknown, couldNot: Words | '' | undefined): ErrorDescription {
  const own = (error instanceof Error ? error.message : typeof error === 'string' ? error : '').trim();
  const why =
    own === ''
      ? say('Something unexpected went wrong.')
      : /[.!?…]$/.test(own)
        ? say('Something unexpected went wrong: {0}', own)
        : say('Something unexpected went wrong: {0}.', own);
  return { message: joined([couldNot, why]), action: 'showLog' };
}
