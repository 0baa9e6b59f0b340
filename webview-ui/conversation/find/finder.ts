import type { FindQuery } from '../../../src/core/conversation/find/matcher';
import { sameMatch } from '../../../src/core/conversation/find/sameMatch';
import {
  Search,
  UNSEARCHED,
  type Hit,
  type HitAddress,
  type SearchedParts,
} from '../../../src/core/conversation/find/search';
import { innerPart } from '../../../src/core/conversation/find/texts';
import type { FromPage } from '../../../src/core/pages/conversation/protocol';
import { isSameAddress, type PartAddress } from '../../../src/core/conversation/transcript/partAddress';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import type { Timeline } from '../timeline/timeline';
import { SearchedTexts } from './searchedTexts';
import { Marks } from './marks';
import { SeenText } from './seenText';
import { close, foldOf, unfoldAround, unfoldTo, type Opened } from './unfold';

/** The longest slice of the search. Keys and frames are handled between slices. */
const SLICE_MS = 8;
/** The longest slice while nothing is found yet, because the reader waits. Less than two frames. */
const FIRST_SLICE_MS = 24;
/** How often a growing count is reported. */
const REPORT_MS = 60;

/** No conversation contains this text. */
const UNWRITTEN: FindQuery = { text: 'warmup\u{10FFFE}', matchCase: false, wholeWord: false };

/** What the search has found so far. */
export interface Findings {
  readonly total: number;
  /** The position of the current match, from 0. Undefined if there is none, or it is not known yet. */
  readonly index: number | undefined;
  readonly hasCurrent: boolean;
  /** All messages that have arrived are searched. */
  readonly isComplete: boolean;
  /** The current match is in a text that the page shows only in part. */
  readonly unseen?: { readonly open?: () => void } | undefined;
  /** The last step went past the end and began again. */
  readonly isWrapped: boolean;
}

export interface FinderSurroundings {
  readonly timeline: Timeline;
  readonly post: (message: FromPage) => void;
  /** How many pixels at the top of the visible area are covered. */
  readonly covered: () => number;
  readonly onFindings: (findings: Findings) => void;
}

/** Searches the conversation, goes from match to match, and marks the visible matches. */
export class Finder {
  private readonly texts = new SearchedTexts();
  private readonly marks: Marks;
  private readonly slices = new MessageChannel();
  private search: Search | undefined;
  private warming: Search | undefined;
  private messages: readonly Message[] = [];
  private searched: SearchedParts;
  private current: HitAddress | undefined;
  /** The current match. When the user types on, the longer word is searched from here first. */
  private currentHit: Hit | undefined;
  private unseen: Findings['unseen'];
  private isWrapped = false;
  /** Where to go once the search knows enough. */
  private wanted: 'first' | 1 | -1 | undefined;
  /**
   * Folds that opened for a word that the user is still typing. They close again if they do not contain the whole word.
   */
  private opened: Opened = [];
  private isSlicing = false;
  private reportedAt = 0;

  constructor(private readonly around: FinderSurroundings) {
    this.marks = new Marks(around.timeline.element, () => this.markCurrent());
    this.slices.port1.onmessage = () => {
      this.isSlicing = false;
      this.work();
    };
  }

  /** Sets what is searched. Searches changed parts again. */
  observe(messages: readonly Message[], searched: SearchedParts): void {
    if (messages === this.messages && searched === this.searched) return;
    this.messages = messages;
    this.searched = searched;
    if (!this.search) return;
    this.search.searchIn(messages, searched);
    this.work();
  }

  /**
   * Searches for a word.
   * @param moves true: goes to the first match from the reading position. False: the page does not scroll.
   */
  find(query: FindQuery, moves: boolean): void {
    const before = this.search;
    const origin = this.origin();
    this.search = query.text === '' ? undefined : new Search(query, this.texts, before);
    this.search?.searchIn(this.messages, this.searched, origin?.messageId);
    this.marks.show(this.search?.matcher);
    this.wanted = moves && this.search ? 'first' : undefined;
    if (!moves || !this.search) this.goTo(undefined);
    this.work();
  }

  /**
   * Runs once over the conversation while the browser is idle: the second run is twice as fast. True when it is done.
   */
  warmUp(mayGoOn: () => boolean): boolean {
    if (!this.warming) {
      this.warming = new Search(UNWRITTEN, this.texts);
      this.warming.searchIn(this.messages);
    }
    if (!this.warming.work(mayGoOn)) return false;
    this.warming = undefined;
    return true;
  }

  /** Goes to the next match, or to the one before. */
  step(direction: 1 | -1): void {
    if (!this.search) return;
    this.opened = [];
    this.wanted = direction;
    this.work();
  }

  stop(): void {
    this.search = undefined;
    this.opened = [];
    this.wanted = undefined;
    this.goTo(undefined);
    this.marks.show(undefined);
  }

  private work(): void {
    const { search } = this;
    if (!search) return;
    const until = performance.now() + (this.wanted === undefined ? SLICE_MS : FIRST_SLICE_MS);
    const wasComplete = search.isComplete;
    const isComplete = wasComplete || search.work(() => performance.now() < until);
    const hadCurrent = this.current;
    this.keepCurrent(search);
    this.go(search);
    const now = performance.now();
    if (isComplete || this.current !== hadCurrent || now - this.reportedAt > REPORT_MS) this.report(search);
    if (isComplete || this.isSlicing) return;
    this.isSlicing = true;
    this.slices.port2.postMessage(0);
  }

  /** Goes to the wanted match, if the search knows it. */
  private go(search: Search): void {
    const { wanted } = this;
    if (wanted === undefined) return;
    const target = wanted === 'first' ? this.first(search) : this.beside(search, wanted);
    if (target === UNSEARCHED) return;
    // Nothing found so far, but earlier messages may contain it.
    if (target === undefined && wanted === 'first') {
      this.goTo(undefined);
      return;
    }
    this.wanted = undefined;
    if (target && wanted !== 'first' && this.current) {
      const [from, to] = [search.indexOf(this.current), search.indexOf(target)];
      this.isWrapped = from !== undefined && to !== undefined && (wanted === 1 ? to <= from : to >= from);
    } else {
      this.isWrapped = false;
    }
    this.goTo(target);
  }

  private first(search: Search): HitAddress | typeof UNSEARCHED | undefined {
    const { current, currentHit } = this;
    const origin = this.origin();
    if (!origin) return undefined;
    if (current && currentHit && isSameAddress(origin, current)) {
      const hits = search.hitsIn(current.messageId, current.partIndex);
      const ordinal = hits.findIndex(
        ({ textIndex, start }) =>
          textIndex > currentHit.textIndex || (textIndex === currentHit.textIndex && start >= currentHit.start),
      );
      if (ordinal >= 0) return { ...origin, ordinal };
      return search.from(origin.messageId, origin.partIndex + 1);
    }
    return search.from(origin.messageId, origin.partIndex);
  }

  private beside(search: Search, direction: 1 | -1): HitAddress | typeof UNSEARCHED | undefined {
    if (this.current) return search.beside(this.current, direction);
    const origin = this.origin();
    if (!origin) return undefined;
    return direction === 1
      ? search.from(origin.messageId, origin.partIndex)
      : search.upTo(origin.messageId, origin.partIndex);
  }

  /** Where the search begins: at the current match if it is visible, else at the first visible part. */
  private origin(): PartAddress | undefined {
    const { current } = this;
    const part = current && this.around.timeline.partElement(current.messageId, current.partIndex);
    const seen = this.around.timeline.element.getBoundingClientRect();
    const box = part?.getBoundingClientRect();
    if (current && box && box.bottom > seen.top && box.top < seen.bottom)
      return { messageId: current.messageId, partIndex: current.partIndex };
    return this.around.timeline.firstSeen();
  }

  /** Updates the current match after the conversation has changed. */
  private keepCurrent(search: Search): void {
    const { current } = this;
    if (!current || this.wanted === 'first' || search.indexOf(current) !== undefined) return;
    const fewer = search.hitsIn(current.messageId, current.partIndex).length - 1;
    if (fewer >= current.ordinal) return;
    this.current =
      fewer >= 0 && search.indexOf({ ...current, ordinal: fewer }) !== undefined
        ? { ...current, ordinal: fewer }
        : undefined;
    this.markCurrent();
  }

  private goTo(address: HitAddress | undefined): void {
    this.current = address;
    this.currentHit = address && this.search?.hitAt(address);
    this.unseen = undefined;
    const before = this.opened;
    this.opened = [];
    if (!address || !this.currentHit) {
      this.marks.setCurrent(undefined);
      close(before);
      return;
    }
    const { timeline, covered } = this.around;
    const drawn = timeline.partElement(address.messageId, address.partIndex);
    const part = drawn ?? timeline.reveal(address.messageId, address.partIndex);
    if (!part) return;
    const holder = unfoldTo(part, this.currentHit.in.inner, this.currentHit.in.side !== 'line', this.opened) ?? part;
    const range = this.rangeOf(address, this.currentHit, holder) ?? this.rangeInRest(address, this.currentHit, holder);
    this.marks.setCurrent(range);
    const box = range
      ? (): DOMRect => range.getBoundingClientRect()
      : (): DOMRect =>
          (holder.querySelector('.cut') ?? foldOf(holder)?.firstElementChild ?? holder).getBoundingClientRect();
    if (range) {
      unfoldAround(range.startContainer, this.opened);
      scrollInside(range, timeline.element);
    } else {
      this.unseen = this.unseenText(address, this.currentHit);
    }
    const isAround = (fold: HTMLDetailsElement): boolean => fold.contains(holder) || fold === foldOf(holder);
    this.opened.push(...before.filter(isAround));
    close(before.filter((fold) => !isAround(fold)));
    timeline.bringToSight(address.messageId, address.partIndex, box, { covered: covered(), isNew: !drawn });
  }

  /** Marks the current match again after it was redrawn. */
  private markCurrent(): void {
    const { current, search } = this;
    const hit = current && search?.hitAt(current);
    const part = current && this.around.timeline.partElement(current.messageId, current.partIndex);
    const holder = hit && part ? drawnAt(part, hit) : undefined;
    this.marks.setCurrent(current && hit && holder ? this.rangeOf(current, hit, holder) : undefined);
  }

  /** Draws the rest of a long text, and then finds the range. */
  private rangeInRest(address: HitAddress, hit: Hit, holder: HTMLElement): Range | undefined {
    const all = holder.querySelector<HTMLElement>('.show-all:not([hidden])');
    if (!all) return undefined;
    all.click();
    return this.rangeOf(address, hit, holder);
  }

  /** The range of a match in the document; undefined if the page does not show it. */
  private rangeOf(address: HitAddress, hit: Hit, holder: HTMLElement): Range | undefined {
    const { search } = this;
    if (!search) return undefined;
    const fold = foldOf(holder);
    const isLine = hit.in.side === 'line';
    const seen = new SeenText(
      (isLine ? fold?.querySelector(':scope > summary') : fold?.querySelector(':scope > .fold-body')) ?? holder,
    );
    const all = search.hitsIn(address.messageId, address.partIndex);
    const found = all.filter((other) => (other.in.side === 'line') === isLine && sameInner(other, hit));
    const index = found.findIndex(({ textIndex, start }) => textIndex === hit.textIndex && start === hit.start);
    const shown = seen.matches(search.matcher);
    const at = sameMatch(
      found.map(({ seen: text, start, end }) => ({ text, start, end })),
      index,
      shown.map((match) => ({ ...match, text: seen.text })),
    );
    const match = at === undefined ? undefined : shown[at];
    const where = match && seen.range(match);
    if (!where) return undefined;
    const range = new Range();
    range.setStart(where.startContainer, where.startOffset);
    range.setEnd(where.endContainer, where.endOffset);
    return range;
  }

  private unseenText({ messageId, partIndex }: HitAddress, hit: Hit): Findings['unseen'] {
    const message = this.messages.find(({ id }) => id === messageId);
    const { inner, side: hitSide } = hit.in;
    const found = message && innerPart(message, partIndex, inner);
    const side =
      hitSide === 'input' || hitSide === 'output' ? hitSide : found?.part.kind === 'tool' ? undefined : 'whole';
    if (!found || side === undefined) return {};
    return {
      open: () => {
        this.around.post({ type: 'openToolText', messageId: found.message.id, partIndex: found.partIndex, side });
      },
    };
  }

  private report(search: Search): void {
    this.reportedAt = performance.now();
    this.around.onFindings({
      total: search.total,
      index: this.current && search.indexOf(this.current),
      hasCurrent: this.current !== undefined,
      isComplete: search.isComplete,
      unseen: this.unseen,
      isWrapped: this.isWrapped,
    });
  }
}

function sameInner(a: Hit, b: Hit): boolean {
  return (
    a.in.inner.length === b.in.inner.length &&
    a.in.inner.every(
      ({ message, part }, index) => message === b.in.inner[index]?.message && part === b.in.inner[index]?.part,
    )
  );
}

/** The element that contains a match, if it is drawn and open. */
function drawnAt(part: HTMLElement, hit: Hit): HTMLElement | undefined {
  const isOpen = (element: HTMLElement): boolean => foldOf(element)?.open ?? true;
  let holder: HTMLElement | undefined = part;
  for (const { message, part: index } of hit.in.inner) {
    if (!holder || !isOpen(holder)) return undefined;
    const next: Element | null | undefined =
      message === undefined
        ? holder.querySelector('.steering-body')?.children[index]
        : holder
            .querySelector('.nested')
            ?.children[message]?.querySelector(`:scope > .content > [data-part="${String(index)}"]`);
    holder = next instanceof HTMLElement ? next : undefined;
  }
  return holder && (hit.in.side === 'line' || isOpen(holder)) ? holder : undefined;
}

/** Scrolls elements inside a row, such as a long code block, until the match is visible. */
function scrollInside(range: Range, limit: HTMLElement): void {
  const start = range.startContainer.parentElement;
  for (let box = start; box && box !== limit && !box.classList.contains('row'); box = box.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(box);
    const seen = box.getBoundingClientRect();
    const match = range.getBoundingClientRect();
    if (
      overflowY !== 'visible' &&
      box.scrollHeight > box.clientHeight + 1 &&
      (match.top < seen.top || match.bottom > seen.top + box.clientHeight)
    ) {
      box.scrollTop += match.top - seen.top - box.clientHeight / 3;
    }
    if (
      overflowX !== 'visible' &&
      box.scrollWidth > box.clientWidth + 1 &&
      (match.left < seen.left || match.right > seen.left + box.clientWidth)
    ) {
      box.scrollLeft += match.left - seen.left - box.clientWidth / 3;
    }
  }
}
