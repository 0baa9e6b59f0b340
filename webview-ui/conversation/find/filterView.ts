import { formatNumber } from '../../../src/core/words/texts';
import type { PageText } from '../../../src/core/pages/texts';
import { FILTERS, type Filter, type PartCounts } from '../../../src/core/conversation/find/filters';
import { textButton } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';
import { counted, text } from '../../shared/texts';

const LABELS = {
  all: 'filter.all',
  prompts: 'filter.prompts',
  tools: 'filter.tools',
  errors: 'filter.errors',
  files: 'filter.files',
} as const satisfies Readonly<Record<Filter | 'all', PageText>>;

const ONLY = {
  prompts: 'filter.promptsOnly',
  tools: 'filter.toolsOnly',
  errors: 'filter.errorsOnly',
  files: 'filter.filesOnly',
} as const satisfies Readonly<Record<Filter, PageText>>;

const NOTHING = {
  prompts: 'filter.noPrompts',
  tools: 'filter.noTools',
  errors: 'filter.noErrors',
  files: 'filter.noFiles',
} as const satisfies Readonly<Record<Filter, PageText>>;

/** The buttons that choose what is shown, and a line that names the choice while some parts are hidden. */
export class FilterView {
  /** The buttons. */
  readonly choice = el('div', { class: 'find-filters', role: 'group', 'aria-label': text('filter.label') });
  /** The line. */
  readonly strip: HTMLElement;
  private readonly buttons = new Map<Filter | 'all', { readonly element: HTMLElement; readonly count: HTMLElement }>();
  private readonly words = el('p', { role: 'status' });
  private counts: PartCounts | undefined;

  constructor(choose: (filter: Filter | undefined) => void) {
    for (const filter of ['all', ...FILTERS] as const) {
      const count = el('span', { class: 'count' });
      const element = el(
        'button',
        { class: 'find-filter', type: 'button', 'aria-pressed': 'false' },
        text(LABELS[filter]),
        ' ',
        count,
      );
      element.addEventListener('click', () => {
        const isChosen = element.getAttribute('aria-pressed') === 'true';
        choose(filter === 'all' || isChosen ? undefined : filter);
      });
      this.buttons.set(filter, { element, count });
      this.choice.append(element);
    }
    this.strip = el(
      'div',
      { class: 'filter-strip' },
      this.words,
      textButton(text('showAll'), () => choose(undefined)),
    );
    this.show(undefined);
  }

  /** @param counts if left out, the earlier counts stay. */
  show(filter: Filter | undefined, counts?: PartCounts): void {
    this.counts = counts ?? this.counts;
    const known = this.counts;
    for (const [name, { element, count }] of this.buttons) {
      setAttribute(element, 'aria-pressed', String(name === (filter ?? 'all')));
      setText(count, known ? formatNumber(known[name]) : '');
    }
    setAttribute(this.strip, 'hidden', filter === undefined);
    if (filter)
      setText(
        this.words,
        known
          ? `${text(ONLY[filter])} · ${text('filter.count', formatNumber(known[filter]), counted(known.all, 'part'))}`
          : text(ONLY[filter]),
      );
  }
}

/** The text that replaces the messages if the filter shows none. */
export function nothingWords(filter: Filter): string {
  return text(NOTHING[filter]);
}
