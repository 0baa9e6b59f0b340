import { plural } from '../../../src/core/words/format';
import { textButton } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';
import type { PageContext, PartPlace, View } from '../view/view';

/** About ten screens: more is drawn when it is asked for. */
const MAX_DRAWN = 30_000;
/** Beyond this only an editor shows a text whole: a page that has to lay out all of it stands still. */
const MAX_ON_REQUEST = 400_000;

/** A Markdown text, of which so much is drawn that the page stays quick; the rest is a press away. */
export function longText(place: PartPlace, context: PageContext): View<string> {
  const key = `${place.key}/all`;
  const prose = el('div', { class: 'prose' });
  const words = el('span');
  const all = textButton(
    'Show All',
    () => {
      context.folds.set(key, true);
      update(current);
    },
    { class: 'show-all' },
  );
  const open = textButton('Open in Editor', () => {
    context.post({ type: 'openToolText', messageId: place.messageId, partIndex: place.partIndex, side: 'whole' });
  });
  const cut = el('p', { class: 'cut' }, words, ' ', all, ' ', open);
  const element = el('div', {}, prose);
  let current = '';
  const update = (text: string): void => {
    current = text;
    const drawn = context.rich.drawMarkdown(
      prose,
      text,
      context.folds.isOpen(key) && text.length <= MAX_ON_REQUEST ? text.length : MAX_DRAWN,
    );
    if (drawn >= text.length) {
      cut.remove();
      return;
    }
    setText(words, `The first ${plural(drawn, 'character')} of ${text.length.toLocaleString('en-US')}.`);
    setAttribute(all, 'hidden', text.length > MAX_ON_REQUEST);
    if (!cut.parentNode) element.append(cut);
  };
  return { element, update };
}
