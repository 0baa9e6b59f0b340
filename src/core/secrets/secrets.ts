/**
 * Keeps secrets out of everything that is read from the API. One is the user's key at an LLM provider
 * (`llmApiTokenUser`): the specification lists it in answers at several depths (docs/api/contract.md, "Values and ids"
 * and "Conversation"). The others are parts of a request that a server echoes.
 */
import { bounded } from '../base/nesting';
import type { Secret } from '../base/secret';
import { looksLikeKey, mayHoldKey, namesKey, valuesIn } from './keyValues';
import { MASK, Needles, WINDOW } from './needles';
import { hasEscapes, plainSpelling } from './spellings';

export { mayHoldKey } from './keyValues';
export { MASK } from './needles';

/**
 * The name of the key and its value in a text, however short the value is, with any number of backslashes before a
 * quote.
 */
const KEY_IN_TEXT = new RegExp(
  String.raw`(llm[-_ .]?api[-_ .]?token[-_ .]?user\\*["'\`]?[^\S\n]*(?:=>|[:=])[^\S\n]*\\*["'\`]?)` +
    String.raw`(?!(?:null|none|undefined|true|false)\b)[^"'\`\\\s,;&<>(){}[\]]+`,
  'gi',
);
/** Values of these fields, even if a model calls one of them its key. Masking them would hide what the agent did. */
const STRUCTURE = /^(?:type|role|state|status|toolName)$|id$/i;
/** More values than this in texts are no keys. Those in fields of that name always count. */
const MAX_VALUES_IN_TEXTS = 1_000;
const MAX_WINDOWS = 400_000;
const MAX_PIECES = 64;
const MAX_BESIDES = 32;

/**
 * Parses JSON and masks provider keys before anyone sees the value. A value under the key's name is masked there. If it
 * has at least 16 characters, it is masked everywhere in this JSON. What nests too deeply is left out. Throws
 * `SyntaxError`; its message quotes the text, so do not pass it on.
 */
export function parseWithoutKeys(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // A conversation can have megabytes and almost never contains a key. So only a text that may contain one is walked
  // through.
  if (!mayHoldKey(text)) return bounded(value, text);
  const root = { value };
  const found = new FoundKeys();
  walk(root, (node, key, item) => maskUnderName(node, key, item, found));
  if (!found.isEmpty) walk(root, (node, key, item) => found.mask(node, key, item));
  // A key that nests too deeply is left out here and masked elsewhere.
  return bounded(root.value, text);
}

/**
 * The server's messages without the secrets that it may echo. A secret is masked whole or in part: as it is, in upper
 * or lower case, in base64, and in the escapes of JSON, URLs and HTML.
 */
export function withoutSecrets(texts: readonly string[], secrets: readonly (Secret | string)[]): readonly string[] {
  const revealed = secrets
    .map((secret) => (typeof secret === 'string' ? secret : secret.reveal()))
    .filter((text) => text !== '');
  const needles = new Needles();
  for (const secret of revealed) {
    for (const form of [secret, secret.toLowerCase(), secret.toUpperCase()]) needles.add(form);
  }
  const short = revealed.filter((secret) => secret.length < WINDOW);
  const maskShort = (text: string): string => short.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  return texts.map((text) => {
    const masked = needles.mask(maskShort(text.replace(KEY_IN_TEXT, `$1${MASK}`)));
    const plain = hasEscapes(masked) ? plainSpelling(masked) : masked;
    return maskShort(plain) === plain ? masked : maskShort(plain);
  });
}

/** The key's values in one answer. */
class FoundKeys {
  /** From fields of that name: the server itself calls them keys. */
  private readonly inFields = new Needles();
  /** From texts, which a model can have written. */
  private readonly inTexts = new Needles();
  private countInTexts = 0;

  get isEmpty(): boolean {
    return this.inFields.isEmpty && this.inTexts.isEmpty;
  }

  addField(value: string): void {
    this.inFields.add(value);
  }

  addText(value: string): void {
    if (this.countInTexts++ < MAX_VALUES_IN_TEXTS && this.inTexts.size < MAX_WINDOWS) this.inTexts.add(value);
  }

  mask(node: object, key: string, item: unknown): void {
    let name = this.inFields.mask(key);
    // A plain word is a field of the answer.
    if (!/^[A-Za-z]+$/.test(name)) name = this.inTexts.mask(name);
    let value = item;
    if (typeof item === 'string') {
      value = this.inFields.mask(item);
      const isStructure = STRUCTURE.test(key) && /^[\w-]+$/.test(item);
      if (!isStructure) value = this.inTexts.mask(value as string);
    }
    if (name !== key) Reflect.deleteProperty(node, key);
    if (name !== key || value !== item) set(node, name, value);
  }
}

/** Visits every entry of a tree. It uses its own stack, because a body can nest deeper than the call stack allows. */
function walk(root: object, visit: (node: object, key: string, item: unknown) => void): void {
  const open: object[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const [key, item] of Object.entries(node) as [string, unknown][]) {
      visit(node, key, item);
      if (typeof item === 'object' && item !== null) open.push(item);
    }
  }
}

function maskUnderName(node: object, key: string, item: unknown, found: FoundKeys): void {
  const valuesInName = mayHoldKey(key) ? valuesIn(key).values : [];
  for (const value of valuesInName) found.addText(value);
  if (valuesInName.length === 0 && namesKey(key)) {
    // An empty value stays, because it says that no key is set.
    if (isEmpty(item)) return;
    for (const text of textsIn(item)) found.addField(text);
    set(node, key, MASK);
    return;
  }
  if (typeof item !== 'string' || !mayHoldKey(item)) return;
  const { values, pieces } = valuesIn(item);
  if (values.length === 0 && namesKey(item)) for (const text of besides(node, key)) found.addText(text);
  for (const value of values) found.addText(value);
  const masked = withoutPieces(item, pieces).replace(KEY_IN_TEXT, `$1${MASK}`);
  if (masked !== item) set(node, key, masked);
}

function withoutPieces(text: string, pieces: readonly string[]): string {
  // So many pieces are no key of a program: somebody wants this to take long.
  if (pieces.length > MAX_PIECES) return MASK;
  const longEnough = pieces.filter((piece) => piece.length >= 4);
  const masked = longEnough.reduce((rest, piece) => rest.replaceAll(piece, MASK), text);
  if (!hasEscapes(masked)) return masked;
  const plain = plainSpelling(masked);
  const maskedPlain = longEnough.reduce((rest, piece) => rest.replaceAll(piece, MASK), plain);
  return maskedPlain === plain ? masked : maskedPlain;
}

function isEmpty(item: unknown): boolean {
  if (typeof item === 'object' && item !== null) return Object.keys(item).length === 0;
  return item === null || item === '' || typeof item === 'boolean';
}

function textsIn(item: unknown): readonly string[] {
  const texts: string[] = [];
  walk({ item }, (_, key, value) => {
    if (typeof value === 'string' || typeof value === 'number') texts.push(String(value));
    if (looksLikeKey(key)) texts.push(key);
  });
  return texts;
}

/** Values next to the name: `["llmApiTokenUser", "…"]`, `{"name": "llmApiTokenUser", "value": "…"}`. */
function besides(node: object, key: string): readonly string[] {
  const items: readonly unknown[] = Array.isArray(node)
    ? [node[Number(key) + 1]]
    : Object.entries(node)
        .slice(0, MAX_BESIDES)
        .filter(([other]) => other !== key && !STRUCTURE.test(other))
        .map(([, value]: [string, unknown]) => value);
  return items.filter((item) => typeof item === 'string' && looksLikeKey(item)) as readonly string[];
}

/** A plain assignment to `__proto__` would change the prototype. */
function set(node: object, key: string, value: unknown): void {
  Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
}
