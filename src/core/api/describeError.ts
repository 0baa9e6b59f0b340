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
  const couldNot = doing && say('api.couldNot', doing);
  if (error instanceof Obstacle)
    return { message: joined([couldNot, error.words]), ...(error.action && { action: error.action }) };
  if (!isApiError(error)) return describeUnknown(error, couldNot);
  const { why, advice, action } = reasonOf(error.failure);
  const words = quotedServerWords(error.serverMessages);
  const says = words && say('api.says', words);
  // With an uncertain outcome, "could not" would be wrong and "try again" bad advice.
  const sentences = error.mayHaveHappened
    ? [doing ? say('api.uncertain', doing) : say('api.uncertainWhat'), why, says, say('api.lookFirst')]
    : [couldNot, why ?? (says ? undefined : say('api.refused')), says, advice];
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
    if (text !== '') shown.push(say('words.quoted', text));
  }
  if (messages.length > SERVER_MESSAGES)
    shown.push(say('api.andMore', count(messages.length - SERVER_MESSAGES, 'moreMessage')));
  return shown.length === 0 ? undefined : joined(shown);
}

function reasonOf(failure: ApiFailure): Reason {
  switch (failure.kind) {
    case 'auth':
      return {
        why: say('api.badCredentials'),
        advice: say('api.signInAgain'),
        action: 'signIn',
      };
    case 'clock':
      return {
        why: say(
          failure.offsetMs > 0 ? 'api.clockBehind' : 'api.clockAhead',
          roughDuration(Math.abs(failure.offsetMs)),
        ),
        advice: say('api.setClock'),
        action: 'checkClock',
      };
    case 'rateLimited':
      return {
        why: say('api.tooMany'),
        advice:
          failure.retryAfterMs === undefined
            ? say('api.waitALittle')
            : say('api.tryAgainIn', roughDuration(failure.retryAfterMs, Math.ceil)),
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
        why: say('api.notUnderstood', failure.problem),
        advice: say('api.tryLater'),
        action: 'showLog',
      };
    case 'cancelled':
      return { why: say('api.canceled') };
  }
}

function offline(cause: Extract<ApiFailure, { kind: 'offline' }>['cause']): Reason {
  switch (cause) {
    case 'unreachable':
      return {
        why: say('api.unreachable'),
        advice: say('api.checkNetwork'),
        action: 'retry',
      };
    case 'reset':
      return {
        why: say('api.reset'),
        advice: say('api.tryAgain'),
        action: 'retry',
      };
    case 'timeout':
      return { why: say('api.timeout'), advice: say('api.tryAgain'), action: 'retry' };
    case 'certificate':
      return {
        why: say('api.certificate'),
        advice: say('api.installCertificate'),
        action: 'retry',
      };
  }
}

function server(status: number): Reason {
  if (status >= 500) {
    return {
      why: say('api.serverProblem', status),
      advice: say('api.tryInMinutes'),
      action: 'retry',
    };
  }
  return {
    why: status >= 300 && status < 400 ? say('api.redirected', status) : say('api.notTheApi', status),
    advice: say('api.checkBaseUrl'),
    action: 'retry',
  };
}

function describeUnknown(error: unknown, couldNot: Words | '' | undefined): ErrorDescription {
  const own = (error instanceof Error ? error.message : typeof error === 'string' ? error : '').trim();
  const why =
    own === ''
      ? say('api.unexpected')
      : /[.!?…]$/.test(own)
        ? say('api.unexpectedSentence', own)
        : say('api.unexpectedReason', own);
  return { message: joined([couldNot, why]), action: 'showLog' };
}
