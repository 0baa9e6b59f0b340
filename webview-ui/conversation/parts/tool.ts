import { formatNumber } from '../../../src/core/words/texts';
import { fileChangeOf } from '../../../src/core/conversation/files/fileChange';
import { hasSucceeded } from '../../../src/core/conversation/files/files';
import { toolFacts } from '../../../src/core/conversation/toolCalls/toolFacts';
import { summarizeTool, type ToolSummary, type ToolTone } from '../../../src/core/conversation/toolCalls/toolSummary';
import { toolText, type ToolSide, type ToolText } from '../../../src/core/conversation/toolCalls/toolText';
import type { ToolPart } from '../../../src/core/conversation/transcript/transcript';
import type { PageText } from '../../../src/core/pages/texts';
import { badge, textButton } from '../../shared/controls';
import { el, setAttribute, setChildren, setText, spoken, whileLive } from '../../shared/dom';
import { icon, type IconName } from '../../shared/icons';
import { codeBlock } from '../rich/code';
import type { PageContext, PartContext, PartView } from '../view/view';
import { fold } from '../view/fold';
import { nestedMessages } from './nested';
import { pieces, type Pieces } from './pieces';
import { callDuration } from './duration';
import { backtestResult } from './tools/backtest';
import { curveOf, sparkline } from './tools/equityChart';
import { actionsFor, changeBlock, fileButton, fileHead, type FileAction } from './tools/fileChange';
import { findingLists } from './tools/findings';
import { counted, text } from '../../shared/texts';

/** A longer text of a tool opens in an editor. */
const MAX_SHOWN = 20_000;

const TONES: Readonly<Record<ToolTone, readonly [shape: IconName, word: PageText]>> = {
  running: ['spinner', 'tool.running'],
  waiting: ['hand', 'tool.waiting'],
  done: ['check', 'tool.done'],
  warning: ['warning', 'tool.warning'],
  failed: ['cross', 'tool.failed'],
  denied: ['denied', 'tool.denied'],
  unknown: ['question', 'tool.unknown'],
};

export function toolView(part: ToolPart, address: PartContext, context: PageContext): PartView<ToolPart> {
  let current = part;
  const line = lineElements();
  const nested = nestedMessages(context, address.depth);
  const piece = pieces();
  const {
    element: card,
    summary,
    refresh,
  } = fold('tool', address.key, context, (body) => {
    nested.update(current.messages ?? []);
    setChildren(body, [
      ...piece('facts', [toolFacts(current), current.callId], () => [facts(current)]),
      ...opened(current, piece, nested.element, address, context),
    ]);
  });
  summary.append(...line.elements, callDuration(address.key, context));
  const quick = quickActions(address, context);
  // The buttons are beside the summary: a button must not contain buttons.
  const element = el('div', { class: 'part card' }, card, quick.element);
  const update = (next: ToolPart): void => {
    current = next;
    const said = summarizeTool(next);
    line.update(said, next.messages?.length ?? 0);
    line.draw(isBacktest(next) ? next : undefined);
    setAttribute(card, 'data-tone', said.tone);
    quick.update(next);
    refresh();
  };
  update(part);
  return { element, update };
}

const isBacktest = ({ name }: ToolPart): boolean => name === 'create_backtest' || name === 'read_backtest';
const isCompile = ({ name }: ToolPart): boolean => name === 'create_compile' || name === 'read_compile';

/** The body of an open card: this tool's own form if there is one, then input and output. */
function opened(
  part: ToolPart,
  piece: Pieces,
  nested: HTMLElement,
  address: PartContext,
  context: PageContext,
): readonly HTMLElement[] {
  const { state, input, output } = part;
  const sideOf = (which: ToolSide): readonly HTMLElement[] => {
    const whole = toolText(part, which);
    return whole
      ? piece(which, [sideLabel(part, which), whole], () => [side(part, whole, which, address, context)])
      : [];
  };
  const change = fileChangeOf(part);
  if (change && state !== 'input-streaming') {
    const actions = hasSucceeded(part) ? actionsFor(change) : [];
    const head = piece('file', [change, actions], () => [fileHead(change, actions, askFor(address, context))]);
    const openAll = (): HTMLElement => openButton(text('openAll'), 'input', address, context);
    const written = piece('change', [change, state, input], () =>
      changeBlock(part, change, MAX_SHOWN, { context, openAll }),
    );
    return [
      ...head,
      nested,
      ...(written.length > 0 ? written : change.operation === 'delete' ? [] : sideOf('input')),
      ...sideOf('output'),
    ];
  }
  const known = isCompile(part)
    ? piece('known', [state, output], () => findingLists(part))
    : isBacktest(part)
      ? piece('known', [state, input, output], () => backtestResult(part, address, context))
      : [];
  return [...known, nested, ...sideOf('input'), ...sideOf('output')];
}

function askFor({ messageId, partIndex }: PartContext, context: PageContext): (action: FileAction) => void {
  return (action) => context.post({ type: 'file', action, messageId, partIndex });
}

/** The most frequent actions on a written file, at the end of the call's line. */
function quickActions(
  address: PartContext,
  context: PageContext,
): { readonly element: HTMLElement; update(part: ToolPart): void } {
  const element = el('div', { class: 'card-actions' });
  let shown = '';
  return {
    element,
    update(part) {
      const change = hasSucceeded(part) ? fileChangeOf(part) : undefined;
      const actions = change ? actionsFor(change).filter((action) => action !== 'save') : [];
      const key = change ? JSON.stringify([change.path, actions]) : '';
      if (key === shown) return;
      shown = key;
      element.replaceChildren(
        ...actions.map((action) => fileButton(action, change?.path ?? '', askFor(address, context))),
      );
    },
  };
}

/** The line of a card. */
function lineElements(): {
  readonly elements: readonly HTMLElement[];
  update(said: ToolSummary, nested: number): void;
  draw(backtest: ToolPart | undefined): void;
} {
  const state = el('span', { class: 'state' });
  const words = el('span');
  const title = el('span', { class: 'fold-title' }, words);
  const added = el('ins');
  const removed = el('del');
  const lines = el('span', { class: 'lines' }, added, removed);
  const detail = el('span', { class: 'fold-detail' });
  const marks = el('span', { class: 'marks' });
  const spark = el('span', { class: 'spark', 'aria-hidden': 'true' });
  let drawn: ToolPart | undefined;
  let tone: ToolTone | undefined;
  let live: boolean | undefined;
  return {
    elements: [state, title, lines, marks, detail, spark],
    update(said, nested) {
      if (tone !== said.tone) {
        tone = said.tone;
        const [shape, word] = TONES[tone];
        const shown = [icon(shape), spoken(`${text(word)}: `)];
        state.replaceChildren(...(tone === 'running' ? whileLive(shown, [icon('stop')]) : shown));
        title.replaceChildren(
          words,
          ...(tone === 'running' ? [el('span', { class: 'after-live' }, text('tool.notFinished'))] : []),
        );
      }
      if (live !== said.live) {
        live = said.live;
        marks.replaceChildren(...(live ? [badge(text('tool.live'), text('tool.liveTitle'))] : []));
      }
      setText(words, said.title);
      setText(added, said.lines && said.lines.added > 0 ? `+${String(said.lines.added)}` : '');
      setText(removed, said.lines && said.lines.removed > 0 ? `−${String(said.lines.removed)}` : '');
      setText(detail, said.detail ?? (nested > 0 ? counted(nested, 'message') : ''));
    },
    draw(backtest) {
      if (backtest === drawn) return;
      drawn = backtest;
      const curve = backtest && curveOf(backtest);
      setChildren(spark, curve ? [sparkline(curve)] : []);
    },
  };
}

function facts(part: ToolPart): HTMLElement {
  const [name = '', ...rest] = toolFacts(part);
  const element = el('p', { class: 'facts muted' }, el('code', {}, name), rest.map((item) => ` · ${item}`).join(''));
  if (part.callId !== undefined) element.title = part.callId;
  return element;
}

function sideLabel(part: ToolPart, which: ToolSide): string {
  if (which === 'input') return text('tool.input');
  return text(part.errorText !== undefined && part.output === undefined ? 'tool.error' : 'tool.output');
}

function side(
  part: ToolPart,
  { text: whole, language }: ToolText,
  which: ToolSide,
  address: PartContext,
  context: PageContext,
): HTMLElement {
  const isLong = whole.length > MAX_SHOWN;
  const code = codeBlock(
    isLong ? whole.slice(0, MAX_SHOWN) : whole,
    language,
    {
      copy: () => context.rich.copyText(whole),
      highlight: (element, id) => context.rich.highlight(element, id),
    },
    sideLabel(part, which),
  );
  code.querySelector('figcaption .language')?.after(openButton(text('openInEditor'), which, address, context));
  if (isLong) {
    code.append(
      el(
        'p',
        { class: 'cut' },
        `${text('part.first', formatNumber(MAX_SHOWN), formatNumber(whole.length))} `,
        openButton(text('openAll'), which, address, context),
      ),
    );
  }
  return code;
}

function openButton(
  label: string,
  which: ToolSide,
  { messageId, partIndex }: PartContext,
  context: PageContext,
): HTMLButtonElement {
  return textButton(label, () => context.post({ type: 'openToolText', messageId, partIndex, side: which }));
}
