import { Lexer, type Token, type TokensList } from 'marked';

/** Quotations in lists in quotations: deeper ones are shown as they were written. Each level reads its text again. */
const MAX_BLOCKS = 24;
/** Emphasis in links in emphasis. */
const MAX_INLINES = 40;
/**
 * What reading the words of a block may cost, in characters times signs: for each sign that may be markup, the reader
 * looks at the rest. A paragraph of 10,000 characters with 400 signs is read; more is shown as it was written.
 */
const MAX_BLOCK_COST = 4_000_000;
/** The same for a whole text. */
const MAX_TEXT_COST = 40_000_000;

const SIGNS = /[!-/:-@[-`{-~]/g;

/** Reads Markdown in bounded time and depth. What would take more of either is shown as it was written. */
export class BoundedLexer extends Lexer {
  private blocks = 0;
  private inlines = 0;
  private cost = 0;

  override blockTokens(source: string, tokens?: Token[], isLastClipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, isLastClipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], isLastClipped?: boolean): Token[] {
    if (this.blocks >= MAX_BLOCKS) {
      tokens.push({ type: 'text', raw: source, text: source, tokens: asWritten(source, []) });
      return tokens;
    }
    this.blocks++;
    try {
      return super.blockTokens(source, tokens, isLastClipped);
    } finally {
      this.blocks--;
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    const cost = source.length * (source.match(SIGNS)?.length ?? 0);
    if (cost > MAX_BLOCK_COST || this.cost + cost > MAX_TEXT_COST || this.inlines >= MAX_INLINES)
      return asWritten(source, tokens);
    this.cost += cost;
    this.inlines++;
    try {
      return super.inlineTokens(source, tokens);
    } finally {
      this.inlines--;
    }
  }
}

function asWritten(source: string, tokens: Token[]): Token[] {
  if (source !== '') tokens.push({ type: 'text', raw: source, text: source, escaped: false });
  return tokens;
}
