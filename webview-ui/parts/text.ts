import type { ReasoningPart, SteeringPart, TextPart } from '../../src/core/conversation/transcript';
import { plainLine } from '../../src/core/conversation/format';
import { copyButton } from '../copy';
import { el, setText, whileLive } from '../dom';
import { icon } from '../icons';
import type { PageContext, PartPlace, PartView } from '../view';
import { fold } from './fold';
import { sourceLink } from './attachment';

export function textView(part: TextPart, _place: PartPlace, context: PageContext): PartView<TextPart> {
  const prose = el('div', { class: 'prose' });
  const citations = el('p', { class: 'sources' });
  let current = part;
  const copy = copyButton('Copy text', () => { context.rich.copyText(current.text); }, 'quiet');
  const element = el('div', { class: 'part text' }, prose, citations, copy);
  let cited = '[]';
  const update = (next: TextPart): void => {
    current = next;
    context.rich.drawMarkdown(prose, next.text);
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
  const { element, summary, refresh } = fold('part reasoning', place.key, context, (body) => {
    if (!body.firstElementChild) body.append(el('div', { class: 'prose' }));
    if (body.firstElementChild instanceof HTMLElement) context.rich.drawMarkdown(body.firstElementChild, current.text);
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
