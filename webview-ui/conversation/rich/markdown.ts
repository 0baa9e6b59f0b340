/**
 * Draws Markdown. Each block of a text is drawn separately: while a text streams in, earlier blocks keep their nodes,
 * and the reader's selection in them. DOMPurify cleans the HTML and returns nodes, not a string.
 */
import DOMPurify from 'dompurify';
import type { Token, Tokens } from 'marked';
import { isOpenableUrl } from '../../../src/core/words/links';
import { el } from '../../shared/dom';
import { reachableByKeyboard } from '../../shared/keyboardScroll';
import { codeBlock, type CodeTools } from './code';
import { marked, markdownBlocks } from './marked';

const purifier = DOMPurify(window);
const ALLOWED = {
  ALLOWED_TAGS: [
    'a',
    'b',
    'blockquote',
    'br',
    'code',
    'del',
    'details',
    'em',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'hr',
    'i',
    'img',
    'ins',
    'kbd',
    'li',
    'mark',
    'ol',
    'p',
    'pre',
    's',
    'strong',
    'sub',
    'summary',
    'sup',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'u',
    'ul',
  ],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'align', 'colspan', 'rowspan', 'start', 'class'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

interface DrawnBlock {
  readonly raw: string;
  readonly element: HTMLElement;
}

interface Drawn {
  readonly text: string;
  readonly limit: number;
  /** How many characters of the text are drawn. */
  readonly length: number;
  readonly links: string;
  readonly blocks: readonly DrawnBlock[];
}

const drawnIn = new WeakMap<HTMLElement, Drawn>();

/**
 * Draws the text into the element. If called again with another text, changes only the blocks that differ.
 * @param limit after this many characters, no further block starts.
 * @returns how many characters of the text are drawn.
 */
export function renderMarkdown(
  into: HTMLElement,
  text: string,
  tools: CodeTools,
  limit = Number.POSITIVE_INFINITY,
): number {
  const before = drawnIn.get(into);
  if (before?.text === text && before.limit === limit) return before.length;
  const read = markdownBlocks(text);
  const tokens = read ?? [{ type: 'plain', raw: text.slice(0, limit) }];
  // A link definition can be anywhere, and it can change blocks whose own text is the same.
  const links = read ? JSON.stringify(read.links) : '';
  const old = before?.links === links ? before.blocks : [];
  const headings = new HeadingLevels();
  const blocks: DrawnBlock[] = [];
  let same = true;
  let length = 0;
  let isWhole = read !== undefined || text.length <= limit;
  for (const token of tokens) {
    if (length >= limit) {
      isWhole = false;
      break;
    }
    length += token.raw.length;
    if (token.type === 'space' || token.type === 'def') continue;
    const level = token.type === 'heading' ? headings.levelOf((token as Tokens.Heading).depth) : undefined;
    const known = old[blocks.length];
    same &&= known?.raw === token.raw;
    blocks.push(same && known ? known : { raw: token.raw, element: drawBlock(token, level, tools) });
  }
  const wanted = new Set(blocks.map(({ element }) => element));
  for (const child of [...into.children]) if (!wanted.has(child as HTMLElement)) child.remove();
  for (const { element } of blocks) if (element.parentNode !== into) into.appendChild(element);
  // The lexer turns CRLF into LF, so what it read can be shorter than the text.
  if (isWhole) length = text.length;
  drawnIn.set(into, { text, limit, length, links, blocks });
  return length;
}

/** Heading levels without gaps, below the message's own heading of level 2, whatever levels the author chose. */
class HeadingLevels {
  private readonly open: number[] = [];

  levelOf(depth: number): number {
    while ((this.open.at(-1) ?? 0) >= depth) this.open.pop();
    this.open.push(depth);
    return Math.min(6, 2 + this.open.length);
  }
}

function drawBlock(token: Token, headingLevel: number | undefined, tools: CodeTools): HTMLElement {
  const block = el('div', { class: 'block', dir: 'auto' });
  if (token.type === 'plain') {
    block.append(el('pre', { class: 'plain' }, token.raw));
  } else if (token.type === 'code') {
    const { text, lang } = token as Tokens.Code;
    block.append(codeBlock(text, languageIn(lang ?? ''), tools));
  } else {
    const fragment = purifier.sanitize(marked.parser([token]), ALLOWED);
    tidy(fragment, tools);
    for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) retitle(heading, headingLevel);
    block.append(fragment);
  }
  return block;
}

/** Cuts off what follows the language of a fence, such as a file name. */
const languageIn = (fence: string): string => /^[\w#+.-]*/.exec(fence.trim())?.[0].toLowerCase() ?? '';

function tidy(fragment: DocumentFragment, tools: CodeTools): void {
  for (const anchor of fragment.querySelectorAll('a')) {
    const href = anchor.getAttribute('href') ?? '';
    if (isOpenableUrl(href)) anchor.title = href;
    else anchor.replaceWith(contentsOf(anchor));
  }
  for (const pre of fragment.querySelectorAll('pre')) {
    const language = /(?:^|\s)language-([\w#+.-]+)/.exec(pre.firstElementChild?.getAttribute('class') ?? '')?.[1] ?? '';
    pre.replaceWith(codeBlock(pre.textContent.replace(/\n$/, ''), language.toLowerCase(), tools));
  }
  for (const element of fragment.querySelectorAll('[class]')) {
    if (!element.closest('figure.code')) element.removeAttribute('class');
  }
  // An empty header cell, such as the corner of a table, is no header for screen readers.
  for (const head of fragment.querySelectorAll('th:empty')) head.replaceWith(el('td'));
  for (const table of fragment.querySelectorAll('table')) {
    const frame = el('div', { class: 'table' });
    table.replaceWith(frame);
    frame.append(table);
    reachableByKeyboard(frame);
  }
}

function retitle(heading: Element, level: number | undefined): void {
  const depth = heading.nodeName.slice(1);
  const title =
    level === undefined
      ? el('p', { class: `title depth-${depth}` })
      : el(`h${String(level)}`, { class: `title depth-${depth}` });
  title.append(contentsOf(heading));
  heading.replaceWith(title);
}

/** Returns a fragment: a call cannot have 100,000 nodes as arguments. */
function contentsOf(element: Element): DocumentFragment {
  const contents = document.createDocumentFragment();
  while (element.firstChild) contents.append(element.firstChild);
  return contents;
}
