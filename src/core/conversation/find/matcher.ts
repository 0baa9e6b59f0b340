/** What is looked for, and where it stands in a text. */

export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/**
 * Between two pieces of text that do not belong together, such as two cells of a table: nobody can type it, so no match
 * goes across it.
 */
export const APART = '\0';

export interface Match {
  readonly start: number;
  readonly end: number;
}

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const IN_WORD = /[\p{L}\p{M}\p{N}_]/u;
const LETTERS = /[\p{L}\p{N}]+/gu;
/** What Markdown may put between two letters of one word. */
const MARKUP = '[*_~`\\\\]*';

/**
 * Finds a query in texts. Capital and small letters are the same by Unicode's simple case folding, done by the regular
 * expression itself, so that what comes back are places in the very text. White space matches any white space: where a
 * line was broken says nothing to a reader. Nothing in the query is a pattern.
 */
export class Matcher {
  /** Nothing is looked for, and nothing found. */
  readonly isEmpty: boolean;
  private readonly pattern: RegExp;
  private readonly inMarkdown: RegExp;
  private readonly beginsWord: boolean;
  private readonly endsWord: boolean;

  constructor(readonly query: FindQuery) {
    const { text, matchCase, wholeWord } = query;
    const flags = matchCase ? 'gu' : 'giu';
    this.isEmpty = text === '';
    const pieces = text.split(/\s+/).map((piece) => piece.replace(SYNTAX, '\\$&'));
    // A match that begins with white space begins where that begins: else each of 100,000 blanks would be tried against
    // all behind it.
    this.pattern = new RegExp((pieces[0] === '' ? '(?<!\\s)' : '') + pieces.join('\\s+'), flags);
    // Only letters and digits stand in Markdown as they are read.
    const runs = text.match(LETTERS) ?? [];
    const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
    this.inMarkdown = new RegExp(Array.from(longest).join(MARKUP), flags);
    this.beginsWord = wholeWord && IN_WORD.test(Array.from(text).at(0) ?? '');
    this.endsWord = wholeWord && IN_WORD.test(Array.from(text).at(-1) ?? '');
  }

  /**
   * Whether what a reader sees of a Markdown text can hold a match: much cheaper than to find out what they see. True
   * too often, and false too often only for words with a link, a tag or an entity inside of them.
   */
  mayStandIn(markdown: string): boolean {
    if (this.isEmpty) return false;
    this.inMarkdown.lastIndex = 0;
    // An image that is not shown is announced by a word of the page's own.
    return this.inMarkdown.test(markdown) || markdown.includes('![');
  }

  /** How often it stands in the text. */
  count(text: string): number {
    let count = 0;
    for (let match = this.next(text, 0); match; match = this.next(text, match.end)) count++;
    return count;
  }

  /** All matches, in order; they do not overlap. */
  all(text: string): readonly Match[] {
    const matches: Match[] = [];
    for (let match = this.next(text, 0); match; match = this.next(text, match.end)) matches.push(match);
    return matches;
  }

  /** The first match that begins at `from` or later. */
  next(text: string, from: number): Match | undefined {
    if (this.isEmpty) return undefined;
    const { pattern } = this;
    pattern.lastIndex = from;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const start = found.index;
      const end = start + found[0].length;
      if (this.isWhole(text, start, end)) return { start, end };
      // What begins inside of what is no whole word can be one: `a-a` in `ba-a-a`.
      pattern.lastIndex = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    }
    return undefined;
  }

  private isWhole(text: string, start: number, end: number): boolean {
    return (
      !(this.beginsWord && isInWord(characterBefore(text, start))) &&
      !(this.endsWord && isInWord(text.codePointAt(end)))
    );
  }
}

function isInWord(character: number | undefined): boolean {
  return character !== undefined && IN_WORD.test(String.fromCodePoint(character));
}

function characterBefore(text: string, at: number): number | undefined {
  if (at === 0) return undefined;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? text.codePointAt(at - 2) : unit;
}

/** Whether every text that holds `next` holds `before` too, so that what held nothing need not be looked at again. */
export function isNarrower(before: FindQuery, next: FindQuery): boolean {
  return (
    before.text !== '' &&
    before.matchCase === next.matchCase &&
    !before.wholeWord &&
    next.text.startsWith(before.text) &&
    // Half of a character pair stands in no text that holds the pair.
    !/[\uD800-\uDBFF]$/.test(before.text)
  );
}
