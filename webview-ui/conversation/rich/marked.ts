import { Marked, type TokensList } from 'marked';
import { BoundedLexer } from './lexer';
import { listCost } from './listCost';
import { text } from '../../shared/texts';

/** Above this a text is shown as it was written: its structure would cost the reader more than it gives. */
const MAX_MARKDOWN = 400_000;
/** Above this, too: most of a second. A list of 1,000 items may have 60,000 characters. */
const MAX_LIST_COST = 60_000_000;

/**
 * HTML in a text is shown as it was written, but for these, without attributes: what agents use where Markdown has
 * nothing.
 */
const PLAIN_TAGS = /&lt;(\/?(?:b|br|code|del|details|em|hr|i|ins|kbd|mark|s|strong|sub|summary|sup|u))\s*\/?&gt;/gi;

const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;

/** Markdown as this page reads it. */
export const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text: html }) => escaped(html).replace(PLAIN_TAGS, '<$1>'),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    // A remote image is never loaded: it would tell its server who reads what. Its words and its address are shown.
    image: ({ href, text: words }) =>
      EMBEDDED_IMAGE.test(href)
        ? `<img src="${escaped(href)}" alt="${escaped(words)}">`
        : `<a href="${escaped(href)}">${escaped(text('part.imageLink', words || href))}</a>`,
  },
});

/** The blocks of a text; undefined where it is shown as it was written. */
export function markdownBlocks(source: string): TokensList | undefined {
  if (source.length > MAX_MARKDOWN || listCost(source) > MAX_LIST_COST) return undefined;
  return new BoundedLexer(marked.defaults).lex(source);
}

function escaped(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
