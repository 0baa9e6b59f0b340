import type { Memento } from 'vscode';
import { EMPTY_OUTBOX, uncertain, type Outbox } from '../core/conversation/outbox';

const DRAFT = 'quantAgents.draft.';
const OUTBOX = 'quantAgents.outbox.';

type Entry = Outbox['entries'][number];

/** What must outlive the panel, the window and the sign-in: the text in the prompt box and the prompts that are not known to have arrived. */
export class ConversationMemory {
  constructor(private readonly memento: Memento) {}

  draft(deploymentId: string): string {
    const stored = this.memento.get<unknown>(DRAFT + deploymentId);
    return typeof stored === 'string' ? stored : '';
  }

  keepDraft(deploymentId: string, text: string): void {
    if (text === this.draft(deploymentId)) return;
    void this.memento.update(DRAFT + deploymentId, text === '' ? undefined : text);
  }

  /** The prompts as they were left. One that was on its way when the window closed is uncertain: nobody saw the answer. */
  outbox(deploymentId: string): Outbox {
    const stored = this.memento.get<unknown>(OUTBOX + deploymentId);
    const entries = Array.isArray(stored) ? stored.filter(isEntry) : [];
    const restored: Outbox = { ...EMPTY_OUTBOX, entries, known: new Set(entries.map(({ clientId }) => clientId)) };
    return entries.filter(({ state }) => state === 'sending')
      .reduce((outbox, { clientId }) => uncertain(outbox, clientId, 'The window closed while this was being sent. It may have arrived.'), restored);
  }

  keepOutbox(deploymentId: string, { entries }: Outbox): void {
    void this.memento.update(OUTBOX + deploymentId, entries.length === 0 ? undefined : entries);
  }

  forget(deploymentId: string): void {
    void this.memento.update(DRAFT + deploymentId, undefined);
    void this.memento.update(OUTBOX + deploymentId, undefined);
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { clientId, text, at, state, notMine } = value as Record<string, unknown>;
  return typeof clientId === 'string' && typeof text === 'string' && typeof at === 'number' && typeof notMine === 'number'
    && (state === 'sending' || state === 'accepted' || state === 'failed' || state === 'uncertain');
}
