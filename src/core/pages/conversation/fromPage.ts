/**
 * What the page sends crosses a border: it shows what an agent and the web wrote, so nothing it says is taken on trust.
 */
import { parseAsides } from '../../conversation/queue/asides';
import type { PartAddress } from '../../conversation/transcript/partAddress';
import { field, isObject } from '../../base/json';
import { isOpenableUrl } from '../../words/links';
import {
  MAX_COPY_LENGTH,
  MAX_TEXT_LENGTH,
  type FromPage,
  type PageAction,
  type ReadingPlace,
  type SentPrompt,
  type TakeAlong,
} from './protocol';

const MAX_URL_LENGTH = 8_192;
const MAX_ID_LENGTH = 2_000;
const MAX_ERROR_LENGTH = 2_000;
const MAX_SENT_PROMPTS = 100;
const CLIENT_ID = /^[\w-]{1,64}$/;
const ACTIONS: Readonly<Record<PageAction, true>> = {
  retry: true,
  signIn: true,
  openSettings: true,
  switchOrganization: true,
  showLog: true,
};

/**
 * The message, holding nothing but its own fields; undefined if it is none of {@link FromPage} or a text in it is too
 * long.
 */
export function parseFromPage(value: unknown): FromPage | undefined {
  if (!isObject(value)) return undefined;
  const type = field(value, 'type');
  switch (type) {
    case 'ready':
    case 'resync':
    case 'ping':
    case 'stop':
    case 'saveAllFiles':
    case 'resumeQueue':
      return { type };
    case 'earlier': {
      const before = countIn(value, 'before');
      return before === undefined || before === 0 ? undefined : { type, before };
    }
    case 'unconfirmed': {
      const prompts = parseSentPrompts(field(value, 'prompts'));
      return prompts.length === 0 ? undefined : { type, prompts };
    }
    case 'draft': {
      const text = textUpTo(field(value, 'text'), MAX_TEXT_LENGTH);
      const asides = parseAsides(field(value, 'asides'));
      const revision = countIn(value, 'revision');
      return text === undefined
        ? undefined
        : { type, text, ...(asides.length > 0 && { asides }), ...(revision !== undefined && { revision }) };
    }
    case 'copy': {
      const text = textUpTo(field(value, 'text'), MAX_COPY_LENGTH);
      return text === undefined ? undefined : { type, text };
    }
    case 'send':
    case 'queue': {
      const clientId = clientIdIn(value);
      const text = textUpTo(field(value, 'text'), MAX_TEXT_LENGTH);
      return clientId === undefined || text === undefined || text.trim() === '' ? undefined : { type, clientId, text };
    }
    case 'takeBack':
    case 'sendAgain':
    case 'sendNow': {
      const clientId = clientIdIn(value);
      return clientId === undefined ? undefined : { type, clientId };
    }
    case 'place': {
      if (field(value, 'place') === undefined) return { type };
      const place = parsePlace(field(value, 'place'));
      return place && { type, place };
    }
    case 'action': {
      const action = field(value, 'action');
      return isAction(action) ? { type, action } : undefined;
    }
    case 'openLink': {
      const url = textUpTo(field(value, 'url'), MAX_URL_LENGTH);
      return url === undefined || !isOpenableUrl(url) ? undefined : { type, url };
    }
    case 'openToolText':
      return toolTextRequest(value);
    case 'file':
      return fileRequest(value);
    case 'take': {
      const what = field(value, 'what');
      return isTakeAlong(what) ? { type, what } : undefined;
    }
    case 'pageError': {
      const message = field(value, 'message');
      return typeof message === 'string' ? { type, message: message.slice(0, MAX_ERROR_LENGTH) } : undefined;
    }
    default:
      return undefined;
  }
}

/** A reading place that crossed a border: from the page, or from what was kept. */
export function parsePlace(value: unknown): ReadingPlace | undefined {
  if (!isObject(value)) return undefined;
  const messageId = textUpTo(field(value, 'messageId'), MAX_ID_LENGTH);
  const offset = field(value, 'offset');
  const segment = field(value, 'segment');
  if (messageId === undefined || typeof offset !== 'number' || !Number.isFinite(offset)) return undefined;
  return {
    messageId,
    offset,
    ...(typeof segment === 'number' && Number.isSafeInteger(segment) && segment > 0 && { segment }),
  };
}

/** Prompts that crossed a border. Each id counts once; where there are too many, the newest are kept. */
export function parseSentPrompts(value: unknown): readonly SentPrompt[] {
  const prompts = new Map<string, SentPrompt>();
  for (const item of Array.isArray(value) ? (value as readonly unknown[]) : []) {
    const prompt = parseSentPrompt(item);
    if (prompt) prompts.set(prompt.clientId, prompt);
  }
  return [...prompts.values()].slice(-MAX_SENT_PROMPTS);
}

function parseSentPrompt(value: unknown): SentPrompt | undefined {
  const clientId = clientIdIn(value);
  const text = textUpTo(field(value, 'text'), MAX_TEXT_LENGTH);
  const at = field(value, 'at');
  if (
    clientId === undefined ||
    text === undefined ||
    text.trim() === '' ||
    typeof at !== 'number' ||
    !Number.isFinite(at)
  )
    return undefined;
  return { clientId, text, how: field(value, 'how') === 'queue' ? 'queue' : 'send', at };
}

function toolTextRequest(value: unknown): FromPage | undefined {
  const call = callIn(value);
  const side = field(value, 'side');
  return call && (side === 'input' || side === 'output' || side === 'whole')
    ? { type: 'openToolText', ...call, side }
    : undefined;
}

function fileRequest(value: unknown): FromPage | undefined {
  const call = callIn(value);
  const action = field(value, 'action');
  return call && (action === 'open' || action === 'diff' || action === 'save')
    ? { type: 'file', action, ...call }
    : undefined;
}

function callIn(value: unknown): PartAddress | undefined {
  const messageId = textUpTo(field(value, 'messageId'), MAX_ID_LENGTH);
  const partIndex = field(value, 'partIndex');
  if (messageId === undefined || typeof partIndex !== 'number' || !Number.isSafeInteger(partIndex) || partIndex < 0)
    return undefined;
  return { messageId, partIndex };
}

function isTakeAlong(value: unknown): value is TakeAlong {
  return value === 'export' || value === 'transcript' || value === 'compare';
}

function isAction(value: unknown): value is PageAction {
  return typeof value === 'string' && Object.hasOwn(ACTIONS, value);
}

/** A whole number from 0 on. */
function countIn(value: unknown, key: string): number | undefined {
  const count = field(value, key);
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function clientIdIn(value: unknown): string | undefined {
  const id = field(value, 'clientId');
  return typeof id === 'string' && CLIENT_ID.test(id) ? id : undefined;
}

function textUpTo(value: unknown, length: number): string | undefined {
  return typeof value === 'string' && value.length <= length ? value : undefined;
}
