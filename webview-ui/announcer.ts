import type { Header } from '../src/core/conversation/protocol';
import { statusWord } from '../src/core/conversation/statusTone';
import { summarizeTool } from '../src/core/conversation/toolSummary';
import type { Message } from '../src/core/conversation/transcript';
import { el } from './dom';
import { authorOf } from './messageView';
import { spokenPart } from './parts/partView';

/** At most one summary in this time: an agent writes faster than anyone listens. */
const PAUSE_MS = 4_000;

/** Tells screen readers, politely and in short, what has come: the newest thing, not everything. */
export class Announcer {
  readonly element = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  private status: string | undefined;
  /** The last message; null where there was none yet. */
  private last: Message | null | undefined;
  private next: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Looks at what is shown now; the first look is silent, as the reader comes to it by themselves. */
  observe(header: Header, messages: readonly Message[]): void {
    const last = messages.at(-1) ?? null;
    if (this.last !== undefined && this.last !== last) this.say(newest(messages));
    if (this.status !== undefined && this.status !== header.status) this.say(`Status: ${statusWord(header.status)}`);
    this.last = last;
    this.status = header.status;
  }

  private say(text: string | undefined): void {
    if (text === undefined || text === '') return;
    this.next = text;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.next !== undefined && this.element.textContent !== this.next) this.element.textContent = this.next;
    }, PAUSE_MS);
  }
}

function newest(messages: readonly Message[]): string | undefined {
  const message = messages.at(-1);
  if (!message || message.role === 'user') return undefined;
  for (const part of [...message.parts].reverse()) {
    const text = spokenPart(part, (tool) => {
      const { title, detail } = summarizeTool(tool);
      return detail === undefined ? title : `${title}: ${detail}`;
    });
    if (text !== undefined && text !== '') return `${authorOf(message.role)}: ${text}`;
  }
  return undefined;
}
