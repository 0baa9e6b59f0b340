import { plural } from '../../src/core/conversation/format';
import { toolFacts } from '../../src/core/conversation/toolFacts';
import { summarizeTool, type ToolSummary, type ToolTone } from '../../src/core/conversation/toolSummary';
import { toolText, type ToolSide } from '../../src/core/conversation/toolText';
import type { ToolPart } from '../../src/core/conversation/transcript';
import { badge } from '../controls';
import { el, setAttribute, setText, spoken, whileLive } from '../dom';
import { icon, type IconName } from '../icons';
import { codeBlock } from '../rich/code';
import type { PageContext, PartPlace, PartView } from '../view';
import { fold } from './fold';
import { nestedMessages } from './nested';

/** More than this of a tool's text opens in an editor. */
const MAX_SHOWN = 20_000;

const TONES: Readonly<Record<ToolTone, readonly [shape: IconName, word: string]>> = {
  running: ['spinner', 'Running'], waiting: ['hand', 'Waits for approval'], done: ['check', 'Done'], warning: ['warning', 'Warnings'],
  failed: ['cross', 'Failed'], denied: ['denied', 'Denied'], unknown: ['question', 'Unknown state'],
};

export function toolView(part: ToolPart, place: PartPlace, context: PageContext): PartView<ToolPart> {
  let current = part;
  const line = toolLine();
  const nested = nestedMessages(context, place.depth);
  const { element, summary, refresh } = fold('part tool', place.key, context, (body) => {
    nested.update(current.messages ?? []);
    body.replaceChildren(
      facts(current), nested.element, ...side(current, 'input', place, context), ...side(current, 'output', place, context),
    );
  });
  summary.append(...line.elements);
  const update = (next: ToolPart): void => {
    current = next;
    const said = summarizeTool(next);
    line.update(said, next.messages?.length ?? 0);
    setAttribute(element, 'data-tone', said.tone);
    refresh();
  };
  update(part);
  return { element, update };
}

/** The one line that a card says before it opens. */
function toolLine(): { readonly elements: readonly HTMLElement[]; update(said: ToolSummary, nested: number): void } {
  const state = el('span', { class: 'state' });
  const title = el('span', { class: 'fold-title' });
  const added = el('ins');
  const removed = el('del');
  const lines = el('span', { class: 'lines' }, added, removed);
  const detail = el('span', { class: 'fold-detail' });
  const marks = el('span', { class: 'marks' });
  let tone: ToolTone | undefined;
  let live: boolean | undefined;
  return {
    elements: [state, title, lines, marks, detail],
    update(said, nested) {
      if (tone !== said.tone) {
        tone = said.tone;
        const [shape, word] = TONES[tone];
        state.replaceChildren(...(tone === 'running'
          ? whileLive([icon(shape), spoken(`${word}: `)], [icon('stop'), spoken('Not finished: ')])
          : [icon(shape), spoken(`${word}: `)]));
      }
      if (live !== said.live) {
        live = said.live;
        marks.replaceChildren(...(live ? [badge('LIVE', 'This tool acts on live trading: real money')] : []));
      }
      setText(title, said.title);
      setText(added, said.lines && said.lines.added > 0 ? `+${String(said.lines.added)}` : '');
      setText(removed, said.lines && said.lines.removed > 0 ? `−${String(said.lines.removed)}` : '');
      setText(detail, said.detail ?? (nested > 0 ? plural(nested, 'message') : ''));
    },
  };
}

function facts(part: ToolPart): HTMLElement {
  const [name = '', ...rest] = toolFacts(part);
  const element = el('p', { class: 'facts muted' }, el('code', {}, name), rest.map((item) => ` · ${item}`).join(''));
  if (part.callId !== undefined) element.title = part.callId;
  return element;
}

function side(part: ToolPart, which: ToolSide, { messageId, partIndex }: PartPlace, context: PageContext): readonly HTMLElement[] {
  const whole = toolText(part, which);
  if (whole === undefined) return [];
  const { text, language } = whole;
  const open = (label: string): HTMLButtonElement => {
    const button = el('button', { class: 'text-button', type: 'button' }, label);
    button.addEventListener('click', () => { context.post({ type: 'openToolText', messageId, partIndex, side: which }); });
    return button;
  };
  const isLong = text.length > MAX_SHOWN;
  const code = codeBlock(isLong ? text.slice(0, MAX_SHOWN) : text, language, {
    copy: () => { context.rich.copyText(text); },
    highlight: (element, id) => { context.rich.highlight(element, id); },
  }, which === 'input' ? 'Input' : part.errorText !== undefined && part.output === undefined ? 'Error' : 'Output');
  code.querySelector('figcaption .language')?.after(open('Open in Editor'));
  if (isLong) {
    code.append(el('p', { class: 'cut' }, `The first ${plural(MAX_SHOWN, 'character')} of ${text.length.toLocaleString('en-US')}. `, open('Open All in Editor')));
  }
  return [code];
}
