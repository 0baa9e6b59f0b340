import { formatNumber } from '../../../src/core/words/texts';
import type { FindQuery } from '../../../src/core/conversation/find/matcher';
import type { PageText } from '../../../src/core/pages/texts';
import { isComposing } from '../../shared/composing';
import { iconButton, textButton } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';
import { keyLabel } from '../../shared/keyNames';
import type { Findings } from './finder';
import { text } from '../../shared/texts';

/** Screen readers hear the count after a pause in typing. */
const SPEAK_MS = 500;

export interface FindIntents {
  /** The query has changed: its word or an option. */
  readonly changed: (query: FindQuery) => void;
  readonly step: (direction: 1 | -1) => void;
  readonly close: () => void;
}

/** The find bar. It works before the search itself has loaded. */
export class FindBar {
  readonly element: HTMLElement;
  private readonly input = el('input', {
    type: 'text',
    'aria-label': text('find.field'),
    placeholder: text('find.title'),
    spellcheck: 'false',
    autocomplete: 'off',
  });
  private readonly matchCase = toggle('find.matchCase', 'Alt+C', 'Aa', 'KeyC');
  private readonly wholeWord = toggle('find.wholeWord', 'Alt+W', 'ab', 'KeyW');
  private readonly count = el('span', { class: 'find-count' });
  private readonly previous = iconButton('up', text('find.previous', keyLabel('Shift+Enter')), () => {
    this.intents.step(-1);
  });
  private readonly next = iconButton('down', text('find.next', keyLabel('Enter')), () => this.intents.step(1));
  private readonly note = el('p', { class: 'find-note' });
  private readonly spoken = el('span', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  private speaking: ReturnType<typeof setTimeout> | undefined;
  private shownNote: Findings['unseen'];

  /** @param below the bar's second line. */
  constructor(
    query: FindQuery,
    private readonly intents: FindIntents,
    below: HTMLElement,
  ) {
    this.input.value = query.text;
    setAttribute(this.matchCase.element, 'aria-pressed', String(query.matchCase));
    setAttribute(this.wholeWord.element, 'aria-pressed', String(query.wholeWord));
    setAttribute(this.note, 'hidden', true);
    const field = el('div', { class: 'find-field' }, this.input, this.matchCase.element, this.wholeWord.element);
    const close = iconButton('cross', text('find.close', keyLabel('Escape')), () => intents.close());
    this.element = el(
      'div',
      { class: 'find', role: 'search', 'aria-label': text('find.title') },
      el('div', { class: 'find-row' }, field, this.count, this.previous, this.next, close),
      below,
      this.note,
      this.spoken,
    );
    this.input.addEventListener('input', () => this.changed());
    for (const each of [this.matchCase, this.wholeWord])
      each.element.addEventListener('click', () => this.press(each.element));
    this.element.addEventListener('keydown', (event) => this.pressed(event));
    // A click on a button leaves the focus in the field.
    this.element.addEventListener('mousedown', (event) => {
      if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
    });
    this.steps(false);
  }

  get query(): FindQuery {
    return {
      text: this.input.value,
      matchCase: isPressed(this.matchCase.element),
      wholeWord: isPressed(this.wholeWord.element),
    };
  }

  /** @param word replaces what is in the field. */
  focus(word?: string): void {
    if (word !== undefined) this.input.value = word;
    this.input.focus({ preventScroll: true });
    this.input.select();
  }

  /** @param isArriving earlier messages have not all arrived. */
  show(findings: Findings | undefined, isArriving: boolean): void {
    const words = findings ? wordsFor(findings, isArriving) : '';
    const isMissed = findings?.total === 0 && findings.isComplete && !isArriving;
    if (words === this.count.textContent && findings?.unseen === this.shownNote) return;
    setText(this.count, words);
    setAttribute(this.count, 'title', isArriving && findings ? text('find.arriving') : undefined);
    this.element.classList.toggle('missed', isMissed);
    setAttribute(this.input, 'aria-invalid', isMissed ? 'true' : undefined);
    this.steps((findings?.total ?? 0) > 0);
    this.showNote(findings?.unseen);
    this.speak(findings?.isWrapped ? text('find.wrapped', words) : words);
  }

  private showNote(unseen: Findings['unseen']): void {
    if (unseen === this.shownNote) return;
    this.shownNote = unseen;
    setAttribute(this.note, 'hidden', unseen === undefined);
    if (!unseen) return;
    const { open } = unseen;
    this.note.replaceChildren(`${text('find.unseen')} `, ...(open ? [textButton(text('openInEditor'), open)] : []));
  }

  private speak(words: string): void {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => setText(this.spoken, words), SPEAK_MS);
  }

  private steps(canStep: boolean): void {
    // Not `disabled`: that would take the focus away.
    for (const button of [this.previous, this.next])
      setAttribute(button, 'aria-disabled', canStep ? undefined : 'true');
  }

  private changed(): void {
    this.intents.changed(this.query);
  }

  private press(button: HTMLElement): void {
    setAttribute(button, 'aria-pressed', String(!isPressed(button)));
    this.changed();
  }

  private pressed(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const option = [this.matchCase, this.wholeWord].find(({ code }) => code === event.code);
    if (event.altKey && !event.ctrlKey && option) this.press(option.element);
    else if (event.key === 'Enter' && event.target === this.input) this.intents.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') this.intents.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** `3 of 41`. During the search, or while messages arrive, the count so far. */
function wordsFor({ total, index, hasCurrent, isComplete }: Findings, isArriving: boolean): string {
  const count = formatNumber(total);
  if (!isComplete || isArriving) {
    if (total === 0) return text('find.searching');
    return hasCurrent ? text('find.ofAtLeast', count) : text('find.foundAtLeast', count);
  }
  if (total === 0) return text('find.none');
  return hasCurrent && index !== undefined
    ? text('find.of', formatNumber(index + 1), count)
    : text('find.found', count);
}

interface Toggle {
  readonly element: HTMLButtonElement;
  /** The key that presses it together with Alt, by its position on the keyboard. */
  readonly code: string;
}

function toggle(key: PageText, keys: string, sign: string, code: string): Toggle {
  const label = text(key);
  const element = el('button', {
    class: 'find-toggle',
    type: 'button',
    title: text('find.withKeys', label, keyLabel(keys)),
    'aria-label': label,
    'aria-pressed': 'false',
    'data-sign': sign,
  });
  return { element, code };
}

function isPressed(button: HTMLElement): boolean {
  return button.getAttribute('aria-pressed') === 'true';
}
