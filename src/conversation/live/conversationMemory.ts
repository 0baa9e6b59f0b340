import type { Memento } from 'vscode';
import { hasText } from '../../core/conversation/queue/savedInput';
import { takeBack, type Outbox } from '../../core/conversation/queue/outbox';
import type { ReadingPosition } from '../../core/pages/conversation/protocol';
import { Emitter, type Disposable } from '../../core/base/events';
import { Obstacle } from '../../core/words/obstacle';
import { STORED_BYTES } from '../../core/base/limits';
import { newestWithin, storedBytes } from '../../core/base/storedSize';
import { readMeasuredIndex, readPositions } from '../../core/stored/workspaceState';
import { SavedInputs, type SavedInputsOptions, type Written } from './savedInputs';

const MEASURED_TIMES = 'quantAgents.observed.';
/**
 * The deployments with measured times and their numbers of parts, the last written at the end. VS Code writes a
 * workspace's memento as a whole, so it must stay small.
 */
const MEASURED_INDEX = 'quantAgents.observedOf';
const MAX_MEASURED_PARTS = 5_000;
const READING_POSITIONS = 'quantAgents.places';
/** The number of conversations whose reading position is saved: those read last. */
const MAX_READING_POSITIONS = 200;

type Indexed = readonly [deploymentId: string, parts: number, bytes: number];

interface Draft {
  readonly draft: string;
  readonly earlierDrafts: readonly string[];
}

/**
 * What survives the panel, the window and the sign-in. Drafts and prompts are in files of this window. They are on the
 * disk when a promise of this class resolves.
 * Reading positions and measured times are in the workspace's memento. VS Code writes it with a delay, and losing them
 * costs little.
 * An outbox belongs to the deployment. If a panel closes while a prompt is being sent, the next panel shows the result.
 */
export class ConversationMemory implements Disposable {
  private readonly outboxChanged = new Emitter<string>();
  /** Fires the id of the deployment. */
  readonly onDidChangeOutbox = this.outboxChanged.event;
  private readonly memento: Memento;
  private readonly savedInputs: SavedInputs;
  /** Deployments whose drafts do not fit on the disk. */
  private readonly tooLong = new Map<string, Draft & { readonly problem: string }>();

  constructor(options: SavedInputsOptions) {
    this.memento = options.memento;
    this.savedInputs = new SavedInputs(options);
  }

  /** Reads what is saved, once. Drafts and outboxes can be read when it has resolved. Never rejects. */
  open(): Promise<void> {
    return this.savedInputs.open();
  }

  get isOpen(): boolean {
    return this.savedInputs.isOpen;
  }

  draft(deploymentId: string): string {
    return this.input(deploymentId).draft;
  }

  /** The drafts that made room for the one in the prompt box, oldest first. */
  earlierDrafts(deploymentId: string): readonly string[] {
    return this.input(deploymentId).earlierDrafts;
  }

  /** The draft changes at once. Resolves when it is on the disk. Warns the user if it cannot be saved. */
  async saveDraft(
    deploymentId: string,
    draft: string,
    earlierDrafts = this.earlierDrafts(deploymentId),
  ): Promise<Written> {
    const change = { draft, earlierDrafts };
    const problem = this.savedInputs.noRoomFor(deploymentId, change);
    if (problem !== undefined) {
      this.tooLong.set(deploymentId, { ...change, problem });
      this.savedInputs.reportOnce(problem);
      return { isWritten: false, problem };
    }
    this.tooLong.delete(deploymentId);
    const before = this.savedInputs.get(deploymentId);
    if (before.draft === draft && isSameList(before.earlierDrafts, earlierDrafts)) {
      const last = await this.savedInputs.lastWrite(deploymentId);
      if (last.isWritten) return last;
    }
    return this.savedInputs.update(deploymentId, change);
  }

  /** The prompts that may not have arrived. At first, those that the last window left. */
  outbox(deploymentId: string): Outbox {
    return this.savedInputs.get(deploymentId).outbox;
  }

  /** The outbox changes at once. Resolves when it is on the disk, or could not be written. */
  saveOutbox(deploymentId: string, outbox: Outbox): Promise<Written> {
    if (outbox === this.outbox(deploymentId)) return this.savedInputs.lastWrite(deploymentId);
    const written = this.savedInputs.update(deploymentId, { outbox });
    this.outboxChanged.fire(deploymentId);
    return written;
  }

  /**
   * Adds a prompt of the user to the outbox. Clears the prompt box if it contains only that text. Both are one change,
   * so a crash cannot lose the text.
   * @returns why the prompt does not fit. Then nothing has changed, and the caller reports the problem.
   */
  addPrompt(deploymentId: string, outbox: Outbox, text: string): string | undefined {
    const { draft, earlierDrafts } = this.input(deploymentId);
    const change = { outbox, earlierDrafts, draft: draft === text ? '' : draft };
    const problem = this.savedInputs.noRoomFor(deploymentId, change);
    if (problem !== undefined) {
      this.savedInputs.markReported(problem);
      return problem;
    }
    this.tooLong.delete(deploymentId);
    void this.savedInputs.update(deploymentId, change);
    this.outboxChanged.fire(deploymentId);
    return undefined;
  }

  /** The draft stays as it is. See {@link saveDraft}. */
  saveEarlierDrafts(deploymentId: string, earlierDrafts: readonly string[]): Promise<Written> {
    return this.saveDraft(deploymentId, this.draft(deploymentId), earlierDrafts);
  }

  /**
   * Resolves when draft and outbox of a conversation are on the disk as they are now. Throws {@link Obstacle} if they
   * could not be written.
   */
  async written(deploymentId: string): Promise<void> {
    const written = await this.lastWrite(deploymentId);
    if (!written.isWritten) throw new Obstacle(written.problem);
  }

  /** The result of the last change to a draft or an outbox. */
  lastWrite(deploymentId: string): Promise<Written> {
    const problem = this.tooLong.get(deploymentId)?.problem;
    return problem === undefined
      ? this.savedInputs.lastWrite(deploymentId)
      : Promise.resolve({ isWritten: false, problem });
  }

  /**
   * Returns a text to the prompt box, in front of what was typed since.
   * @returns the new draft.
   */
  returnToDraft(deploymentId: string, text: string): string {
    const whole = this.withText(deploymentId, text);
    void this.saveDraft(deploymentId, whole);
    return whole;
  }

  /**
   * Moves a prompt from the outbox into the prompt box, unless it is being sent.
   * @returns the new draft, or undefined if there is no such prompt.
   */
  takeBack(deploymentId: string, clientId: string): string | undefined {
    const outbox = this.outbox(deploymentId);
    const entry = outbox.entries.find((candidate) => candidate.clientId === clientId);
    const next = takeBack(outbox, clientId);
    if (next === outbox || !entry) return undefined;
    const draft = this.withText(deploymentId, entry.text);
    const { earlierDrafts } = this.input(deploymentId);
    this.tooLong.delete(deploymentId);
    void this.savedInputs.update(deploymentId, { outbox: next, draft, earlierDrafts });
    this.outboxChanged.fire(deploymentId);
    return draft;
  }

  /** The reading position. Undefined: at the end. */
  readingPosition(deploymentId: string): ReadingPosition | undefined {
    return this.readingPositions().find(([id]) => id === deploymentId)?.[1];
  }

  saveReadingPosition(deploymentId: string, position: ReadingPosition | undefined): void {
    const others = this.readingPositions().filter(([id]) => id !== deploymentId);
    if (!position && others.length === this.readingPositions().length) return;
    const positions = [...others, ...(position ? [[deploymentId, position] as const] : [])].slice(
      -MAX_READING_POSITIONS,
    );
    void this.memento.update(READING_POSITIONS, newestWithin(positions, STORED_BYTES.readingPositions));
  }

  /** When the parts of its conversation ran, as the last window left it: see `core/conversation/times/measuredTimes.ts`. */
  measuredTimes(deploymentId: string): unknown {
    return this.memento.get<unknown>(MEASURED_TIMES + deploymentId);
  }

  /**
   * Saves the size of a deployment's times. If there are too many times, forgets those saved longest ago.
   * @param parts how many parts have a time.
   */
  saveMeasuredTimes(deploymentId: string, times: unknown, parts: number): void {
    const bytes = parts === 0 ? 0 : storedBytes(times);
    const isSaved = parts > 0 && bytes <= STORED_BYTES.measuredTimes;
    const index = [
      ...this.measuredIndex().filter(([id]) => id !== deploymentId),
      ...(isSaved ? [[deploymentId, parts, bytes] as const] : []),
    ];
    const isTooMuch = (): boolean =>
      sumOf(index, 1) > MAX_MEASURED_PARTS || sumOf(index, 2) > STORED_BYTES.measuredTimes;
    while (isTooMuch() && index.length > 1) {
      const [oldest] = index.splice(0, 1);
      if (oldest) void this.memento.update(MEASURED_TIMES + oldest[0], undefined);
    }
    void this.memento.update(MEASURED_TIMES + deploymentId, isSaved ? times : undefined);
    void this.memento.update(MEASURED_INDEX, index.length === 0 ? undefined : index);
  }

  /** Whether it contains a text of the user that exists nowhere else. */
  hasUnsentText(deploymentId: string): boolean {
    return hasText({ ...this.savedInputs.get(deploymentId), ...this.input(deploymentId) });
  }

  forget(deploymentId: string): void {
    this.saveMeasuredTimes(deploymentId, undefined, 0);
    this.tooLong.delete(deploymentId);
    this.savedInputs.forget(deploymentId);
    this.saveReadingPosition(deploymentId, undefined);
  }

  dispose(): void {
    this.outboxChanged.dispose();
    void this.savedInputs.close();
  }

  /** Resolves when everything is written and another window can use the folder. */
  close(): Promise<void> {
    return this.savedInputs.close();
  }

  private input(deploymentId: string): Draft {
    return this.tooLong.get(deploymentId) ?? this.savedInputs.get(deploymentId);
  }

  private withText(deploymentId: string, text: string): string {
    const draft = this.draft(deploymentId);
    return draft.trim() === '' || draft === text ? text : `${text}\n\n${draft}`;
  }

  private measuredIndex(): readonly Indexed[] {
    return readMeasuredIndex(this.memento.get<unknown>(MEASURED_INDEX)).map(([id, parts, bytes]) => [
      id,
      parts,
      bytes ?? storedBytes(this.measuredTimes(id) ?? null),
    ]);
  }

  private readingPositions(): readonly (readonly [deploymentId: string, position: ReadingPosition])[] {
    return readPositions(this.memento.get<unknown>(READING_POSITIONS));
  }
}

function sumOf(index: readonly Indexed[], which: 1 | 2): number {
  return index.reduce((sum, entry) => sum + entry[which], 0);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((text, index) => text === other[index]));
}
