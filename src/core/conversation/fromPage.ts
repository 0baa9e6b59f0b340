/** What the page sends crosses a border: it shows what an agent and the web wrote, so nothing it says is taken on trust. */
import { field, isObject } from './json';
import { isOpenableUrl } from './links';
import { MAX_TEXT_LENGTH, type FromPage, type PageAction, type ReadingPlace } from './protocol';

const MAX_URL_LENGTH = 8_192;
const MAX_ID_LENGTH = 2_000;
const MAX_ERROR_LENGTH = 2_000;
const CLIENT_ID = /^[\w-]{1,64}$/;
const ACTIONS: Readonly<Record<PageAction, true>> = { retry: true, signIn: true, switchOrganization: true, showLog: true };

/** The message, holding nothing but its own fields; undefined if it is none of {@link FromPage} or a text in it is too long. */
export function parseFromPage(value: unknown): FromPage | undefined {
  if (!isObject(value)) return undefined;
  const type = field(value, 'type');
  switch (type) {
    case 'ready': case 'resync': case 'stop': case 'resumeQueue': return { type };
    case 'earlier': {
      const before = field(value, 'before');
      return typeof before === 'number' && Number.isSafeInteger(before) && before > 0 ? { type, before } : undefined;
    }
    case 'draft': case 'copy': {
      const text = textUpTo(field(value, 'text'), MAX_TEXT_LENGTH);
      return text === undefined ? undefined : { type, text };
    }
    case 'send': case 'queue': {
      const clientId = clientIdIn(value);
      const text = textUpTo(field(value, 'text'), MAX_TEXT_LENGTH);
      return clientId === undefined || text === undefined || text.trim() === '' ? undefined : { type, clientId, text };
    }
    case 'takeBack': case 'sendAgain': case 'sendNow': {
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
    case 'openToolText': return toolTextRequest(value);
    case 'pageError': {
      const message = field(value, 'message');
      return typeof message === 'string' ? { type, message: message.slice(0, MAX_ERROR_LENGTH) } : undefined;
    }
    default: return undefined;
  }
}

/** A reading place that crossed a border: from the page, or from what was kept. */
export function parsePlace(value: unknown): ReadingPlace | undefined {
  if (!isObject(value)) return undefined;
  const messageId = textUpTo(field(value, 'messageId'), MAX_ID_LENGTH);
  const offset = field(value, 'offset');
  return messageId === undefined || typeof offset !== 'number' || !Number.isFinite(offset) ? undefined : { messageId, offset };
}

function toolTextRequest(value: unknown): FromPage | undefined {
  const messageId = textUpTo(field(value, 'messageId'), MAX_ID_LENGTH);
  const partIndex = field(value, 'partIndex');
  const side = field(value, 'side');
  if (messageId === undefined || typeof partIndex !== 'number' || !Number.isSafeInteger(partIndex) || partIndex < 0) return undefined;
  return side === 'input' || side === 'output' ? { type: 'openToolText', messageId, partIndex, side } : undefined;
}

function isAction(value: unknown): value is PageAction {
  return typeof value === 'string' && Object.hasOwn(ACTIONS, value);
}

function clientIdIn(value: unknown): string | undefined {
  const id = field(value, 'clientId');
  return typeof id === 'string' && CLIENT_ID.test(id) ? id : undefined;
}

function textUpTo(value: unknown, length: number): string | undefined {
  return typeof value === 'string' && value.length <= length ? value : undefined;
}
