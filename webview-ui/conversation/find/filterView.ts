import { FILTERS, type Filter, type PartCounts } from '../../../src/core/conversation/find/filters';
import { plural } from '../../../src/core/words/format';
import { textButton } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';

const LABELS: Readonly<Record<Filter | 'all', string>> = {
  all: 'All',
  prompts: 'Prompts',
  tools: 'Tools',
  errors: 'Errors',
  files: 'Files',
};

/** The choice of what is shown, and the line that says so while it is not everything. */
export class FilterView {
  /** The buttons. */
  readonly choice = el('div', { class: 'find-filters', role: 'group', 'aria-label': 'Show only' });
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
        LABELS[filter],
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
      textButton('Show All', () => choose(undefined)),
    );
    this.show(undefined);
  }

  /** @param counts left out: not known yet, or as they were. */
  show(filter: Filter | undefined, counts?: PartCounts): void {
    this.counts = counts ?? this.counts;
    const known = this.counts;
    for (const [name, { element, count }] of this.buttons) {
      setAttribute(element, 'aria-pressed', String(name === (filter ?? 'all')));
      setText(count, known ? known[name].toLocaleString('en-US') : '');
    }
    setAttribute(this.strip, 'hidden', filter === undefined);
    if (filter)
      setText(
        this.words,
        known
          ? `Showing ${filter} only · ${known[filter].toLocaleString('en-US')} of ${plural(known.all, 'part')}`
          : `Showing ${filter} only`,
      );
  }
}

/** What stands in place of the messages where a filter leaves none. */
export function nothingWords(filter: Filter): string {
  return filter === 'prompts'
    ? 'There are no prompts in this conversation.'
    : filter === 'tools'
      ? 'The agent has called no tools in this conversation.'
      : filter === 'errors'
        ? 'There are no errors in this conversation.'
        : 'No files are written, deleted or attached in this conversation.';
}
