import { Marked, type TokensList } from 'marked';
import { BoundedLexer } from './lexer';
import { listCost } from './listCost';
import { text } from '../../shared/texts';

/** A longer text stays as written: reading its structure would cost more than it helps. */
const MAX_MARKDOWN = 400_000;
/** The same limit for lists. A list of 1,000 items with 60,000 characters reaches it and takes most of a second. */
const MAX_LIST_COST = 60_000_000;

/**
 * HTML in a text shows as written, except these tags without attributes: agents use them where Markdown has no markup.
 */
const PLAIN_TAGS = /&lt;(\/?(?:b|br|code|del|details|em|hr|i|ins|kbd|mark|s|strong|sub|summary|sup|u))\s*\/?&gt;/gi;

const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;

/** Markdown as this page reads it. */
export const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text: html }) => escaped(html).replace(PLAIN_TAGS, '<$1>'),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    // Never load a remote image: its server would learn who reads what. Show its text and address instead.
    image: ({ href, text: words }) =>
      EMBEDDED_IMAGE.test(href)
        ? `<img src="${escaped(href)}" alt="${escaped(words)}">`
        : `<a href="${escaped(href)}">${escaped(text('part.imageLink', words || href))}</a>`,
  },
});

/** The blocks of a text; undefined if the text stays as written. */
export function markdownBlocks(source: string): TokensList | undefined {
  if (source.length > MAX_MARKDOWN || listCost(source) > MAX_LIST_COST) return undefined;
  return new BoundedLexer(marked.defaults).lex(source);
}

function escaped(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
