import type { ReasoningPart, SteeringPart, TextPart } from '../../src/core/conversation/transcript';
import { plainLine } from '../../src/core/conversation/format';
import { el, setChildren, setText, whileLive } from '../dom';
import { icon } from '../icons';
import type { PageContext, PartPlace, PartView } from '../view';
import { fold } from './fold';
import { sourceLink } from './attachment';
import { longText } from './longText';

export function textView(part: TextPart, place: PartPlace, context: PageContext): PartView<TextPart> {
  const body = longText(place, context);
  const citations = el('p', { class: 'sources' });
  const element = el('div', { class: 'part text' }, body.element, citations);
  let cited = '[]';
  const update = (next: TextPart): void => {
    body.update(next.text);
    element.classList.toggle('streaming', next.streaming);
    const key = JSON.stringify(next.citations ?? []);
    if (key === cited) return;
    cited = key;
    citations.replaceChildren(...(next.citations ?? []).map(sourceLink));
  };
  update(part);
  return { element, update };
}

const PREVIEW_LENGTH = 120;

export function reasoningView(part: ReasoningPart, place: PartPlace, context: PageContext): PartView<ReasoningPart> {
  let current = part;
  const word = el('span', { class: 'fold-title' });
  const preview = el('span', { class: 'fold-detail' });
  const text = longText(place, context);
  const { element, summary, refresh } = fold('part reasoning', place.key, context, (body) => {
    text.update(current.text);
    setChildren(body, [text.element]);
  });
  summary.append(icon('thought'), word, preview);
  let isStreaming: boolean | undefined;
  const update = (next: ReasoningPart): void => {
    current = next;
    element.classList.toggle('streaming', next.streaming);
    if (isStreaming !== next.streaming) {
      isStreaming = next.streaming;
      word.replaceChildren(...(isStreaming ? whileLive(['Thinking…'], ['Thought, interrupted']) : ['Thought']));
    }
    setText(preview, plainLine(next.text.slice(0, PREVIEW_LENGTH * 2)).slice(0, PREVIEW_LENGTH));
    refresh();
  };
  update(part);
  return { element, update };
}

/** What the user put in while the agent was at work. */
export function steeringView(
  part: SteeringPart, place: PartPlace, draw: (parent: HTMLElement, parts: SteeringPart['parts'], place: PartPlace) => void,
): PartView<SteeringPart> {
  const body = el('div', { class: 'steering-body' });
  const element = el('section', { class: 'part steering', 'aria-label': 'Steered by you' }, el('p', { class: 'label' }, icon('hand'), 'Steered'), body);
  const update = (next: SteeringPart): void => {
    body.replaceChildren();
    draw(body, next.parts, place);
  };
  update(part);
  return { element, update };
}
