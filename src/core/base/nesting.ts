/** JSON from outside, without what nests too deeply for recursive code. */
import { MAX_NESTING } from './limits';

/** Replaces a value that nests too deeply. */
export const TOO_DEEP = `[nested deeper than ${String(MAX_NESTING)} levels: left out]`;

/**
 * Parses JSON. Lists and objects below {@link MAX_NESTING} become {@link TOO_DEEP}. Throws `SyntaxError`; its message
 * quotes the text, so do not pass it on.
 * @param above the number of lists and objects around the text in its original place.
 */
export function parseJson(text: string, above = 0): unknown {
  return bounded(JSON.parse(text), text, above);
}

/** The same for a value that was parsed from the text. Changes the value. */
export function bounded(value: unknown, text: string, above = 0): unknown {
  const most = MAX_NESTING - above;
  return nestsDeeper(text, most) ? withoutDeep(value, most) : value;
}

const QUOTE = 34,
  BACKSLASH = 92,
  OPEN_LIST = 91,
  CLOSE_LIST = 93,
  OPEN = 123,
  CLOSE = 125;

/**
 * Whether valid JSON nests deeper than `most` levels. The engine skips strings, and most of a conversation is strings.
 */
function nestsDeeper(json: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = stringEnd(json, at);
        break;
      case OPEN:
      case OPEN_LIST:
        depth++;
        if (depth > most) return true;
        break;
      case CLOSE:
      case CLOSE_LIST:
        depth--;
        break;
      default:
        break;
    }
  }
  return false;
}

/** The position of the quotation mark that closes the string. */
function stringEnd(json: string, open: number): number {
  for (let at = json.indexOf('"', open + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let before = at - 1;
    while (json.charCodeAt(before) === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return json.length;
}

/**
 * Replaces every list and object below the given level by {@link TOO_DEEP}. Changes the value. It uses its own stack,
 * because the value can nest deeper than the call stack allows.
 */
function withoutDeep(value: unknown, most: number): unknown {
  if (!isContainer(value)) return value;
  if (most < 1) return TOO_DEEP;
  const open: { readonly node: object; readonly level: number }[] = [{ node: value, level: 1 }];
  for (let top = open.pop(); top; top = open.pop()) {
    const { node, level } = top;
    for (const key of Object.keys(node)) {
      const inner: unknown = (node as Readonly<Record<string, unknown>>)[key];
      if (!isContainer(inner)) continue;
      if (level < most) open.push({ node: inner, level: level + 1 });
      // A plain assignment to `__proto__` would change the prototype.
      else Object.defineProperty(node, key, { value: TOO_DEEP, writable: true, enumerable: true, configurable: true });
    }
  }
  return value;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
