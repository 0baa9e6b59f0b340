/**
 * Finds the values of `llmApiTokenUser` in a text: in JSON, YAML, Python, a query, a header, a shell command or a
 * sentence. Each function is linear: after a name, it looks only at a limited number of characters.
 */
import { WINDOW } from './needles';
import { base64Cores, plainSpelling, readBase64 } from './spellings';

const NAME = 'llmApiTokenUser';
const PLAIN_NAME = NAME.toLowerCase();
/** The parts of the name. It can be written in camel, snake or kebab case, in words, or in quoted pieces. */
const PARTS = ['llm', 'api', 'token', 'user'];
const NAME_IN_TEXT = new RegExp(PARTS.join('[^a-z0-9]{0,24}'), 'gi');
const NAME_IN_BASE64 = [...new Set([NAME, 'llm_api_token_user', 'LLM_API_TOKEN_USER'].flatMap(base64Cores))].join('|');
const MAX_BASE64 = 4_096;
/** How many characters after the name we search for its value. */
const MAX_BEHIND = 700;
const MAX_IN_BRACKETS = 300;

/**
 * What may separate the parts of the name in a text with escapes. The pattern can match each text in only one way: an
 * escape has a letter or a digit where a single sign cannot continue. With two ways, a short text could keep the
 * pattern busy for minutes.
 */
const BETWEEN = String.raw`(?:[^a-z0-9]|%[0-9a-f]{2}|\\u00[2-7][0-9a-f]|&#?[a-z0-9]\w{0,7};){0,24}`;
/** The name, or an ASCII letter as an escape, which could hide the name. */
const MAY_HOLD_KEY = new RegExp(
  [
    PARTS.slice(0, 3).join(BETWEEN),
    String.raw`\\u00[4-7]`,
    String.raw`\\u\{0*[4-7]`,
    String.raw`\\x[4-7]`,
    '%(?:25)*(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])',
    '&#(?:x0*(?:[46][1-9a-f]|[57][0-9a])|0*(?:6[5-9]|[789][0-9]|1[01][0-9]|12[0-2]))',
    NAME_IN_BASE64,
  ].join('|'),
  'i',
);

/** Whether a text may contain a provider key. In doubt, it says yes. */
export function mayHoldKey(text: string): boolean {
  return MAY_HOLD_KEY.test(text);
}

/** Whether this is the name of the key, in any spelling, possibly with other words around it. */
export function namesKey(name: string): boolean {
  if (name.length > 200 || !mayHoldKey(name)) return false;
  return plainSpelling(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .includes(PLAIN_NAME);
}

export interface FoundValues {
  /** Values to mask everywhere. They have at least 16 characters. */
  readonly values: readonly string[];
  /** Pieces of values, to mask in this text only. */
  readonly pieces: readonly string[];
}

/** The values of the key in a text. */
export function valuesIn(text: string): FoundValues {
  const plain = plainSpelling(text);
  const values = new Set<string>();
  const pieces = new Set<string>();
  collect(plain, values, pieces);
  for (const run of base64Runs(plain)) {
    pieces.add(run);
    for (const decoded of readBase64(run)) collect(plainSpelling(decoded), values, new Set());
  }
  return { values: [...values], pieces: [...pieces] };
}

/** The runs of base64 that contain the name. */
function base64Runs(text: string): readonly string[] {
  const runs: string[] = [];
  const isBase64 = (at: number): boolean => /[\w+/=-]/.test(text.charAt(at));
  let end = 0;
  for (const { index } of text.matchAll(new RegExp(NAME_IN_BASE64, 'g'))) {
    if (index < end) continue;
    let start = index;
    while (start > end && index - start < MAX_BASE64 && isBase64(start - 1)) start--;
    end = index;
    while (end - index < MAX_BASE64 && end < text.length && isBase64(end)) end++;
    runs.push(text.slice(start, end));
  }
  return runs;
}

function collect(plain: string, values: Set<string>, pieces: Set<string>): void {
  for (const match of plain.matchAll(NAME_IN_TEXT)) {
    const end = match.index + match[0].length;
    const behind = plain.slice(end, end + MAX_BEHIND);
    const found = readBehind(behind);
    for (const value of found.values) values.add(value);
    if (found.parts.length > 1) for (const part of found.parts) pieces.add(part);
  }
}

/** An index, a type or a remark right after the name. */
const ASIDE = /^\??\s{0,8}(?:\[[^\]\n]{0,40}\](?=\s*[:=])|\([^)\n]{0,40}\)|: ?[A-Za-z][\w.[\]| ]{0,40}(?==[^=]))/;
/** Words before a value, as in “is set to”. */
const FILLER = new RegExp(
  `^(?:${[
    'is',
    'was',
    'to',
    'as',
    'be',
    'set',
    'str',
    'string',
    'value',
    'content',
    'key',
    'token',
    'equals',
    'type',
    'text',
    'bearer',
    'basic',
    'undefined',
    'optional',
    `[brfu]{1,2}(?=["'])`,
  ].join('|')})(?=[^A-Za-z0-9_])`,
  'i',
);
const GAP = /^[^A-Za-z0-9]{0,80}/;
/** Empty quotes, or a masked value: there is no value here. */
const EMPTY = /[:=,>(]\s*(["'`])\1(?!\1)|\*\*\*/;

/** Reads the value after the name. `parts` are its pieces, if it is put together from several. */
function readBehind(text: string): { readonly values: readonly string[]; readonly parts: readonly string[] } {
  let rest = text.replace(ASIDE, '');
  let gap = '';
  for (let fillers = 0; ; fillers++) {
    const between = GAP.exec(rest)?.[0] ?? '';
    gap += between;
    rest = rest.slice(between.length);
    const filler = fillers < 4 ? FILLER.exec(rest)?.[0] : undefined;
    if (filler === undefined) break;
    gap += filler;
    rest = rest.slice(filler.length);
  }
  if (EMPTY.test(gap)) return { values: [], parts: [] };
  if (/[{[]/.test(gap)) return { values: tokensUntilClosed(rest), parts: [] };
  const quote = /["'`]\s*$/.exec(gap)?.[0].trim();
  const parts = quote === undefined ? [unquoted(rest)] : quotedParts(rest, quote);
  const value = parts.join('').trim();
  const [first = ''] = parts;
  const isAssigned =
    /^["'`]?\s*[:=](?!=)/.test(rest.slice(first.length)) ||
    (quote === undefined && /^[A-Za-z_][\w.-]*=[^=]/.test(value));
  const isNextName = /[\n,;&]/.test(gap) && isAssigned;
  if (isNextName || value.length < WINDOW || isDeploymentId(value)) return { values: [], parts: [] };
  const isStated = quote !== undefined ? gap.length > 1 : /[:=>|]/.test(gap) && !/^[A-Za-z_.]+$/.test(value);
  return isStated || looksLikeKey(value) ? { values: [value], parts } : { values: [], parts: [] };
}

function unquoted(text: string): string {
  return /^[^\s"'`,;&<>|(){}[\]\\]{0,512}/.exec(text)?.[0].replace(/[.:!?]+$/, '') ?? '';
}

const JOINT = /^["'`]\s{0,20}(?:[+.&]\s{0,20}|\\\s{0,20})?(?:[brfu]{1,2})?["'`](?=[^"'`\s,:;)}\]])/i;

/** A quoted text and those that are joined to it: `"sk-" + "abc"`. */
function quotedParts(text: string, quote: string): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  for (let count = 0; count < 16; count++) {
    const part = /^[^"'`\r\n]{0,512}/.exec(rest)?.[0] ?? '';
    parts.push(part);
    const joint = rest.startsWith(quote, part.length) ? JOINT.exec(rest.slice(part.length))?.[0] : undefined;
    if (joint === undefined) break;
    rest = rest.slice(part.length + joint.length);
  }
  return parts;
}

/** What looks like a key in an object or a list after the name, up to its closing bracket. */
function tokensUntilClosed(text: string): readonly string[] {
  let depth = 1;
  let end = 0;
  for (; end < Math.min(text.length, MAX_IN_BRACKETS) && depth > 0; end++) {
    const character = text.charAt(end);
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
  const tokens = text.slice(0, end).match(/[A-Za-z0-9][\w.~+/=-]{15,511}/g) ?? [];
  return tokens.filter((token) => looksLikeKey(token) && !isDeploymentId(token));
}

/** Whether a text has both digits and letters, as no word of a language has. */
export function looksLikeKey(value: string): boolean {
  if (value.length < WINDOW || /\s/.test(value)) return false;
  return (/\d/.test(value) && /[a-z]/i.test(value)) || /^[sp]k-/.test(value);
}

function isDeploymentId(value: string): boolean {
  return /^A-[0-9a-f]{32}$/i.test(value);
}
