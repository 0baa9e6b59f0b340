/**
 * Separates what the user wrote from what the editor cleaned up while it saved. Pure.
 *
 * VS Code cleans up before or after it announces a save to extensions. The order is decided each time its extension
 * host starts. So this class watches both: changes between the announcement and the write, and changes right before the
 * announcement. The latter count only if they look like a clean-up and the user did nothing.
 */
import { cleanUpStep, isCleanUp, withoutCleanUp, type CleanUp, type CleanUpStep } from './cleanUp';

/** What the editor's settings make it do on save. */
export interface SaveSettings {
  readonly steps: ReadonlySet<CleanUpStep>;
  /** A formatter or code actions run on save. They can change anything. */
  readonly formats: boolean;
}

/** The order in which VS Code works, as seen so far. All documents share it. */
export interface SaveOrder {
  announcesFirst: boolean;
}

interface Run extends CleanUp {
  readonly steps: ReadonlySet<CleanUpStep>;
}

interface Announcement {
  readonly text: string;
  readonly run: Run | undefined;
  isTouched: boolean;
}

export class UserText {
  /** The last changes, as long as they look like one clean-up. */
  private run: Run | undefined;
  private announcement: Announcement | undefined;
  /** The last clean-up. It stays until the document shows the user's text again: a failed save does not restore it. */
  private cleanUp: CleanUp | undefined;

  constructor(
    private text: string,
    private readonly order: SaveOrder,
  ) {}

  get isBeingSaved(): boolean {
    return this.announcement !== undefined;
  }

  /** The document has changed. */
  changed(text: string): void {
    const step = cleanUpStep(this.text, text);
    const before = this.run;
    this.run =
      step === undefined || before?.steps.has(step) === true
        ? undefined
        : { written: before?.written ?? this.text, cleaned: text, steps: new Set([...(before?.steps ?? []), step]) };
    this.text = text;
    if (text === this.cleanUp?.written) this.cleanUp = undefined;
  }

  /** The user typed, clicked, or undid something in the document. */
  touched(): void {
    this.run = undefined;
    if (this.announcement) this.announcement.isTouched = true;
  }

  /** VS Code says that it is about to save. */
  announced(text: string): void {
    this.announcement = { text, run: this.run?.cleaned === text ? this.run : undefined, isTouched: false };
  }

  /** The document has another text now, such as a version by someone else. */
  forgetCleanUp(): void {
    this.cleanUp = undefined;
  }

  /** The announced save does not happen. */
  forgetAnnouncement(): void {
    this.announcement = undefined;
  }

  /** @returns what the user wrote, given the `content` that the editor is about to write. */
  written(content: string, settings: SaveSettings): string {
    const announced = this.announcement;
    this.announcement = undefined;
    const text = announced ? this.beforeCleanUp(content, announced, settings) : content;
    const written = this.cleanUp ? withoutCleanUp(text, this.cleanUp) : text;
    this.cleanUp = written === content ? undefined : { written, cleaned: content };
    return written;
  }

  private beforeCleanUp(
    content: string,
    { text, run, isTouched }: Announcement,
    { steps, formats }: SaveSettings,
  ): string {
    let result = content;
    if (text !== content && !isTouched) {
      const isCleaned = isCleanUp(text, content);
      if (isCleaned) this.order.announcesFirst = true;
      if (isCleaned || formats) result = text;
    }
    if (result !== run?.cleaned || this.order.announcesFirst) return result;
    return [...run.steps].every((step) => steps.has(step)) ? run.written : result;
  }
}
