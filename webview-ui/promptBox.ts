import type { StatusTone } from '../src/core/conversation/protocol';
import { button } from './controls';
import { el } from './dom';
import type { Host } from './host';
import { PromptField } from './promptField';

/** How long a pause in typing is before the draft is told to the panel. */
const PAUSE_MS = 300;

export interface NewPrompt {
  readonly clientId: string;
  readonly text: string;
}

/** Where the user steers the agent. What is typed is kept at once, told to the panel at every pause, and sent once. */
export class PromptBox {
  readonly element: HTMLElement;
  private readonly field: PromptField;
  private readonly send;
  private typed = false;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Host, private readonly sent: (prompt: NewPrompt) => void) {
    this.field = new PromptField(() => { this.changed(); }, (event) => { this.pressed(event); }, () => { this.tellDraft(); });
    this.send = button('Send', () => { this.submit(); }, { appearance: 'primary', shape: 'send' });
    const hint = el('p', { class: 'hint', 'aria-hidden': 'true' }, el('kbd', {}, 'Enter'), ' to send, ', el('kbd', {}, 'Shift+Enter'), ' for a new line');
    this.element = el('form', { class: 'prompt', 'aria-label': 'Send a prompt' }, this.field.element, el('div', { class: 'prompt-foot' }, hint, this.send.element));
    this.element.addEventListener('submit', (event) => { event.preventDefault(); });
    this.field.value = host.saved.draft;
    this.enable();
    document.addEventListener('visibilitychange', () => { this.tellDraft(); });
    window.addEventListener('pagehide', () => { this.tellDraft(); });
  }

  show(tone: StatusTone): void {
    this.field.placeholder = tone === 'running' || tone === 'waiting' ? 'Steer the agent, or ask for a change…' : 'Ask for a change…';
  }

  /**
   * The draft as the panel has it: taken unless the user has typed here, or the panel has none, or only the beginning of what stands here. What VS Code
   * kept for the page can be seconds older than what the panel heard, so where the two differ otherwise the panel is right.
   */
  offerDraft(text: string): void {
    const kept = this.field.value;
    if (this.typed || text === '' || text === kept) return;
    if (!this.host.saved.draftTold && kept.startsWith(text)) return;
    this.keep(text, true);
  }

  /** Puts a text back into the box, before what stands there. */
  giveBack(text: string): void {
    const present = this.field.value;
    if (present.includes(text)) return;
    this.keep(present.trim() === '' ? text : `${text}\n\n${present}`, false);
    this.tellDraft();
    this.field.focus();
  }

  focus(): void {
    this.field.focus();
  }

  private changed(): void {
    this.typed = true;
    this.host.save({ draft: this.field.value, draftTold: false });
    this.enable();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => { this.tellDraft(); }, PAUSE_MS);
  }

  private tellDraft(): void {
    clearTimeout(this.pause);
    if (this.host.saved.draftTold) return;
    this.host.post({ type: 'draft', text: this.host.saved.draft });
    this.host.save({ draftTold: true });
  }

  private keep(text: string, told: boolean): void {
    this.field.value = text;
    this.host.save({ draft: text, draftTold: told });
    this.enable();
  }

  private enable(): void {
    this.send.setEnabled(this.field.value.trim() !== '');
  }

  private pressed(event: KeyboardEvent): void {
    // While a word is being composed, Enter belongs to the input method; 229 is how older ones say so.
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!event.repeat) this.submit();
  }

  private submit(): void {
    const text = this.field.value;
    if (text.trim() === '') return;
    // Emptied in the same turn: a second press finds nothing to send.
    this.keep('', false);
    this.tellDraft();
    this.sent({ clientId: crypto.randomUUID(), text });
  }
}
