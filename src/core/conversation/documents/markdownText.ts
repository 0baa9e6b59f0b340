/**
 * Markdown from texts that are not trusted, for readers that are not known: nothing in a text can end the block it
 * stands in, become HTML or load an image.
 */
import { plainLine } from '../../words/plain';
import { isOpenableUrl } from '../../words/links';

/** What any reader of Markdown takes for the end of a line. Most of them know the first three alone. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const LINE_END = /\r\n|[\n\r\v\f\u001C-\u001E\u0085\u2028\u2029]/;

/** A code block around a text that may hold fences itself. Ends without a line break. */
export function fenced(code: string, language = ''): string {
  let longest = 0;
  for (const [run] of code.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const known = /^[\w+#-]{1,30}$/.test(language) ? language : '';
  return `${fence}${known}\n${code}${code === '' || code.endsWith('\n') ? '' : '\n'}${fence}`;
}

/**
 * One line of plain words: nothing in it is Markdown, HTML or a formula. Addresses may still become links to
 * themselves.
 */
export function plainWords(text: string): string {
  const escaped = plainLine(text)
    .replace(/[\\`*[\]~$]|&(?=[#a-z])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu, '\\$&')
    // Some renderers take the backslashes out of a link's words before they read those.
    .replace(/!(?=\\\[)/g, '&#33;')
    .replaceAll('<', '&lt;')
    // What begins a list, a heading, a quotation or a rule where a line begins.
    .replace(/^(\d+)(?=[.)])|^(?=[#>+\-=])/, '$1\\');
  return withoutOtherAddresses(escaped);
}

/** The same for HTML, where Markdown is not read. */
export function htmlWords(text: string): string {
  return plainLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A link where the address can be opened, its text otherwise. */
export function webLink(title: string, url: string): string {
  if (!isOpenableUrl(url) || !/^[^\s\p{C}<>"'`\\()[\]]+$/u.test(url))
    return title === url ? plainWords(url) : `${plainWords(title)}: ${plainWords(url)}`;
  return `[${plainWords(title)}](${url})`;
}

/**
 * Markdown that an agent or the user wrote, with its formatting but without HTML and images; also ends every code block
 * that it opens.
 *
 * Whether a `<` stands in code depends on the block structure, about which renderers differ. So the structure is made
 * plain instead of being guessed: every code block that is found is written anew at the line's beginning with a fence
 * of its own, where all renderers agree, and code within a line is only left alone in passages where each line pairs
 * its backticks by itself.
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
      // Code within a line never reaches across an empty one.
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
  /** The list marker before it. */
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

/** The line that ends the block, or the one behind the last. */
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

/** A fence in a quotation. No two neighbours of the pattern take the same character, so that a line is read once. */
const QUOTED_FENCE = /^([\s>]+(?:(?:[-*+]|\d{1,9}[.)])\s+)*)(`{3,}|~{3,})/;

/** Lines without an empty one or a code block between them. */
function harmlessPassage(lines: readonly string[]): readonly string[] {
  const scanned = lines.map(outsideOfCode);
  const pairs = scanned.every((pieces) => pieces !== undefined);
  return lines.map((line, index) => {
    // A fence in a quotation would end with it, not where its text says.
    const unfenced = line.replace(QUOTED_FENCE, (whole, before: string, fence: string) =>
      before.includes('>') ? `${before}&#${String(fence.charCodeAt(0))};${fence.slice(1)}` : whole,
    );
    const pieces = unfenced === line && pairs ? scanned[index] : undefined;
    return pieces
      ? pieces.map(({ text, isCode }) => (isCode ? text : withoutHtml(text))).join('')
      : withoutHtml(unfenced);
  });
}

/**
 * `a < b` stays; whatever could begin a tag, a comment, an image, or a formula that goes on in the next line does not.
 */
function withoutHtml(text: string): string {
  const isFormulaOpen = [...text.matchAll(/\$\$/g)].length % 2 === 1;
  return withoutOtherAddresses(
    withoutOtherLinks(text)
      .replace(/\\?<(?=[A-Za-z/!?])/g, '&lt;')
      .replace(/!(?=\[)/g, '&#33;')
      .replace(/\$\$/g, isFormulaOpen ? '&#36;&#36;' : '$$$$'),
  );
}

/**
 * Takes links, and definitions of links, apart where their address cannot be opened or is not told in the same line.
 */
function withoutOtherLinks(text: string): string {
  // The beginning of an address tells its scheme. It is not taken, because the next link may begin in it.
  return text.replace(/\]([(:])(?=[ \t]{0,64}([^\s()<>[\]]{0,64}))/g, (link: string, sign: string, address: string) =>
    isOpenableUrl(address) ? link : `]\\${sign}`,
  );
}

/** Many readers make links of addresses that only stand in the text: of web and mail alone, then. */
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
 * The line in pieces, or undefined where its backticks do not pair within it, or where a table could cut a code passage
 * in two.
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

/** Some renderers take the backtick behind an address for a part of it. */
function holdsAddressBeforeCode(line: string): boolean {
  for (const [word, backtick] of line.matchAll(/[^\s`]+(`?)/g)) {
    if (backtick !== '' && /\/\/|www\.|@/i.test(word)) return true;
  }
  return false;
}

/** Behind the next run of exactly so many backticks. */
function closingRun(line: string, from: number, length: number): number | undefined {
  for (const run of line.slice(from).matchAll(/`+/g)) {
    if (run[0].length === length) return from + run.index + length;
  }
  return undefined;
}
