import { APART, type Match, type Matcher } from '../../../src/core/conversation/find/matcher';

/**
 * The page's own texts, which are not part of the conversation: labels, buttons, previews, and a summary of an output
 * that follows in full.
 */
const OWN_WORDS =
  '.file-head, .findings, .statistics, .equity, .broke, figure.code > figcaption, button, header, svg, .visually-hidden, .state, .marks, .lines, .after-live, .cut, .reasoning > summary, .steering > .label';
/** A match never crosses the border of one of these elements. */
const BLOCKS =
  'p, li, ul, ol, td, th, pre, h2, h3, h4, h5, h6, blockquote, summary, summary > *, .chip > *, dt, dd, div';

/** The text of an element as `textsOf` returns it, and where each piece of it is in the document. */
export class SeenText {
  readonly text: string;
  private readonly nodes: readonly Text[];
  private readonly starts: readonly number[];

  constructor(root: Element) {
    const nodes: Text[] = [];
    const starts: number[] = [];
    let text = '';
    let block: Element | null = null;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
      if (node instanceof Element)
        return node.matches(OWN_WORDS)
          ? NodeFilter.FILTER_REJECT
          : node.nodeName === 'BR'
            ? NodeFilter.FILTER_ACCEPT
            : NodeFilter.FILTER_SKIP;
      return NodeFilter.FILTER_ACCEPT;
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!(node instanceof Text)) {
        text += '\n';
        continue;
      }
      const own: Element | null = node.parentElement?.closest(BLOCKS) ?? null;
      if (own !== block && text !== '') text += APART;
      block = own;
      nodes.push(node);
      starts.push(text.length);
      text += node.data;
    }
    this.text = text;
    this.nodes = nodes;
    this.starts = starts;
  }

  matches(matcher: Matcher): readonly Match[] {
    return matcher.all(this.text);
  }

  range({ start, end }: Match): StaticRange | undefined {
    const [from, to] = [this.at(start), this.at(end - 1)];
    return (
      from &&
      to &&
      new StaticRange({
        startContainer: from.node,
        startOffset: from.offset,
        endContainer: to.node,
        endOffset: to.offset + 1,
      })
    );
  }

  private at(position: number): { readonly node: Text; readonly offset: number } | undefined {
    let [low, high] = [0, this.starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    const node = this.nodes[low];
    return node && { node, offset: Math.min(position - (this.starts[low] ?? 0), node.data.length - 1) };
  }
}
