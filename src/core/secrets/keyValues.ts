/**
 * Finds what stands under the name `llmApiTokenUser` in a text: in JSON, YAML, Python, a query, a header, a shell or a
 * sentence. Each function is linear: behind a name it looks at a bounded stretch.
 */
import { WINDOW } from './needles';
import { base64Cores, plainSpelling, readBase64 } from './spellings';

const NAME = 'llmApiTokenUser';
const PLAIN_NAME = NAME.toLowerCase();
/** How the name can be put together: camel, snake, kebab, in words, or from pieces in quotes. */
const PARTS = ['llm', 'api', 'token', 'user'];
const NAME_IN_TEXT = new RegExp(PARTS.join('[^a-z0-9]{0,24}'), 'gi');
const NAME_IN_BASE64 = [...new Set([NAME, 'llm_api_token_user', 'LLM_API_TOKEN_USER'].flatMap(base64Cores))].join('|');
const MOST_BASE64 = 4_096;
/** How far behind the name its value is looked for. */
const MOST_BEHIND = 700;
const MOST_IN_BRACKETS = 300;

/**
 * What may stand between the parts of the name in a text whose escapes are not undone. Each text is read in one way
 * only: an escape has a letter or a digit where a single sign cannot go on. With two ways a short text would keep the
 * pattern busy for minutes.
 */
const BETWEEN = String.raw`(?:[^a-z0-9]|%[0-9a-f]{2}|\\u00[2-7][0-9a-f]|&#?[a-z0-9]\w{0,7};){0,24}`;
/** The name, or an ASCII letter that is written as an escape, behind which the name could hide. */
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

/** Whether a text may hold a provider key. It errs on the side of yes. */
export function mayHoldKey(text: string): boolean {
  return MAY_HOLD_KEY.test(text);
}

/** Whether this is the name of the key, in any spelling, perhaps with words around it. */
export function namesKey(name: string): boolean {
  if (name.length > 200 || !mayHoldKey(name)) return false;
  return plainSpelling(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .includes(PLAIN_NAME);
}

export interface FoundValues {
  /** Values that are masked wherever they stand: 16 characters or more. */
  readonly values: readonly string[];
  /** Pieces of values, which are masked in this text only. */
  readonly pieces: readonly string[];
}

/** The values that stand under the name in a text. */
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

/** The runs of base64 that hold the name. */
function base64Runs(text: string): readonly string[] {
  const runs: string[] = [];
  const isBase64 = (at: number): boolean => /[\w+/=-]/.test(text.charAt(at));
  let end = 0;
  for (const { index } of text.matchAll(new RegExp(NAME_IN_BASE64, 'g'))) {
    if (index < end) continue;
    let start = index;
    while (start > end && index - start < MOST_BASE64 && isBase64(start - 1)) start--;
    end = index;
    while (end - index < MOST_BASE64 && end < text.length && isBase64(end)) end++;
    runs.push(text.slice(start, end));
  }
  return runs;
}

function collect(plain: string, values: Set<string>, pieces: Set<string>): void {
  for (const match of plain.matchAll(NAME_IN_TEXT)) {
    const end = match.index + match[0].length;
    const behind = plain.slice(end, end + MOST_BEHIND);
    const found = readBehind(behind);
    for (const value of found.values) values.add(value);
    if (found.parts.length > 1) for (const part of found.parts) pieces.add(part);
  }
}

/** An index, a type or a remark right behind the name. */
const ASIDE = /^\??\s{0,8}(?:\[[^\]\n]{0,40}\](?=\s*[:=])|\([^)\n]{0,40}\)|: ?[A-Za-z][\w.[\]| ]{0,40}(?==[^=]))/;
/** Words that say that a value follows. */
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
/** Nothing in quotes, or what is masked already: no value stands here. */
const EMPTY = /[:=,>(]\s*(["'`])\1(?!\1)|\*\*\*/;

/** Reads the value behind the name. `parts` are its pieces where it is put together from several. */
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

/** A text in quotes, and those that are joined to it: `"sk-" + "abc"`. */
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

/** What looks like a key in an object or a list under the name, up to its end. */
function tokensUntilClosed(text: string): readonly string[] {
  let depth = 1;
  let end = 0;
  for (; end < Math.min(text.length, MOST_IN_BRACKETS) && depth > 0; end++) {
    const character = text.charAt(end);
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
  const tokens = text.slice(0, end).match(/[A-Za-z0-9][\w.~+/=-]{15,511}/g) ?? [];
  return tokens.filter((token) => looksLikeKey(token) && !isDeploymentId(token));
}

/** Digits and letters together: no word of a language. */
export function looksLikeKey(value: string): boolean {
  if (value.length < WINDOW || /\s/.test(value)) return false;
  return (/\d/.test(value) && /[a-z]/i.test(value)) || /^[sp]k-/.test(value);
}

function isDeploymentId(value: string): boolean {
  return /^A-[0-9a-f]{32}$/i.test(value);
}
