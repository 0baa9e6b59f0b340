import { Lexer, type Token, type TokensList } from 'marked';

/** The depth of nested quotations and lists. Deeper ones stay as written, because each level reads its text again. */
const MAX_BLOCKS = 24;
/** The depth of nested emphasis and links. */
const MAX_INLINES = 40;
/**
 * The highest cost of reading a block's words: characters times signs. For each sign that can be markup, the lexer
 * reads the rest. A paragraph of 10,000 characters with 400 signs is within the limit. Beyond it, the block stays as
 * written.
 */
const MAX_BLOCK_COST = 4_000_000;
/** The same for a whole text. */
const MAX_TEXT_COST = 40_000_000;

const SIGNS = /[!-/:-@[-`{-~]/g;

/** Reads Markdown with limits for time and depth. Beyond a limit, the text stays as written. */
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
