import type { Tokens } from 'marked';
import { APART } from '../../../src/core/conversation/find/matcher';
import { marked, markdownBlocks } from './marked';

/** Between the texts of two of these nothing is read on. */
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
 * What a reader sees of a Markdown text, drawn by `renderMarkdown`: without markup and the addresses of links, blocks
 * {@link APART}. Entities that are hardly ever used stay as they are written.
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

/** Of HTML that the renderer wrote: in it, what is no tag holds no angle bracket. */
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
