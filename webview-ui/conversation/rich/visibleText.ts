import type { Tokens } from 'marked';
import { APART } from '../../../src/core/conversation/find/matcher';
import { marked, markdownBlocks } from './marked';

/** A match never crosses the border of one of these elements. */
const BLOCK = /^\/?(?:p|li|[uo]l|t[hdr]|table|thead|tbody|h\d|pre|blockquote|hr|details|summary)$/;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  times: '×',
  middot: '·',
  deg: '°',
  plusmn: '±',
  euro: '€',
  rarr: '→',
  larr: '←',
  le: '≤',
  ge: '≥',
  ne: '≠',
};

/**
 * The visible text of Markdown that `renderMarkdown` draws: without markup and link addresses, with {@link APART}
 * between blocks. Rare entities stay as written.
 */
export function visibleText(text: string): string {
  const tokens = markdownBlocks(text);
  if (!tokens) return text;
  const blocks: string[] = [];
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'def') continue;
    blocks.push(token.type === 'code' ? (token as Tokens.Code).text : textOf(marked.parser([token])));
  }
  return blocks.join(APART);
}

/** The text of HTML from the renderer. In it, only tags contain angle brackets. */
function textOf(html: string): string {
  return html
    .replace(/<(\/?\w+)[^>]*>/g, (_, tag: string) => (BLOCK.test(tag) ? APART : tag === 'br' ? '\n' : ''))
    .replace(
      /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w+));/g,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return (Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined) ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    );
}
