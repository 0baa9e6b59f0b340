import { formatNumber } from '../../../src/core/words/texts';
import { textButton } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';
import type { PageContext, PartContext, View } from '../view/view';
import { text } from '../../shared/texts';

/** About ten screens. The page draws more on request. */
const MAX_DRAWN = 30_000;
/** A longer text opens whole only in an editor: the page would freeze while it lays out the text. */
const MAX_ON_REQUEST = 400_000;

/** A Markdown text. The page draws only as much as it can draw quickly, and the rest on request. */
export function longText(address: PartContext, context: PageContext): View<string> {
  const key = `${address.key}/all`;
  const prose = el('div', { class: 'prose' });
  const words = el('span');
  const all = textButton(
    text('showAll'),
    () => {
      context.folds.set(key, true);
      update(current);
    },
    { class: 'show-all' },
  );
  const open = textButton(text('openInEditor'), () => {
    context.post({ type: 'openToolText', messageId: address.messageId, partIndex: address.partIndex, side: 'whole' });
  });
  const cut = el('p', { class: 'cut' }, words, ' ', all, ' ', open);
  const element = el('div', {}, prose);
  let current = '';
  const update = (markdown: string): void => {
    current = markdown;
    const drawn = context.rich.drawMarkdown(
      prose,
      markdown,
      context.folds.isOpen(key) && markdown.length <= MAX_ON_REQUEST ? markdown.length : MAX_DRAWN,
    );
    if (drawn >= markdown.length) {
      cut.remove();
      return;
    }
    setText(words, text('part.first', formatNumber(drawn), formatNumber(markdown.length)));
    setAttribute(all, 'hidden', markdown.length > MAX_ON_REQUEST);
    if (!cut.parentNode) element.append(cut);
  };
  return { element, update };
}
