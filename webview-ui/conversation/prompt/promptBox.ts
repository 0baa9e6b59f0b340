import { formatNumber } from '../../../src/core/words/texts';
import { containsParagraphs } from '../../../src/core/conversation/queue/draftText';
import { MAX_TEXT_LENGTH } from '../../../src/core/pages/conversation/protocol';
import { isComposing } from '../../shared/composing';
import { button, iconButton } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';
import type { Host } from '../connection/host';
import { keyLabel } from '../../shared/keyNames';
import { text, textAround } from '../../shared/texts';
import { PromptField } from './promptField';
import { PromptHistory } from './promptHistory';

/** How long a pause in typing is before we send the draft to the panel. */
const PAUSE_MS = 300;

export interface NewPrompt {
  readonly clientId: string;
  readonly text: string;
}

export interface PromptIntents {
  readonly send: (prompt: NewPrompt) => void;
  readonly queue: (prompt: NewPrompt) => void;
  /** True if a prompt can reach the panel. If not, it says so, and the text stays in the box. */
  readonly canSend: () => boolean;
  /** The user's prompts, newest first. */
  readonly history: () => readonly string[];
  /** Moves the focus from the box to the messages. */
  readonly leave: () => void;
  readonly showShortcuts: () => void;
}

/**
 * The box where the user writes prompts. Saves the draft at once, sends it to the panel at every pause, and sends each
 * prompt once.
 */
export class PromptBox {
  readonly element: HTMLElement;
  private readonly field: PromptField;
  private readonly send;
  private readonly queue;
  private readonly history: PromptHistory;
  private readonly hints = [
    hint('prompt.hintIdle', 'Enter', 'Shift+Enter'),
    hint('prompt.hintBusy', 'Enter', 'Alt+Enter'),
  ] as const;
  /** Says that the text is too long. It is never cut. */
  private readonly tooLong = el('p', { class: 'hint', role: 'status', hidden: '' });
  /** The user has typed in this page. From then on a draft that the panel saved before is older. */
  private typed = false;
  private isBusy = false;
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** The number of the current draft. The panel confirms a draft by its number. */
  private revision = 0;
  private sentRevision: number | undefined;

  constructor(
    private readonly host: Host,
    private readonly intents: PromptIntents,
  ) {
    this.field = new PromptField(
      () => this.changed(),
      (event) => this.pressed(event),
      () => this.sendDraft(),
    );
    this.history = new PromptHistory(intents.history, host.saved.asides ?? [], (drafts) =>
      host.save({ asides: drafts }),
    );
    this.send = button(text('prompt.send'), () => this.submit('send'), { appearance: 'primary', shape: 'send' });
    this.queue = button(text('prompt.queue'), () => this.submit('queue'), { shape: 'queue' });
    setAttribute(this.queue.element, 'title', text('prompt.queueTitle', keyLabel('Alt+Enter')));
    const keys = iconButton('keyboard', text('prompt.shortcuts'), () => intents.showShortcuts());
    this.element = el(
      'form',
      { class: 'prompt', 'aria-label': text('prompt.form') },
      this.field.element,
      this.tooLong,
      el(
        'div',
        { class: 'prompt-foot' },
        ...this.hints,
        el('span', { class: 'prompt-buttons' }, this.queue.element, this.send.element, keys),
      ),
    );
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.field.value = host.saved.draft;
    this.enable();
    this.showBusy();
    document.addEventListener('visibilitychange', () => this.sendDraft());
    window.addEventListener('pagehide', () => this.sendDraft());
  }

  /**
   * @param isActive the run goes on.
   * @param isBusy the run goes on or is about to, so a prompt can be queued.
   */
  show(isActive: boolean, isBusy: boolean): void {
    this.field.placeholder = isActive ? text('prompt.steer') : text('prompt.ask');
    if (isBusy === this.isBusy) return;
    this.isBusy = isBusy;
    this.showBusy();
  }

  /**
   * The draft as the panel has it. The draft in this box is newer if the user has typed here, the panel has none, or the
   * panel has not confirmed it. Then the panel's draft becomes an earlier draft, and we send ours again.
   * @param earlierDrafts drafts that made room for it, oldest first.
   */
  offerDraft(text: string, earlierDrafts: readonly string[]): void {
    const { draft: saved, draftTold } = this.host.saved;
    if (!this.typed) this.history.offerEarlierDrafts(earlierDrafts, draftTold);
    const isWanted = !this.typed && !this.history.isRecalling && text !== '' && text !== saved;
    if (isWanted && (draftTold || text.startsWith(saved))) this.setDraft(text, true);
    else if (isWanted && !saved.startsWith(text)) this.history.addEarlierDraft(text);
    this.sentRevision = undefined;
    this.sendDraft();
  }

  /** The panel has saved the draft of this revision. */
  draftSaved(revision: number): void {
    if (revision === this.revision) this.host.save({ draftTold: true });
  }

  /** Puts a text into the box again, before what is there. */
  returnToDraft(text: string): void {
    const present = this.history.leave() ?? this.field.value;
    if (this.field.value !== present) this.setDraft(present, this.host.saved.draftTold);
    this.typed = true;
    if (containsParagraphs(text, present)) return;
    this.setDraft(present.trim() === '' ? text : `${text}\n\n${present}`, false);
    this.sendDraft();
    this.field.focus();
  }

  focus(): void {
    this.field.focus();
  }

  /** Sends the draft to the panel at once, unless the panel has confirmed it. Until then, the page saves the draft. */
  sendDraft(): void {
    clearTimeout(this.pause);
    if (this.host.saved.draftTold || this.sentRevision === this.revision) return;
    // A text that is too long stays in the page.
    if (this.host.saved.draft.length > MAX_TEXT_LENGTH) return;
    const { earlierDrafts } = this.history;
    this.sentRevision = this.revision;
    this.host.post({
      type: 'draft',
      text: this.host.saved.draft,
      ...(earlierDrafts.length > 0 && { earlierDrafts }),
      revision: this.revision,
    });
  }

  private changed(): void {
    this.typed = true;
    this.history.edited();
    this.revision++;
    this.host.save({ draft: this.field.value, draftTold: false });
    this.enable();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.sendDraft(), PAUSE_MS);
  }

  private setDraft(text: string, isConfirmed: boolean): void {
    this.field.value = text;
    this.revision++;
    this.host.save({ draft: text, draftTold: isConfirmed });
    this.enable();
  }

  private enable(): void {
    const { value } = this.field;
    const canLeave = value.trim() !== '' && value.length <= MAX_TEXT_LENGTH;
    this.send.setEnabled(canLeave);
    this.queue.setEnabled(canLeave);
    this.showLength(value.length);
  }

  private showLength(length: number): void {
    const older = this.history.earlierDrafts.reduce((sum, draft) => sum + draft.length, 0);
    const most = formatNumber(MAX_TEXT_LENGTH);
    const words =
      length > MAX_TEXT_LENGTH
        ? text('prompt.tooLong', formatNumber(length), most)
        : older > MAX_TEXT_LENGTH
          ? text('prompt.draftsTooLong', most)
          : '';
    setText(this.tooLong, words);
    setAttribute(this.tooLong, 'hidden', words === '');
  }

  private showBusy(): void {
    setAttribute(this.queue.element, 'hidden', !this.isBusy);
    this.hints.forEach((line, index) => setAttribute(line, 'hidden', this.isBusy !== (index === 1)));
  }

  private pressed(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (!this.act(event)) return;
    event.preventDefault();
    // Otherwise VS Code would also handle the key.
    event.stopPropagation();
  }

  /** True if the box used the key. */
  private act({ key, shiftKey, altKey, ctrlKey, metaKey, repeat }: KeyboardEvent): boolean {
    const isPlain = !shiftKey && !altKey && !ctrlKey && !metaKey;
    // Both together deploy a prompt file in an editor, and are AltGr+Enter on some keyboards. So they do nothing here.
    const isBoth = altKey && (ctrlKey || metaKey);
    if (key === 'Enter' && !shiftKey && !isBoth) {
      if (!repeat) this.submit(altKey ? 'queue' : 'send');
      return true;
    }
    if (key === 'Escape' && isPlain) {
      this.intents.leave();
      return true;
    }
    if (key === 'ArrowUp' && isPlain)
      return this.recall(
        this.field.caret === 0 || this.isUntouched() ? this.history.older(this.field.value) : undefined,
        'start',
      );
    if (key === 'ArrowDown' && isPlain)
      return this.recall(
        this.field.caret === this.field.value.length || this.isUntouched() ? this.history.newer() : undefined,
        'end',
      );
    return false;
  }

  /** True for a recalled prompt of one line. The arrows have no other use there. */
  private isUntouched(): boolean {
    return this.history.isRecalling && this.field.caret !== undefined && !this.field.value.includes('\n');
  }

  /** Shows a prompt of the history, or the draft again. The saved draft does not change. False if there is none. */
  private recall(text: string | undefined, caret: 'start' | 'end'): boolean {
    if (text === undefined) return false;
    this.field.value = text;
    this.field.moveCaret(caret === 'start' ? 0 : text.length);
    this.enable();
    return true;
  }

  private submit(how: 'send' | 'queue'): void {
    const text = this.field.value;
    if (text.trim() === '' || text.length > MAX_TEXT_LENGTH || !this.intents.canSend()) return;
    // A state that the panel sent before still contains this text as the draft.
    this.typed = true;
    // Empty the box at once, so that a second press finds nothing to send.
    this.setDraft(this.history.afterSending(text), false);
    this.sendDraft();
    const prompt = { clientId: crypto.randomUUID(), text };
    // There is no queue if the run is over.
    if (how === 'queue' && this.isBusy) this.intents.queue(prompt);
    else this.intents.send(prompt);
  }
}

/** A hint that explains two keys. */
function hint(words: 'prompt.hintIdle' | 'prompt.hintBusy', ...keys: readonly [string, string]): HTMLElement {
  const names = keys.map((key) => el('kbd', {}, keyLabel(key)));
  return el('p', { class: 'hint', 'aria-hidden': 'true' }, ...textAround(words, ...names));
}
