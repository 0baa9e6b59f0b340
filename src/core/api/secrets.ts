/**
 * Keeps the user's key at an LLM provider (`llmApiTokenUser`) out of everything that is read from the API. The specification lists it in
 * answers, also inside of embedded agents (docs/api/contract.md, "Values and ids" and "Conversation").
 */
import type { Secret } from '../secret';

export const MASK = '***';
const KEY = 'llmapitokenuser';
/** The key by name, or a letter written as a JSON escape, behind which the name could hide. */
const MAY_HOLD_KEY = /llmApiTokenUser|\\u00[4-7]/i;
/** The key and its value in JSON that is itself the text of a value, as in a tool's output; any number of backslashes before a quote. */
const KEY_IN_TEXT = /(llmApiTokenUser\\*["']?\s*[:=]\s*\\*["']?)[^"'\\\s,}]+/gi;

/** Whether a text of JSON may hold a provider key. */
export function mayHoldKey(text: string): boolean {
  return MAY_HOLD_KEY.test(text);
}

/** Parses JSON and masks provider keys before anyone sees the value. Throws `SyntaxError`, whose message quotes the text: do not pass it on. */
export function parseWithoutKeys(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // A conversation can have megabytes and hardly ever holds a key: the walk is only worth it where the text has one.
  if (!mayHoldKey(text)) return value;
  const root = { value };
  maskKeys(root);
  return root.value;
}

/** Changes the tree in place, with a stack of its own: a body can be nested deeper than the call stack allows. */
function maskKeys(root: object): void {
  const open: object[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (key.toLowerCase() === KEY) {
        // An empty value stays: it tells that no key is set.
        if (value !== null && value !== '') set(node, key, MASK);
      } else if (typeof value === 'string') {
        const masked = value.replace(KEY_IN_TEXT, `$1${MASK}`);
        if (masked !== value) set(node, key, masked);
      } else if (typeof value === 'object' && value !== null) {
        open.push(value);
      }
    }
  }
}

/** A plain assignment to `__proto__` would do something else. */
function set(node: object, key: string, value: unknown): void {
  Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
}

/** What the server said, should it ever echo what it was sent. */
export function withoutSecrets(texts: readonly string[], secrets: readonly (Secret | string)[]): readonly string[] {
  const revealed = secrets.map((secret) => (typeof secret === 'string' ? secret : secret.reveal())).filter((text) => text !== '');
  return texts.map((text) => revealed.reduce((rest, secret) => rest.replaceAll(secret, MASK), text.replace(KEY_IN_TEXT, `$1${MASK}`)));
}
