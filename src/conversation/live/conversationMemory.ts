import type { Memento } from 'vscode';
import { hasWords } from '../../core/conversation/queue/kept';
import { takenBack, type Outbox } from '../../core/conversation/queue/outbox';
import type { ReadingPosition } from '../../core/pages/conversation/protocol';
import { Emitter, type Disposable } from '../../core/base/events';
import { Obstacle } from '../../core/words/obstacle';
import { STORED_BYTES } from '../../core/base/limits';
import { newestWithin, storedBytes } from '../../core/base/storedSize';
import { readMeasuredIndex, readPositions } from '../../core/stored/workspaceState';
import { KeptConversations, type KeptOptions, type Written } from './keptConversations';

const OBSERVED = 'quantAgents.observed.';
/**
 * Whose times are kept, the latest written last, and how many parts each has: a workspace's memory is written as a
 * whole, so it must stay small.
 */
const OBSERVED_INDEX = 'quantAgents.observedOf';
const MAX_OBSERVED_PARTS = 5_000;
const PLACES = 'quantAgents.places';
/** The places of the conversations that were read last. */
const MAX_PLACES = 200;

type Indexed = readonly [deploymentId: string, parts: number, bytes: number];

interface Draft {
  readonly draft: string;
  readonly asides: readonly string[];
}

/**
 * What outlives the panel, the window and the sign-in. Drafts and prompts stand in files of this window and are on the
 * disk when a promise here says so.
 * Where the reader was and when parts ran stand in the workspace's memento: VS Code writes that with a delay, and
 * little is lost with them.
 * An outbox belongs to the deployment: a prompt that is on its way when its panel closes is told of in the panel that
 * opens next.
 */
export class ConversationMemory implements Disposable {
  private readonly outboxChanged = new Emitter<string>();
  /** Fires the id of the deployment. */
  readonly onDidChangeOutbox = this.outboxChanged.event;
  private readonly memento: Memento;
  private readonly kept: KeptConversations;
  /** Drafts that have no room on the disk. */
  private readonly tooMuch = new Map<string, Draft & { readonly problem: string }>();

  constructor(options: KeptOptions) {
    this.memento = options.memento;
    this.kept = new KeptConversations(options);
  }

  /** Reads what is kept, once. Drafts and outboxes can be asked for when it has resolved. Never rejects. */
  open(): Promise<void> {
    return this.kept.open();
  }

  get isOpen(): boolean {
    return this.kept.isOpen;
  }

  draft(deploymentId: string): string {
    return this.words(deploymentId).draft;
  }

  /** The drafts that made room for the one in the prompt box, oldest first. */
  asides(deploymentId: string): readonly string[] {
    return this.words(deploymentId).asides;
  }

  /** The draft counts at once. Resolves when it is on the disk; where it cannot be, the user is told. */
  async keepDraft(deploymentId: string, draft: string, asides = this.asides(deploymentId)): Promise<Written> {
    const change = { draft, asides };
    const problem = this.kept.noRoomFor(deploymentId, change);
    if (problem !== undefined) {
      this.tooMuch.set(deploymentId, { ...change, problem });
      this.kept.tell(problem);
      return { isWritten: false, problem };
    }
    this.tooMuch.delete(deploymentId);
    const before = this.kept.get(deploymentId);
    if (before.draft === draft && isSameList(before.asides, asides)) {
      const last = await this.kept.lastWrite(deploymentId);
      if (last.isWritten) return last;
    }
    return this.kept.update(deploymentId, change);
  }

  /** The prompts that are not known to have arrived; at the first look, as the last window left them. */
  outbox(deploymentId: string): Outbox {
    return this.kept.get(deploymentId).outbox;
  }

  /** The outbox counts at once. Resolves when it is on the disk, or could not be written. */
  keepOutbox(deploymentId: string, outbox: Outbox): Promise<Written> {
    if (outbox === this.outbox(deploymentId)) return this.kept.lastWrite(deploymentId);
    const written = this.kept.update(deploymentId, { outbox });
    this.outboxChanged.fire(deploymentId);
    return written;
  }

  /**
   * Takes a prompt of the user into the outbox, and out of the prompt box if it stands there alone. Both in one: its
   * text is in one of them, whenever the host dies.
   * Gives why there is no room for it, for the caller to tell: then nothing has changed.
   */
  takeIn(deploymentId: string, outbox: Outbox, text: string): string | undefined {
    const { draft, asides } = this.words(deploymentId);
    const change = { outbox, asides, draft: draft === text ? '' : draft };
    const problem = this.kept.noRoomFor(deploymentId, change);
    if (problem !== undefined) {
      this.kept.isTold(problem);
      return problem;
    }
    this.tooMuch.delete(deploymentId);
    void this.kept.update(deploymentId, change);
    this.outboxChanged.fire(deploymentId);
    return undefined;
  }

  /** The draft stays as it is. See {@link keepDraft}. */
  keepAsides(deploymentId: string, asides: readonly string[]): Promise<Written> {
    return this.keepDraft(deploymentId, this.draft(deploymentId), asides);
  }

  /**
   * Resolves when draft and outbox of a conversation are on the disk as they are now. Throws {@link Obstacle} when they
   * could not be written.
   */
  async written(deploymentId: string): Promise<void> {
    const written = await this.lastWrite(deploymentId);
    if (!written.isWritten) throw new Obstacle(written.problem);
  }

  /** What became of the last change of a draft or an outbox. */
  lastWrite(deploymentId: string): Promise<Written> {
    const problem = this.tooMuch.get(deploymentId)?.problem;
    return problem === undefined ? this.kept.lastWrite(deploymentId) : Promise.resolve({ isWritten: false, problem });
  }

  /** Puts a text back into the prompt box, before what was typed since. The draft as it is then. */
  giveBack(deploymentId: string, text: string): string {
    const whole = this.withText(deploymentId, text);
    void this.keepDraft(deploymentId, whole);
    return whole;
  }

  /**
   * Takes a prompt that is not on its way back into the prompt box. The draft as it is then; undefined: there is none
   * to be taken back.
   */
  takeBack(deploymentId: string, clientId: string): string | undefined {
    const outbox = this.outbox(deploymentId);
    const entry = outbox.entries.find((candidate) => candidate.clientId === clientId);
    const next = takenBack(outbox, clientId);
    if (next === outbox || !entry) return undefined;
    const draft = this.withText(deploymentId, entry.text);
    const { asides } = this.words(deploymentId);
    this.tooMuch.delete(deploymentId);
    void this.kept.update(deploymentId, { outbox: next, draft, asides });
    this.outboxChanged.fire(deploymentId);
    return draft;
  }

  /** Where the reader was; undefined: at the end. */
  place(deploymentId: string): ReadingPosition | undefined {
    return this.places().find(([id]) => id === deploymentId)?.[1];
  }

  keepPlace(deploymentId: string, place: ReadingPosition | undefined): void {
    const others = this.places().filter(([id]) => id !== deploymentId);
    if (!place && others.length === this.places().length) return;
    const places = [...others, ...(place ? [[deploymentId, place] as const] : [])].slice(-MAX_PLACES);
    void this.memento.update(PLACES, newestWithin(places, STORED_BYTES.places));
  }

  /** When the parts of its conversation ran, as the last window left it: see `core/conversation/times/observed.ts`. */
  observed(deploymentId: string): unknown {
    return this.memento.get<unknown>(OBSERVED + deploymentId);
  }

  /**
   * @param parts how many the record holds. Those of the deployments that were written longest ago are forgotten where
   * it gets too much.
   */
  keepObserved(deploymentId: string, observed: unknown, parts: number): void {
    const bytes = parts === 0 ? 0 : storedBytes(observed);
    const isKept = parts > 0 && bytes <= STORED_BYTES.observed;
    const index = [
      ...this.observedIndex().filter(([id]) => id !== deploymentId),
      ...(isKept ? [[deploymentId, parts, bytes] as const] : []),
    ];
    const isTooMuch = (): boolean => sumOf(index, 1) > MAX_OBSERVED_PARTS || sumOf(index, 2) > STORED_BYTES.observed;
    while (isTooMuch() && index.length > 1) {
      const [oldest] = index.splice(0, 1);
      if (oldest) void this.memento.update(OBSERVED + oldest[0], undefined);
    }
    void this.memento.update(OBSERVED + deploymentId, isKept ? observed : undefined);
    void this.memento.update(OBSERVED_INDEX, index.length === 0 ? undefined : index);
  }

  /** Whether the user wrote something in it that is nowhere else. */
  hasWords(deploymentId: string): boolean {
    return hasWords({ ...this.kept.get(deploymentId), ...this.words(deploymentId) });
  }

  forget(deploymentId: string): void {
    this.keepObserved(deploymentId, undefined, 0);
    this.tooMuch.delete(deploymentId);
    this.kept.forget(deploymentId);
    this.keepPlace(deploymentId, undefined);
  }

  dispose(): void {
    this.outboxChanged.dispose();
    void this.kept.close();
  }

  /** Resolves when everything is written and another window may have the folder. */
  close(): Promise<void> {
    return this.kept.close();
  }

  private words(deploymentId: string): Draft {
    return this.tooMuch.get(deploymentId) ?? this.kept.get(deploymentId);
  }

  private withText(deploymentId: string, text: string): string {
    const draft = this.draft(deploymentId);
    return draft.trim() === '' || draft === text ? text : `${text}\n\n${draft}`;
  }

  private observedIndex(): readonly Indexed[] {
    return readMeasuredIndex(this.memento.get<unknown>(OBSERVED_INDEX)).map(([id, parts, bytes]) => [
      id,
      parts,
      bytes ?? storedBytes(this.observed(id) ?? null),
    ]);
  }

  private places(): readonly (readonly [deploymentId: string, place: ReadingPosition])[] {
    return readPositions(this.memento.get<unknown>(PLACES));
  }
}

function sumOf(index: readonly Indexed[], which: 1 | 2): number {
  return index.reduce((sum, entry) => sum + entry[which], 0);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((text, index) => text === other[index]));
}
