import { formatKept, hasWords, nothingKept, type Kept } from '../../core/conversation/queue/kept';
import { STORED_BYTES } from '../../core/base/limits';
import { describeWriteError } from '../../storage/describeWriteError';
import { readKept, recordName, type KeptPlace, type ReadKept } from './readKept';

/** So many conversations without words of the user are remembered, for the ids of their last prompts. */
const MOST_WORDLESS = 100;

/** Whether something is on the disk. If not, why, in words for the user. */
export type Written = { readonly isWritten: true } | { readonly isWritten: false; readonly problem: string };

export type KeptChange = Partial<Omit<Kept, 'deploymentId'>>;

const WRITTEN: Written = { isWritten: true };

export interface KeptOptions extends KeptPlace {
  /** Tells the user that what they write is not kept. Once, until something is kept again. */
  readonly tell: (problem: string) => void;
}

/**
 * What the user wrote in conversations. It lives in files that this window has for itself: no two windows hold one
 * queue, and what is written outlives a crash. One file holds draft and prompts of one conversation, so that a text
 * which moves from one to the other is never in neither.
 */
export class KeptConversations {
  private kept = new Map<string, Kept>();
  private readonly bytes = new Map<string, number>();
  private readonly last = new Map<string, Promise<Written>>();
  private opening: Promise<void> | undefined;
  private opened: ReadKept | undefined;
  private toldProblem: string | undefined;

  constructor(private readonly options: KeptOptions) {}

  /**
   * Reads what is kept, once. Never rejects: where no folder can be used, everything stays in memory, and every update
   * says so.
   */
  open(): Promise<void> {
    this.opening ??= this.read();
    return this.opening;
  }

  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /** What is kept of one conversation. {@link open} must have resolved. */
  get(deploymentId: string): Kept {
    if (!this.opened) throw new Error('What is kept of conversations has not been read yet.');
    return this.kept.get(deploymentId) ?? nothingKept(deploymentId);
  }

  /** Why a change has no room, in words for the user. Undefined: it has. */
  noRoomFor(deploymentId: string, change: KeptChange): string | undefined {
    const before = this.bytes.get(deploymentId) ?? 0;
    const after = Buffer.byteLength(formatKept({ ...this.get(deploymentId), ...change }));
    const all = [...this.bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (after <= before || all - before + after <= STORED_BYTES.written) return undefined;
    return `This workspace already keeps ${(STORED_BYTES.written / 1_000_000).toFixed(1)} MB of drafts and waiting prompts. Send or remove some of them first.`;
  }

  /** The change counts at once. Resolves when it is on the disk, or could not be written. */
  update(deploymentId: string, change: KeptChange): Promise<Written> {
    const next = { ...this.get(deploymentId), ...change };
    // The one that was changed last comes last.
    this.kept.delete(deploymentId);
    this.kept.set(deploymentId, next);
    const written = this.write(next);
    this.last.set(deploymentId, written);
    return written;
  }

  /** Forgets a conversation and all that was written in it. */
  forget(deploymentId: string): void {
    if (!this.kept.delete(deploymentId)) return;
    this.bytes.delete(deploymentId);
    this.last.delete(deploymentId);
    this.opened?.files?.records.forget([recordName(deploymentId)]).catch((error: unknown) => {
      this.options.log(`What was kept of a conversation could not be deleted: ${String(error)}`);
    });
  }

  /** What became of the last update of a conversation. */
  lastWrite(deploymentId: string): Promise<Written> {
    return this.last.get(deploymentId) ?? Promise.resolve(WRITTEN);
  }

  /** The user hears of a problem from somebody else. */
  isTold(problem: string): void {
    this.toldProblem = problem;
  }

  /** Tells the user, unless they know. */
  tell(problem: string): void {
    if (problem === this.toldProblem) return;
    this.toldProblem = problem;
    this.options.tell(problem);
  }

  /** Lets another window have the folder, once everything is written. */
  async close(): Promise<void> {
    await this.opening;
    await this.opened?.files?.records.settled();
    await this.opened?.files?.window.release();
  }

  private async read(): Promise<void> {
    const opened = await readKept(this.options);
    for (const kept of opened.conversations.values()) {
      this.kept.set(kept.deploymentId, kept);
      this.bytes.set(kept.deploymentId, Buffer.byteLength(formatKept(kept)));
    }
    this.opened = opened;
    if (opened.problem !== undefined) this.tell(opened.problem);
    const wordless = [...this.kept.values()].filter((kept) => !hasWords(kept));
    for (const { deploymentId } of wordless.slice(0, -MOST_WORDLESS)) this.forget(deploymentId);
  }

  private async write(kept: Kept): Promise<Written> {
    const { files, problem = '' } = this.opened ?? {};
    if (!files) return this.failed(problem);
    const text = formatKept(kept);
    this.bytes.set(kept.deploymentId, Buffer.byteLength(text));
    try {
      await files.records.write(recordName(kept.deploymentId), text);
      this.toldProblem = undefined;
      return WRITTEN;
    } catch (error) {
      this.options.log(`What was written in a conversation could not be kept: ${String(error)}`);
      return this.failed(describeWriteError(error));
    }
  }

  private failed(problem: string): Written {
    this.tell(problem);
    return { isWritten: false, problem };
  }
}
