/** Text without what cannot be seen, for every place where a text of others is shown. Pure and linear. */

/**
 * Characters that show nothing, or change what is shown around them: controls, direction marks, zero width, fillers,
 * tags. Unicode calls most of them default ignorable. The format characters of Arabic, Syriac and Kaithi that are drawn
 * are left alone.
 */
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\u2800]|(?![\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}])[\p{Cf}\p{Cc}]|\p{Cs}/gu;

/**
 * Emoji are made of such characters, and some scripts need the joiners between their letters, or select a form. There
 * they stay.
 */
const PICTURE = /\p{Extended_Pictographic}/u;
const BEFORE_PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]/u;
const KEYCAP = /[#*0-9]/;
const HAN = /\p{Script=Han}/u;
const JOINING_SCRIPTS = [
  'Arabic',
  'Syriac',
  'Mongolian',
  'Nko',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
];
const JOINED = new RegExp(`[${JOINING_SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')}]`, 'u');
const TAGGED_FLAG = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/gu;

/**
 * The text on one line, with what cannot be seen made visible: a name must not read as another one (`gpj.exe` as
 * `exe.jpg`).
 * Line breaks become spaces; a lone half of a surrogate pair becomes `�`.
 */
export function plainLine(text: string): string {
  return oneLine(seen(text.replace(/[\r\n\v\f\t\u0085\u2028\u2029]+/g, ' ')));
}

/** The same for a text that may have several lines. */
export function plainLines(text: string): string {
  const lines = text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replaceAll('\t', ' ');
  return lines.includes('\n')
    ? lines
        .split('\n')
        .map((line) => seen(line).trimEnd())
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim()
    : seen(lines).trim();
}

/**
 * White space becomes one space, except for the hair space, which keeps apart what VS Code would read as a link
 * (`render.ts`).
 */
function oneLine(text: string): string {
  return text.replace(/\s+/g, (space) => (space === '\u200A' ? space : ' ')).trim();
}

function seen(text: string): string {
  UNSEEN.lastIndex = 0;
  if (!UNSEEN.test(text)) return text;
  const flags = [...text.matchAll(TAGGED_FLAG)].map(({ index, 0: flag }) => [index, index + flag.length] as const);
  let flag = 0;
  return text.replace(UNSEEN, (character, index: number) => {
    while (flags[flag] && (flags[flag]?.[1] ?? 0) <= index) flag++;
    if ((flags[flag]?.[0] ?? Infinity) <= index) return character;
    return isNeeded(character, text, index) ? character : named(character);
  });
}

function isNeeded(character: string, text: string, index: number): boolean {
  const before = characterBefore(text, index);
  const after = characterAt(text, index + character.length);
  if (character === '\uFE0F' || character === '\uFE0E')
    return PICTURE.test(before) || (KEYCAP.test(before) && after === '\u20E3');
  if (character >= '\u{E0100}' && character <= '\u{E01EF}') return HAN.test(before);
  if (character === '\u200D' && BEFORE_PICTURE.test(before) && PICTURE.test(after)) return true;
  return (character === '\u200D' || character === '\u200C') && JOINED.test(before) && JOINED.test(after);
}

function characterBefore(text: string, index: number): string {
  return text.slice(
    isLow(text.charCodeAt(index - 1)) && isHigh(text.charCodeAt(index - 2)) ? index - 2 : Math.max(0, index - 1),
    index,
  );
}

function characterAt(text: string, index: number): string {
  return text.slice(index, isHigh(text.charCodeAt(index)) ? index + 2 : index + 1);
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** `‹U+202E›`. */
function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xd800 && code <= 0xdfff ? '\uFFFD' : `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/**
 * At most `length` UTF-16 units, an ellipsis included. What a reader takes as one character is kept whole or left out.
 */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < 1) return '';
  // The character that stands at the border begins before it. Nobody reads one of more than 64 units.
  const room = length - 1;
  const head = text.slice(0, room + 64);
  let end = 0;
  for (const { index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(head)) {
    if (index > room) break;
    end = index;
  }
  if (end === 0) end = isHigh(text.charCodeAt(room - 1)) ? room - 1 : room;
  return `${text.slice(0, end).trimEnd()}…`;
}

/**
 * The end of a text, for where it says more than the beginning: at most `length` UTF-16 units, an ellipsis included,
 * and no half of a character.
 */
export function cutBeginning(text: string, length: number): string {
  if (text.length <= length) return text;
  const begin = text.length - (length - 1);
  // Nobody reads a character of more than 64 units.
  const from = Math.max(0, begin - 64);
  for (const { index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(from))) {
    if (from + index >= begin) return `…${text.slice(from + index)}`;
  }
  return '…';
}

/** The text without control characters, but for tabs and line ends. What else cannot be seen belongs to it. */
export function forClipboard(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, '').replace(/\p{Cs}/gu, '\uFFFD');
}
