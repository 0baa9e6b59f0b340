import type { ReasoningPart, SteeringPart, TextPart } from '../../../src/core/conversation/transcript/transcript';
import { formatAbout } from '../../../src/core/conversation/times/partTimes';
import { plainLine } from '../../../src/core/words/plain';
import { copyButton } from '../../shared/copyButton';
import { append, el, setAttribute, setChildren, setText, whileLive } from '../../shared/dom';
import { icon } from '../../shared/icons';
import type { PageContext, PartContext, PartView } from '../view/view';
import { fold } from '../view/fold';
import { sourceLink } from './attachment';
import { longText } from './longText';
import { thoughtDuration, timeTitle } from './duration';
import { text } from '../../shared/texts';

export function textView(part: TextPart, address: PartContext, context: PageContext): PartView<TextPart> {
  const body = longText(address, context);
  const citations = el('p', { class: 'sources' });
  let current = part;
  const copy = copyButton(text('part.copyText'), () => context.rich.copyText(current.text), 'quiet');
  const element = el('div', { class: 'part text' }, body.element, citations, copy);
  let cited = '[]';
  const update = (next: TextPart): void => {
    current = next;
    body.update(next.text);
    element.classList.toggle('streaming', next.streaming);
    const key = JSON.stringify(next.citations ?? []);
    if (key === cited) return;
    cited = key;
    citations.replaceChildren();
    append(citations, (next.citations ?? []).map(sourceLink));
  };
  update(part);
  return { element, update };
}

const PREVIEW_LENGTH = 120;

export function reasoningView(
  part: ReasoningPart,
  address: PartContext,
  context: PageContext,
): PartView<ReasoningPart> {
  let current = part;
  const word = el('span', { class: 'fold-title' });
  const preview = el('span', { class: 'fold-detail' });
  const whole = longText(address, context);
  const { element, summary, refresh } = fold('part reasoning', address.key, context, (body) => {
    whole.update(current.text);
    setChildren(body, [whole.element]);
  });
  summary.append(icon('thought'), word, preview, thoughtDuration(address.key, context));
  let wordShown = '';
  const showWord = (time = context.clock.of(address.key)): void => {
    const thought = time?.ms === undefined ? text('part.thought') : text('part.thoughtFor', formatAbout(time));
    const key = current.streaming ? text('part.thinking') : thought;
    if (wordShown === key) return;
    wordShown = key;
    word.replaceChildren(
      ...(current.streaming ? whileLive([text('part.thinking')], [text('part.thoughtInterrupted')]) : [thought]),
    );
    setAttribute(word, 'title', time?.ms === undefined || current.streaming ? undefined : timeTitle(time));
  };
  context.clock.follow(word, address.key, showWord);
  const update = (next: ReasoningPart): void => {
    current = next;
    element.classList.toggle('streaming', next.streaming);
    showWord();
    setText(preview, plainLine(next.text.slice(0, PREVIEW_LENGTH * 2)).slice(0, PREVIEW_LENGTH));
    refresh();
  };
  update(part);
  return { element, update };
}

/** A prompt that the user sent while the agent worked. */
export function steeringView(
  part: SteeringPart,
  address: PartContext,
  draw: (parent: HTMLElement, parts: SteeringPart['parts'], address: PartContext) => void,
): PartView<SteeringPart> {
  const body = el('div', { class: 'steering-body' });
  const element = el(
    'section',
    { class: 'part steering', 'aria-label': text('part.steeredByYou') },
    el('p', { class: 'label' }, icon('hand'), text('part.steered')),
    body,
  );
  const update = (next: SteeringPart): void => {
    body.replaceChildren();
    draw(body, next.parts, address);
  };
  update(part);
  return { element, update };
}
