/** One text can be spelled in many ways. These functions undo the spellings or list them. Each takes linear time. */

/**
 * Enough for an escape of an escape. A deeper one needs no more rounds, because a whole run of backslashes counts as
 * one.
 */
const MAX_ROUNDS = 4;
const ESCAPE_CHARACTER = String.fromCharCode(27);
const INVISIBLES = '\\u00ad\\u200b-\\u200f\\u2060\\ufeff';
const MAY_BE_ESCAPED = new RegExp(`[\\\\%&${ESCAPE_CHARACTER}${INVISIBLES}]`);
const ESCAPED_LETTER = new RegExp(
  `(?:\\\\u00|\\\\x|%(?:25)*|%u00)(?:2[bde]|[3-7])|\\\\u\\{|&#|[${ESCAPE_CHARACTER}${INVISIBLES}]`,
  'i',
);
const INVISIBLE = new RegExp(`[${INVISIBLES}]`, 'g');
const TERMINAL_COLOR = new RegExp(`${ESCAPE_CHARACTER}\\[[0-9;]{0,20}m`, 'g');
/** A run of backslashes is matched only from its start, so a long one costs no more than its length. */
const ESCAPE = new RegExp(
  [
    String.raw`%u00([0-9a-f]{2})`,
    '%(?:25)*([0-9a-f]{2})',
    String.raw`(?<!\\)\\+u\{0*([0-9a-f]{1,6})\}`,
    String.raw`(?<!\\)\\+u([0-9a-f]{4})`,
    String.raw`(?<!\\)\\+x([0-9a-f]{2})`,
    '&#x0*([0-9a-f]{1,6});?',
    String.raw`&#0*(\d{1,7});?`,
    '&(quot|apos|amp|lt|gt);',
    String.raw`(?<!\\)\\+([nrtbf"'\`/])`,
  ].join('|'),
  'gi',
);
const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

/** Whether a text has escapes and so may say something else than it seems to. */
export function hasEscapes(text: string): boolean {
  return MAY_BE_ESCAPED.test(text);
}

/** Whether the text has letters, digits or one of `-.+=` as escapes. Spaces, line breaks and quotes do not count. */
export function hasEscapedLetters(text: string): boolean {
  return ESCAPED_LETTER.test(text);
}

/**
 * The text without JSON escapes at any depth, percent codes, HTML entities, terminal colors and invisible characters.
 * Use it to search, and to show what cannot be masked in its own spelling.
 */
export function plainSpelling(text: string): string {
  let plain = text;
  for (let round = 0; round < MAX_ROUNDS && hasEscapes(plain); round++) {
    const before = plain;
    plain = plain.replace(TERMINAL_COLOR, '').replace(INVISIBLE, '').replace(ESCAPE, decoded);
    if (plain === before) break;
  }
  return plain;
}

function decoded(whole: string, ...groups: readonly (string | undefined)[]): string {
  const [percentU, percent, braced, unicode, hex, entityHex, entity, named, simple] = groups;
  const code = percentU ?? percent ?? braced ?? unicode ?? hex ?? entityHex;
  if (code !== undefined) return characterOf(Number.parseInt(code, 16), whole);
  if (entity !== undefined) return characterOf(Number(entity), whole);
  if (named !== undefined) return NAMED[named.toLowerCase()] ?? whole;
  return simple !== undefined && /[nrtbf]/i.test(simple) ? '\n' : (simple ?? whole);
}

function characterOf(code: number, whole: string): string {
  // A percent code beyond ASCII is only a part of a character.
  return code === 0 || code > 0x10_ffff || (whole.startsWith('%') && code > 0x7f) ? whole : String.fromCodePoint(code);
}

/**
 * What a base64 text must contain if it contains this value, wherever the value starts in the bytes. For both alphabets
 * of RFC 4648.
 */
export function base64Cores(value: string): readonly string[] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(value));
  return [0, 1, 2].flatMap((offset) => {
    const whole = Math.floor(((offset + bytes.length) * 8) / 6);
    const encoded = btoa('x'.repeat(offset) + bytes).slice([0, 2, 3][offset], whole);
    const forUrls = encoded.replaceAll('+', '-').replaceAll('/', '_');
    return forUrls === encoded ? [encoded] : [encoded, forUrls];
  });
}

/** What a run of base64 says, for each position at which its first character can be. */
export function readBase64(run: string): readonly string[] {
  const standard = run.replaceAll('-', '+').replaceAll('_', '/');
  return [0, 1, 2, 3].flatMap((offset) => {
    const length = standard.length - offset;
    try {
      return [atob(standard.slice(offset, offset + length - (length % 4)))];
    } catch {
      return [];
    }
  });
}
