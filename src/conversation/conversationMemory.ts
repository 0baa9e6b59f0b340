import type { Memento } from 'vscode';
import { parseAsides, parsePlace } from '../core/conversation/fromPage';
import { EMPTY_OUTBOX, interrupted, takenBack, type Outbox } from '../core/conversation/outbox';
import type { ReadingPlace } from '../core/conversation/protocol';
import { Emitter, type Disposable } from '../core/events';

const DRAFT = 'quantAgents.draft.';
const ASIDES = 'quantAgents.asides.';
const OUTBOX = 'quantAgents.outbox.';
const OBSERVED = 'quantAgents.observed.';
/** Whose times are kept, the latest written last, and how many parts each has: a workspace's memory is written as a whole, so it must stay small. */
const OBSERVED_INDEX = 'quantAgents.observedOf';
const MAX_OBSERVED_PARTS = 5_000;
const PLACES = 'quantAgents.places';
/** The places of the conversations that were read last. */
const MAX_PLACES = 200;

type Entry = Outbox['entries'][number];

/**
 * What must outlive the panel, the window and the sign-in: the text in the prompt box and the drafts that made room for it, the prompts that are not known to have arrived, and where the
 * reader was. It belongs to the workspace, which VS Code opens in one window only: no two windows hold one queue.
 * An outbox belongs to the deployment: a prompt that is on its way when its panel closes is told of in the panel that opens next.
 */
export class ConversationMemory implements Disposable {
  private readonly outboxes = new Map<string, Outbox>();
  private readonly outboxChanged = new Emitter<string>();
  /** Fires the id of the deployment. */
  readonly onDidChangeOutbox = this.outboxChanged.event;

  constructor(private readonly memento: Memento) {}

  draft(deploymentId: string): string {
    const stored = this.memento.get<unknown>(DRAFT + deploymentId);
    return typeof stored === 'string' ? stored : '';
  }

  keepDraft(deploymentId: string, text: string): void {
    if (text === this.draft(deploymentId)) return;
    void this.memento.update(DRAFT + deploymentId, text === '' ? undefined : text);
  }

  /** The drafts that made room for the one in the prompt box, oldest first. */
  asides(deploymentId: string): readonly string[] {
    return parseAsides(this.memento.get<unknown>(ASIDES + deploymentId));
  }

  keepAsides(deploymentId: string, asides: readonly string[]): void {
    if (asides.length === 0 && this.asides(deploymentId).length === 0) return;
    void this.memento.update(ASIDES + deploymentId, asides.length === 0 ? undefined : asides);
  }

  /** The prompts that are not known to have arrived; at the first look, as the last window left them. */
  outbox(deploymentId: string): Outbox {
    let outbox = this.outboxes.get(deploymentId);
    if (!outbox) {
      const stored = this.memento.get<unknown>(OUTBOX + deploymentId);
      const entries = Array.isArray(stored) ? stored.filter(isEntry) : [];
      outbox = entries.length === 0 ? EMPTY_OUTBOX : interrupted({ entries, known: new Set(entries.map(({ clientId }) => clientId)) });
      this.outboxes.set(deploymentId, outbox);
    }
    return outbox;
  }

  /** Resolves when it is kept; it counts from at once. */
  async keepOutbox(deploymentId: string, outbox: Outbox): Promise<void> {
    if (outbox === this.outbox(deploymentId)) return;
    this.outboxes.set(deploymentId, outbox);
    const kept = this.memento.update(OUTBOX + deploymentId, outbox.entries.length === 0 ? undefined : outbox.entries);
    this.outboxChanged.fire(deploymentId);
    await kept;
  }

  /** Puts a text back into the prompt box, before what was typed since. The draft as it is then. */
  giveBack(deploymentId: string, text: string): string {
    const draft = this.draft(deploymentId);
    const whole = draft.trim() === '' || draft === text ? text : `${text}\n\n${draft}`;
    this.keepDraft(deploymentId, whole);
    return whole;
  }

  /** Takes a prompt that is not on its way back into the prompt box. The draft as it is then; undefined: there is none to be taken back. */
  takeBack(deploymentId: string, clientId: string): string | undefined {
    const outbox = this.outbox(deploymentId);
    const entry = outbox.entries.find((candidate) => candidate.clientId === clientId);
    const next = takenBack(outbox, clientId);
    if (next === outbox || !entry) return undefined;
    // In this order it is in one place or in both, never in none.
    const draft = this.giveBack(deploymentId, entry.text);
    void this.keepOutbox(deploymentId, next);
    return draft;
  }

  /** Where the reader was; undefined: at the end. */
  place(deploymentId: string): ReadingPlace | undefined {
    return this.places().find(([id]) => id === deploymentId)?.[1];
  }

  keepPlace(deploymentId: string, place: ReadingPlace | undefined): void {
    const others = this.places().filter(([id]) => id !== deploymentId);
    if (!place && others.length === this.places().length) return;
    void this.memento.update(PLACES, [...others, ...(place ? [[deploymentId, place] as const] : [])].slice(-MAX_PLACES));
  }

  /** When the parts of its conversation ran, as the last window left it: see `core/conversation/observed.ts`. */
  observed(deploymentId: string): unknown {
    return this.memento.get<unknown>(OBSERVED + deploymentId);
  }

  /** @param parts how many the record holds. Those of the deployments that were written longest ago are forgotten where it gets too much. */
  keepObserved(deploymentId: string, observed: unknown, parts: number): void {
    const index = [...this.observedIndex().filter(([id]) => id !== deploymentId), [deploymentId, parts] as const].filter(([, count]) => count > 0);
    let total = index.reduce((sum, [, count]) => sum + count, 0);
    while (total > MAX_OBSERVED_PARTS && index.length > 1) {
      const [oldest] = index.splice(0, 1);
      if (!oldest) break;
      total -= oldest[1];
      void this.memento.update(OBSERVED + oldest[0], undefined);
    }
    void this.memento.update(OBSERVED + deploymentId, parts === 0 ? undefined : observed);
    void this.memento.update(OBSERVED_INDEX, index.length === 0 ? undefined : index);
  }

  forget(deploymentId: string): void {
    this.keepObserved(deploymentId, undefined, 0);
    this.outboxes.delete(deploymentId);
    void this.memento.update(DRAFT + deploymentId, undefined);
    void this.memento.update(ASIDES + deploymentId, undefined);
    void this.memento.update(OUTBOX + deploymentId, undefined);
    this.keepPlace(deploymentId, undefined);
  }

  private observedIndex(): readonly (readonly [deploymentId: string, parts: number])[] {
    const stored = this.memento.get<unknown>(OBSERVED_INDEX);
    return Array.isArray(stored) ? stored.filter(isIndexed) : [];
  }

  dispose(): void {
    this.outboxChanged.dispose();
  }

  /** The place that was kept last comes last. */
  private places(): readonly (readonly [deploymentId: string, place: ReadingPlace])[] {
    const stored = this.memento.get<unknown>(PLACES);
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((entry: unknown) => {
      const [id, kept] = Array.isArray(entry) ? entry as readonly unknown[] : [];
      const place = parsePlace(kept);
      return typeof id === 'string' && place ? [[id, place] as const] : [];
    });
  }
}

function isIndexed(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}

const STATES: Readonly<Record<Entry['state'], true>> = { queued: true, held: true, sending: true, accepted: true, failed: true, uncertain: true };

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { clientId, text, at, state, notMine } = value as Record<string, unknown>;
  return typeof clientId === 'string' && typeof text === 'string' && typeof at === 'number' && typeof notMine === 'number'
    && typeof state === 'string' && Object.hasOwn(STATES, state);
}
