/**
 * Makes safe Markdown from untrusted texts, for any Markdown reader. A text cannot end the block that it is in, become
 * HTML or load an image.
 */
import { plainLine } from '../../words/plain';
import { isOpenableUrl } from '../../words/links';

/** Every line end of any Markdown reader. Most readers know only the first three. */
// eslint-disable-next-line no-control-regex -- we search for exactly these
const LINE_END = /\r\n|[\n\r\v\f\u001C-\u001E\u0085\u2028\u2029]/;

/** A code block around a text, which may contain fences. Has no line break at the end. */
export function fenced(code: string, language = ''): string {
  let longest = 0;
  for (const [run] of code.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const known = /^[\w+#-]{1,30}$/.test(language) ? language : '';
  return `${fence}${known}\n${code}${code === '' || code.endsWith('\n') ? '' : '\n'}${fence}`;
}

/**
 * One line of plain text. Nothing in it acts as Markdown, HTML or a formula. A reader may still turn an address into a
 * link to that address.
 */
export function plainWords(text: string): string {
  const escaped = plainLine(text)
    .replace(/[\\`*[\]~$]|&(?=[#a-z])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu, '\\$&')
    // Some renderers remove the backslashes from a link's text before they parse it.
    .replace(/!(?=\\\[)/g, '&#33;')
    .replaceAll('<', '&lt;')
    // At the beginning of a line, these start a list, a heading, a quotation or a rule.
    .replace(/^(\d+)(?=[.)])|^(?=[#>+\-=])/, '$1\\');
  return withoutOtherAddresses(escaped);
}

/** The same for text inside HTML, where Markdown is not parsed. */
export function htmlWords(text: string): string {
  return plainLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A link, or plain text if we do not open such addresses. */
export function webLink(title: string, url: string): string {
  if (!isOpenableUrl(url) || !/^[^\s\p{C}<>"'`\\()[\]]+$/u.test(url))
    return title === url ? plainWords(url) : `${plainWords(title)}: ${plainWords(url)}`;
  return `[${plainWords(title)}](${url})`;
}

/**
 * Markdown of an agent or the user, with its formatting but without HTML and images. Closes every code block that it
 * opens.
 *
 * Whether a `<` is in code depends on the structure of blocks, and renderers disagree about it. So we make the
 * structure unambiguous. We rewrite each code block with our own fence at the beginning of a line. Inline code stays
 * only in passages where each line pairs its own backticks.
 */
export function harmlessMarkdown(text: string): string {
  const lines = text.split(LINE_END);
  const written: string[] = [];
  let passage: string[] = [];
  const endPassage = (): void => {
    for (const line of harmlessPassage(passage)) written.push(line);
    passage = [];
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const opened = openingFence(line);
    if (!opened) {
      passage.push(line);
      // Inline code never continues after an empty line.
      if (line.trim() === '') endPassage();
      continue;
    }
    if (opened.marker !== '') passage.push(opened.marker);
    endPassage();
    const end = closingLine(lines, index + 1, opened.fence);
    written.push(
      fenced(
        lines
          .slice(index + 1, end)
          .map((code) => withoutIndent(code, opened.indent))
          .join('\n'),
        opened.language,
      ),
    );
    index = end;
  }
  endPassage();
  return written.join('\n');
}

interface OpeningFence {
  readonly fence: string;
  readonly language: string;
  readonly indent: number;
  /** The list marker before the fence. */
  readonly marker: string;
}

function openingFence(line: string): OpeningFence | undefined {
  const [, marker = '', fence, info = ''] = /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  if (fence === undefined || (fence.startsWith('`') && info.includes('`'))) return undefined;
  return {
    fence,
    language: info.trim().split(/\s/)[0] ?? '',
    indent: marker.length,
    marker: marker.trim() === '' ? '' : marker.trimEnd(),
  };
}

/** The position of the line that ends the block. Without one: the number of lines. */
function closingLine(lines: readonly string[], from: number, fence: string): number {
  const sign = fence.charAt(0);
  const closes = (line: string): boolean => {
    const rest = line.trim();
    return rest.length >= fence.length && Array.from(rest).every((character) => character === sign);
  };
  let index = from;
  while (index < lines.length && !closes(lines[index] ?? '')) index++;
  return index;
}

function withoutIndent(line: string, most: number): string {
  let start = 0;
  while (start < most && (line[start] === ' ' || line[start] === '\t')) start++;
  return line.slice(start);
}

/**
 * A fence in a quotation. Neighboring pieces of the pattern never match the same character, so it takes linear time.
 */
const QUOTED_FENCE = /^([\s>]+(?:(?:[-*+]|\d{1,9}[.)])\s+)*)(`{3,}|~{3,})/;

/** Cleans lines that have no empty line and no code block between them. */
function harmlessPassage(lines: readonly string[]): readonly string[] {
  const scanned = lines.map(outsideOfCode);
  const pairs = scanned.every((pieces) => pieces !== undefined);
  return lines.map((line, index) => {
    // A code block in a quotation ends with the quotation, not at its closing fence.
    const unfenced = line.replace(QUOTED_FENCE, (whole, before: string, fence: string) =>
      before.includes('>') ? `${before}&#${String(fence.charCodeAt(0))};${fence.slice(1)}` : whole,
    );
    const pieces = unfenced === line && pairs ? scanned[index] : undefined;
    return pieces
      ? pieces.map(({ text, isCode }) => (isCode ? text : withoutHtml(text))).join('')
      : withoutHtml(unfenced);
  });
}

/** Escapes whatever could start a tag, a comment, an image, or a formula of several lines. `a < b` stays. */
function withoutHtml(text: string): string {
  const isFormulaOpen = [...text.matchAll(/\$\$/g)].length % 2 === 1;
  return withoutOtherAddresses(
    withoutOtherLinks(text)
      .replace(/\\?<(?=[A-Za-z/!?])/g, '&lt;')
      .replace(/!(?=\[)/g, '&#33;')
      .replace(/\$\$/g, isFormulaOpen ? '&#36;&#36;' : '$$$$'),
  );
}

/** Breaks links and link definitions if we do not open such an address, or if it is not on the same line. */
function withoutOtherLinks(text: string): string {
  // The beginning of the address is enough for its scheme. The match excludes it, because it may contain the next link.
  return text.replace(/\]([(:])(?=[ \t]{0,64}([^\s()<>[\]]{0,64}))/g, (link: string, sign: string, address: string) =>
    isOpenableUrl(address) ? link : `]\\${sign}`,
  );
}

/** Many readers turn addresses in a text into links. Leaves only web and mail addresses intact. */
function withoutOtherAddresses(text: string): string {
  return text
    .replace(/(?<!(?<![a-z\d])https?):\/\//gi, ':&#47;&#47;')
    .replace(/(?<![\p{L}\p{N}:/])\/\/(?=[^\s/])/gu, '&#47;&#47;')
    .replace(/(?<![a-z\d])xmpp:/gi, 'xmpp&#58;');
}

interface Piece {
  readonly text: string;
  readonly isCode: boolean;
}

/**
 * Splits a line into code and other text. Undefined if the backticks do not pair within the line, or if a table could
 * cut a piece of code in two.
 */
function outsideOfCode(line: string): readonly Piece[] | undefined {
  if (holdsAddressBeforeCode(line)) return undefined;
  const pieces: Piece[] = [];
  let start = 0;
  for (let index = 0; index < line.length; index++) {
    if (line[index] === '\\') {
      index++;
      continue;
    }
    if (line[index] !== '`') continue;
    const run = /^`+/.exec(line.slice(index))?.[0] ?? '`';
    const end = closingRun(line, index + run.length, run.length);
    if (end === undefined || line.slice(index, end).includes('|')) return undefined;
    pieces.push({ text: line.slice(start, index), isCode: false }, { text: line.slice(index, end), isCode: true });
    start = end;
    index = end - 1;
  }
  return [...pieces, { text: line.slice(start), isCode: false }];
}

/** Some renderers read a backtick after an address as part of the address. */
function holdsAddressBeforeCode(line: string): boolean {
  for (const [word, backtick] of line.matchAll(/[^\s`]+(`?)/g)) {
    if (backtick !== '' && /\/\/|www\.|@/i.test(word)) return true;
  }
  return false;
}

/** The position after the next run of exactly `length` backticks. */
function closingRun(line: string, from: number, length: number): number | undefined {
  for (const run of line.slice(from).matchAll(/`+/g)) {
    if (run[0].length === length) return from + run.index + length;
  }
  return undefined;
}
