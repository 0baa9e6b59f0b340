import { formatSavedInput, hasText, emptyInput, type SavedInput } from '../../core/conversation/queue/savedInput';
import { STORED_BYTES } from '../../core/base/limits';
import { render } from '../../core/words/render';
import { say } from '../../core/words/words';
import { describeWriteError } from '../../storage/describeWriteError';
import { readSavedInputs, inputFileName, type InputFolder, type ReadInputs } from './readSavedInputs';
import { TEXTS } from './texts';

/** How many conversations without a text of the user are remembered, for the IDs of their last prompts. */
const MAX_WITHOUT_TEXT = 100;

/** Whether a change is on the disk. If not, `problem` tells the user why. */
export type Written = { readonly isWritten: true } | { readonly isWritten: false; readonly problem: string };

export type InputChange = Partial<Omit<SavedInput, 'deploymentId'>>;

const WRITTEN: Written = { isWritten: true };

export interface SavedInputsOptions extends InputFolder {
  /** Warns the user that what they write is not saved. Once, until a save succeeds again. */
  readonly report: (problem: string) => void;
}

/**
 * The saved input of all conversations, in files that only this window uses. So no two windows share a queue, and the
 * input survives a crash. One file has the draft and the prompts of one conversation. A text that moves between them is
 * always in one of them.
 */
export class SavedInputs {
  private inputs = new Map<string, SavedInput>();
  private readonly bytes = new Map<string, number>();
  private readonly last = new Map<string, Promise<Written>>();
  private opening: Promise<void> | undefined;
  private opened: ReadInputs | undefined;
  private reportedProblem: string | undefined;

  constructor(private readonly options: SavedInputsOptions) {}

  /**
   * Reads what is saved, once. Never rejects. If no folder can be used, everything stays in memory, and every update
   * reports so.
   */
  open(): Promise<void> {
    this.opening ??= this.read();
    return this.opening;
  }

  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /** The saved input of one conversation. {@link open} must have resolved. */
  get(deploymentId: string): SavedInput {
    if (!this.opened) throw new Error('What was saved of conversations has not been read yet.');
    return this.inputs.get(deploymentId) ?? emptyInput(deploymentId);
  }

  /** Why a change does not fit, in words for the user. Undefined: it fits. */
  noRoomFor(deploymentId: string, change: InputChange): string | undefined {
    const before = this.bytes.get(deploymentId) ?? 0;
    const after = Buffer.byteLength(formatSavedInput({ ...this.get(deploymentId), ...change }));
    const all = [...this.bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (after <= before || all - before + after <= STORED_BYTES.savedInput) return undefined;
    return render(say(TEXTS.noRoom, (STORED_BYTES.savedInput / 1_000_000).toFixed(1)), 'page');
  }

  /** The change counts at once. Resolves when it is on the disk, or could not be written. */
  update(deploymentId: string, change: InputChange): Promise<Written> {
    const next = { ...this.get(deploymentId), ...change };
    // The conversation that changed last comes last.
    this.inputs.delete(deploymentId);
    this.inputs.set(deploymentId, next);
    const written = this.write(next);
    this.last.set(deploymentId, written);
    return written;
  }

  /** Forgets a conversation and its saved input. */
  forget(deploymentId: string): void {
    if (!this.inputs.delete(deploymentId)) return;
    this.bytes.delete(deploymentId);
    this.last.delete(deploymentId);
    this.opened?.files?.inputs.forget([inputFileName(deploymentId)]).catch((error: unknown) => {
      this.options.log(`What was kept of a conversation could not be deleted: ${String(error)}`);
    });
  }

  /** The result of the last update of a conversation. */
  lastWrite(deploymentId: string): Promise<Written> {
    return this.last.get(deploymentId) ?? Promise.resolve(WRITTEN);
  }

  /** The caller reports this problem to the user. */
  markReported(problem: string): void {
    this.reportedProblem = problem;
  }

  /** Reports a problem to the user, unless it was the last one reported. */
  reportOnce(problem: string): void {
    if (problem === this.reportedProblem) return;
    this.reportedProblem = problem;
    this.options.report(problem);
  }

  /** Unlocks the folder for other windows, once everything is written. */
  async close(): Promise<void> {
    await this.opening;
    await this.opened?.files?.inputs.settled();
    await this.opened?.files?.window.release();
  }

  private async read(): Promise<void> {
    const opened = await readSavedInputs(this.options);
    for (const input of opened.conversations.values()) {
      this.inputs.set(input.deploymentId, input);
      this.bytes.set(input.deploymentId, Buffer.byteLength(formatSavedInput(input)));
    }
    this.opened = opened;
    if (opened.problem !== undefined) this.reportOnce(opened.problem);
    const withoutText = [...this.inputs.values()].filter((kept) => !hasText(kept));
    for (const { deploymentId } of withoutText.slice(0, -MAX_WITHOUT_TEXT)) this.forget(deploymentId);
  }

  private async write(input: SavedInput): Promise<Written> {
    const { files, problem = '' } = this.opened ?? {};
    if (!files) return this.failed(problem);
    const text = formatSavedInput(input);
    this.bytes.set(input.deploymentId, Buffer.byteLength(text));
    try {
      await files.inputs.write(inputFileName(input.deploymentId), text);
      this.reportedProblem = undefined;
      return WRITTEN;
    } catch (error) {
      this.options.log(`What was written in a conversation could not be kept: ${String(error)}`);
      return this.failed(describeWriteError(error));
    }
  }

  private failed(problem: string): Written {
    this.reportOnce(problem);
    return { isWritten: false, problem };
  }
}
