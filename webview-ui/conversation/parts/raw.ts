import { formatNumber } from '../../../src/core/words/texts';
import { asJson } from '../../../src/core/base/jsonText';
import type { DataPart, UnknownPart } from '../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../src/core/words/plain';
import { textButton } from '../../shared/controls';
import { el, setChildren, setText } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { codeBlock } from '../rich/code';
import type { PageContext, PartContext, PartView } from '../view/view';
import { fold } from '../view/fold';
import { nestedMessages } from './nested';
import { pieces } from './pieces';
import { text } from '../../shared/texts';

const MAX_SHOWN = 20_000;

/** A part that this version does not know, or that is broken: a fold with the part's JSON as the API sent it. */
export function rawView(
  part: DataPart | UnknownPart,
  address: PartContext,
  context: PageContext,
): PartView<DataPart | UnknownPart> {
  let current = part;
  const name = el('span', { class: 'fold-title' });
  const problem = el('span', { class: 'fold-detail' });
  const nested = nestedMessages(context, address.depth);
  const piece = pieces();
  const { element, summary, refresh } = fold('part raw', address.key, context, (body) => {
    const raw = asJson(current.kind === 'data' ? current.data : current.raw);
    nested.update(current.messages ?? []);
    setChildren(body, [nested.element, ...piece('json', raw, () => [json(raw, address, context)])]);
  });
  summary.append(icon(part.kind === 'unknown' && part.problem !== undefined ? 'warning' : 'question'), name, problem);
  const update = (next: DataPart | UnknownPart): void => {
    current = next;
    setText(
      name,
      next.kind === 'data'
        ? text('part.data', plainLine(next.name))
        : next.problem === undefined
          ? text('part.unknown', plainLine(next.type))
          : text('part.broken', plainLine(next.type)),
    );
    setText(problem, next.kind === 'unknown' ? (next.problem ?? '') : '');
    element.classList.toggle('broken', next.kind === 'unknown' && next.problem !== undefined);
    refresh();
  };
  update(part);
  return { element, update };
}

function json(raw: string, address: PartContext, context: PageContext): HTMLElement {
  const code = codeBlock(
    raw.slice(0, MAX_SHOWN),
    'json',
    {
      copy: () => context.rich.copyText(raw),
      highlight: (element, language) => context.rich.highlight(element, language),
    },
    'JSON',
  );
  if (raw.length > MAX_SHOWN) {
    const open = textButton(text('openAll'), () => {
      context.post({ type: 'openToolText', messageId: address.messageId, partIndex: address.partIndex, side: 'whole' });
    });
    code.append(
      el('p', { class: 'cut' }, `${text('part.first', formatNumber(MAX_SHOWN), formatNumber(raw.length))} `, open),
    );
  }
  return code;
}
