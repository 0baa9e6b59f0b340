import { containsParagraphs } from '../../../src/core/conversation/queue/draftText';
import type { SentPrompt } from '../../../src/core/pages/conversation/protocol';
import type { OutboxItem } from '../../../src/core/conversation/queue/outbox';
import type { Host } from '../connection/host';
import { text } from '../../shared/texts';

/**
 * Prompts that left the prompt box. The page saves and shows them until the panel confirms that it saved them.
 */
export class UnconfirmedPrompts {
  /** The panel's outbox has contained these, so they do not show from here again. */
  private readonly seen = new Set<string>();
  private drawn:
    | {
        readonly of: readonly OutboxItem[];
        readonly sent: readonly SentPrompt[];
        readonly isLost: boolean;
        readonly all: readonly OutboxItem[];
      }
    | undefined;

  constructor(private readonly host: Host) {}

  add(prompt: SentPrompt): void {
    this.keep([...this.sent, prompt]);
  }

  /** The panel has saved or returned them. */
  confirmed(clientIds: readonly string[]): void {
    this.keep(this.sent.filter(({ clientId }) => !clientIds.includes(clientId)));
  }

  /** A draft of the panel contains a returned prompt, so it is no longer unconfirmed. */
  returned(draft: string): void {
    this.keep(this.sent.filter((prompt) => !containsParagraphs(prompt.text, draft)));
  }

  /** Asks the panel what happened to them. The page never sends one again by itself. */
  ask(): void {
    if (this.sent.length > 0) this.host.post({ type: 'confirmPrompts', prompts: this.sent });
  }

  /** The panel's outbox, then the prompts that it does not contain yet. Returns the same list while nothing changes. */
  shown(outbox: readonly OutboxItem[], isLost: boolean): readonly OutboxItem[] {
    const { sent, drawn } = this;
    if (drawn?.of === outbox && drawn.sent === sent && drawn.isLost === isLost) return drawn.all;
    for (const { clientId } of outbox) this.seen.add(clientId);
    const own = sent
      .filter(({ clientId }) => !this.seen.has(clientId))
      .map(({ how, ...prompt }): OutboxItem => ({ ...prompt, state: how === 'queue' ? 'queued' : 'sending' }));
    const all = own.length === 0 ? outbox : [...outbox, ...own];
    this.drawn = { of: outbox, sent, isLost, all: isLost ? all.map(unconfirmed) : all };
    return this.drawn.all;
  }

  private get sent(): readonly SentPrompt[] {
    return this.host.saved.sent ?? NONE;
  }

  private keep(sent: readonly SentPrompt[]): void {
    if (sent.length !== this.sent.length) this.host.save({ sent });
  }
}

const NONE: readonly SentPrompt[] = [];

function unconfirmed(item: OutboxItem): OutboxItem {
  return item.state === 'sending' ? { ...item, state: 'uncertain', problem: text('outbox.unconfirmed') } : item;
}
