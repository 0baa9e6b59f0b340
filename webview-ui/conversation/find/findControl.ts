import {
  countParts,
  filterNamed,
  partsShown,
  prepareCounts,
  type Filter,
} from '../../../src/core/conversation/find/filters';
import type { FindQuery } from '../../../src/core/conversation/find/matcher';
import type { FromPage } from '../../../src/core/pages/conversation/protocol';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { el, setAttribute } from '../../shared/dom';
import type { Host } from '../connection/host';
import { icon } from '../../shared/icons';
import { keyLabel } from '../../shared/keyNames';
import type { Timeline } from '../timeline/timeline';
import type { PartChoice } from '../window/rows';
import { FilterView, nothingWords } from './filterView';
import { FindBar } from './findBar';
import type { Finder, Findings } from './finder';
import { text } from '../../shared/texts';

/** A longer selection is no word to search for. */
const MAX_SEED = 200;
const SLICE_MS = 8;

export interface FindSurroundings {
  readonly host: Host;
  readonly timeline: Timeline;
  readonly post: (message: FromPage) => void;
  readonly report: (error: unknown) => void;
  /** The bar opens. Close what else covers the conversation. */
  readonly opening: () => void;
}

/** Find and filter: the keys, the bar, the line below the header, and the search, which loads on first use. */
export class FindControl {
  /** Opens the bar. */
  readonly button = el(
    'button',
    {
      class: 'tool-button find-button',
      type: 'button',
      title: text('find.buttonTitle', keyLabel('Mod+F')),
      'aria-expanded': 'false',
    },
    icon('search'),
    el('span', {}, text('find.title')),
  );
  private readonly bar: FindBar;
  private readonly filters = new FilterView((filter) => this.choose(filter));
  private finder: Finder | undefined;
  private loading: Promise<void> | undefined;
  private messages: readonly Message[] = [];
  private isArriving = false;
  private findings: Findings | undefined;
  private isOpen = false;
  private givesFocusTo: HTMLElement | undefined;
  private filter: Filter | undefined;
  private isCounting = false;
  private readonly choices = new Map<Filter, PartChoice>();

  constructor(private readonly around: FindSurroundings) {
    const { host, timeline } = around;
    this.bar = new FindBar(
      savedQuery(host.saved.find),
      {
        changed: (query) => this.changed(query),
        step: (direction) => this.step(direction),
        close: () => this.close(),
      },
      this.filters.choice,
    );
    setAttribute(this.bar.element, 'hidden', true);
    timeline.element.prepend(this.bar.element);
    this.button.addEventListener('click', () => {
      if (this.isOpen) this.close();
      else this.open();
    });
    // Captures keys before VS Code, which handles every key that the page leaves alone.
    document.addEventListener('keydown', (event) => this.pressed(event), { capture: true });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && this.leave())
        event.preventDefault();
    });
    this.setFilter(filterNamed(host.saved.filter));
  }

  /** The line that names the filter. */
  get strip(): HTMLElement {
    return this.filters.strip;
  }

  /**
   * The messages as they are now.
   * @param isArriving earlier messages have not all arrived.
   */
  observe(messages: readonly Message[], isArriving: boolean): void {
    if (messages === this.messages && isArriving === this.isArriving) return;
    this.messages = messages;
    this.isArriving = isArriving;
    if (this.isOpen || this.filter || !isArriving) this.countSoon();
    if (!this.isOpen) return;
    this.finder?.observe(messages, this.choiceOf(this.filter));
    this.bar.show(this.findings, isArriving);
  }

  /** Removes the filter, so that users see what they send. */
  showAll(): void {
    if (this.filter) this.choose(undefined);
  }

  /** Closes the bar, or else removes the filter. False if there was neither. */
  leave(): boolean {
    if (this.isOpen) this.close();
    else if (this.filter) this.choose(undefined);
    else return false;
    return true;
  }

  private pressed(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const hasCommand = (ctrlKey || metaKey) && !altKey;
    const isFind = hasCommand && !shiftKey && key.toLowerCase() === 'f';
    const isStep =
      (key === 'F3' && !altKey && !ctrlKey && !metaKey) ||
      (metaKey && !altKey && !ctrlKey && key.toLowerCase() === 'g');
    if (!isFind && !isStep) return;
    event.preventDefault();
    event.stopPropagation();
    if (isFind) {
      this.open(selectedWord(this.around.timeline.element));
      return;
    }
    if (!this.isOpen) this.open();
    this.step(shiftKey ? -1 : 1);
  }

  private open(word?: string): void {
    this.around.opening();
    if (!this.isOpen) {
      const { activeElement } = document;
      this.givesFocusTo =
        activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : undefined;
      this.show(true);
    }
    this.bar.focus(word);
    this.countSoon();
    const { query } = this.bar;
    if (word !== undefined) this.around.host.save({ find: query });
    // Opening the bar does not scroll. Only typing or a step to the next match does.
    void this.withFinder((finder) => finder.find(query, false));
  }

  private close(): void {
    const hadFocus = this.bar.element.contains(document.activeElement);
    this.show(false);
    this.finder?.stop();
    this.findings = undefined;
    this.bar.show(undefined, false);
    if (!hadFocus) return;
    if (this.givesFocusTo?.isConnected) this.givesFocusTo.focus({ preventScroll: true });
    if (!this.givesFocusTo || document.activeElement === document.body) this.around.timeline.focus();
  }

  private show(isOpen: boolean): void {
    this.isOpen = isOpen;
    setAttribute(this.bar.element, 'hidden', !isOpen);
    setAttribute(this.button, 'aria-expanded', String(isOpen));
  }

  private changed(query: FindQuery): void {
    this.around.host.save({ find: query });
    if (query.text === '') this.showFindings(undefined);
    void this.withFinder((finder) => finder.find(query, true));
  }

  private step(direction: 1 | -1): void {
    void this.withFinder((finder) => finder.step(direction));
  }

  private showFindings(findings: Findings | undefined): void {
    this.findings = findings;
    this.bar.show(findings, this.isArriving);
  }

  /** Runs work with the search once it has loaded, in the order of the calls. */
  private async withFinder(work: (finder: Finder) => void): Promise<void> {
    if (!this.finder) await (this.loading ??= this.load());
    if (!this.finder || !this.isOpen) return;
    // The search gets no messages while the bar is closed.
    this.finder.observe(this.messages, this.choiceOf(this.filter));
    work(this.finder);
  }

  /** Loads the search and runs it once, before the user needs it. */
  private async prepare(): Promise<void> {
    if (this.loading) return;
    await (this.loading = this.load());
    const { finder } = this;
    if (!finder) return;
    finder.observe(this.messages, this.choiceOf(this.filter));
    const warm = (deadline: IdleDeadline): void => {
      if (!finder.warmUp(slice(deadline))) requestIdleCallback(warm);
    };
    requestIdleCallback(warm);
  }

  private async load(): Promise<void> {
    const { timeline, post, report } = this.around;
    try {
      const { Finder } = await import('./finder');
      this.finder = new Finder({
        timeline,
        post,
        onFindings: (findings) => this.showFindings(findings),
        covered: () =>
          Math.max(0, this.bar.element.getBoundingClientRect().bottom - timeline.element.getBoundingClientRect().top),
      });
      this.finder.observe(this.messages, this.choiceOf(this.filter));
    } catch (error) {
      this.loading = undefined;
      report(error);
    }
  }

  private choose(filter: Filter | undefined): void {
    this.around.host.save({ filter });
    this.filter = filter;
    // The line moves the timeline. It appears first, while the reading position is still known.
    if (filter) this.filters.show(filter);
    // The first count of all parts takes a while. It runs in slices, so that the button reacts at once.
    inSlices(
      (mayGoOn) => filter === undefined || prepareCounts(this.messages, mayGoOn),
      () => {
        if (this.filter !== filter) return;
        this.setFilter(filter);
        this.countSoon();
        this.finder?.observe(this.messages, this.choiceOf(filter));
      },
    );
  }

  private setFilter(filter: Filter | undefined): void {
    this.filter = filter;
    this.around.timeline.showOnly(this.choiceOf(filter), filter && nothingWords(filter));
    this.filters.show(filter);
  }

  /** Returns the same function for the same filter, so that a comparison sees that nothing changed. */
  private choiceOf(filter: Filter | undefined): PartChoice {
    if (!filter) return undefined;
    const choice = this.choices.get(filter) ?? ((message: Message) => partsShown(filter, message));
    this.choices.set(filter, choice);
    return choice;
  }

  /** Prepares search and filter while the browser is idle, so that their first use is as fast as the next. */
  private countSoon(): void {
    if (this.isCounting) return;
    this.isCounting = true;
    const count = (deadline: IdleDeadline): void => {
      if (!prepareCounts(this.messages, slice(deadline))) {
        requestIdleCallback(count);
        return;
      }
      this.isCounting = false;
      if (!this.isArriving) void this.prepare();
      if (this.isOpen || this.filter) this.filters.show(this.filter, countParts(this.messages));
    };
    requestIdleCallback(count);
  }
}

/** Runs work in slices, the first one at once. The page can do other things between slices. */
function inSlices(work: (mayGoOn: () => boolean) => boolean, done: () => void): void {
  if (work(slice())) done();
  else setTimeout(() => inSlices(work, done), 0);
}

/** Limits the time of a slice. Idle time can be long, but a reader who begins to scroll must not wait for it. */
function slice(deadline?: IdleDeadline): () => boolean {
  const until = performance.now() + Math.min(SLICE_MS, (deadline?.timeRemaining() ?? SLICE_MS) - 2);
  return () => performance.now() < until;
}

/** The text selected in the conversation, if it is something to search for. */
function selectedWord(within: HTMLElement): string | undefined {
  const selection = document.getSelection();
  if (!selection?.anchorNode || !within.contains(selection.anchorNode)) return undefined;
  const word = selection.toString().trim();
  return word === '' || word.length > MAX_SEED || /[\r\n]/.test(word) ? undefined : word;
}

/** The query as this or another version of the page saved it. */
function savedQuery(saved: Partial<FindQuery> | undefined): FindQuery {
  return {
    text: typeof saved?.text === 'string' ? saved.text : '',
    matchCase: saved?.matchCase === true,
    wholeWord: saved?.wholeWord === true,
  };
}
