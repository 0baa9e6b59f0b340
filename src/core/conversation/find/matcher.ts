/** Finds a query in texts. */

export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/**
 * Separates texts that do not belong together, such as two cells of a table. Nobody can type it, so no match contains
 * it.
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
 * Finds a query in texts. The query is plain text, never a pattern. The regular expression ignores case. Lower-casing
 * the text instead would shift positions. White space matches any white space, because line breaks do not matter to a
 * reader.
 */
export class Matcher {
  /** True if the query is empty. Then nothing is found. */
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
    // A query that begins with white space matches only at the beginning of white space. Otherwise 100,000 spaces would
    // take quadratic time.
    this.pattern = new RegExp((pieces[0] === '' ? '(?<!\\s)' : '') + pieces.join('\\s+'), flags);
    // Only letters and digits look the same in Markdown and on the page.
    const runs = text.match(LETTERS) ?? [];
    const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
    this.inMarkdown = new RegExp(Array.from(longest).join(MARKUP), flags);
    this.beginsWord = wholeWord && IN_WORD.test(Array.from(text).at(0) ?? '');
    this.endsWord = wholeWord && IN_WORD.test(Array.from(text).at(-1) ?? '');
  }

  /**
   * Whether the visible text of a Markdown text may contain a match. Much cheaper than rendering it. May be true
   * without a match. It misses a match only if a link, a tag or an entity is inside a word.
   */
  mayStandIn(markdown: string): boolean {
    if (this.isEmpty) return false;
    this.inMarkdown.lastIndex = 0;
    // The page writes its own text for an image, and the query may match it.
    return this.inMarkdown.test(markdown) || markdown.includes('![');
  }

  /** The number of matches in the text. */
  count(text: string): number {
    let count = 0;
    for (let match = this.next(text, 0); match; match = this.next(text, match.end)) count++;
    return count;
  }

  /** All matches, in order, without overlaps. */
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
      // A rejected match can overlap the next whole word: `a-a` in `ba-a-a`.
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

/** Whether every text that contains `next` also contains `before`. Then parts without `before` need no new search. */
export function isNarrower(before: FindQuery, next: FindQuery): boolean {
  return (
    before.text !== '' &&
    before.matchCase === next.matchCase &&
    !before.wholeWord &&
    next.text.startsWith(before.text) &&
    // Half of a surrogate pair is not found in a text that contains the whole pair.
    !/[\uD800-\uDBFF]$/.test(before.text)
  );
}
