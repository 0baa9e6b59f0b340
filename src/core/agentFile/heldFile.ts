/**
 * An agent's document as a file: what the editor was given, what it is made from, and a time of change that only ever
 * grows.
 */
import type { Agent, AgentFields, EpochMs } from '../api/model';
import { withPlainLineBreaks } from '../markdownFile/text';

export interface FileVersion {
  readonly text: string;
  readonly fields: AgentFields;
}

/**
 * Two versions are kept apart. The *current* one is what a reader of the file gets. The *base* is what the text on the
 * user's screen was made from: changes by others are told against it. It moves only when the editor is seen to show a
 * version, never because the file was read.
 */
export class HeldFile {
  private currentVersion: FileVersion;
  private baseVersion: FileVersion;
  private changedAt: EpochMs;
  private awaited: FileVersion | undefined;
  /** The agent was deleted elsewhere. */
  isDeleted = false;

  /** @param confirmedMs when QuantConnect said so last, on the monotonic clock. */
  constructor(
    version: FileVersion,
    agent: Pick<Agent, 'created' | 'updated'> | undefined,
    public confirmedMs: number,
  ) {
    this.currentVersion = version;
    this.baseVersion = version;
    this.createdAt = agent?.created ?? 0;
    // Not the time of reading: after a window reload it must be the same again, or the editor sees a conflict where
    // there is none.
    this.changedAt = agent?.updated ?? this.createdAt;
  }

  readonly createdAt: EpochMs;

  get current(): FileVersion {
    return this.currentVersion;
  }

  get base(): FileVersion {
    return this.baseVersion;
  }

  get modifiedAt(): EpochMs {
    return this.changedAt;
  }

  /**
   * A newer version of the file. `isOpen`: an editor shows the old one still, which stays the base until {@link
   * editorShows} the new one.
   */
  replace(version: FileVersion, updated: EpochMs | undefined, isOpen: boolean): void {
    this.currentVersion = version;
    if (!isOpen) this.baseVersion = version;
    this.changedAt = Math.max(this.changedAt + 1, updated ?? 0);
    this.awaited = undefined;
  }

  /**
   * What the user wrote is saved. The file is what they wrote, to the letter, until the editor has finished saving.
   * @param normalized the version to show then, if QuantConnect made something else of it.
   */
  saved(version: FileVersion, updated: EpochMs | undefined, normalized: FileVersion | undefined): void {
    this.replace(version, updated, false);
    this.awaited = normalized;
  }

  /**
   * The editor has finished saving and shows `text`. True: the file changes once more, to what QuantConnect made of it.
   * It does not where the user has typed on meanwhile, which the editor would take for a conflict.
   */
  finishSave(text: string): boolean {
    const { awaited } = this;
    this.awaited = undefined;
    if (!awaited || !isSameText(text, this.currentVersion.text)) return false;
    this.replace(awaited, undefined, true);
    return true;
  }

  /** Whether a text is a version as it stands, without anything typed. */
  isVersion(text: string): boolean {
    return isSameText(text, this.currentVersion.text) || isSameText(text, this.baseVersion.text);
  }

  /** An editor without unsaved changes shows this text. */
  editorShows(text: string): void {
    if (isSameText(text, this.currentVersion.text)) this.baseVersion = this.currentVersion;
  }

  /** The user saw a version by somebody else and decided: from now on changes are told against it. */
  rebase(version: FileVersion): void {
    this.baseVersion = version;
  }
}

function isSameText(a: string, b: string): boolean {
  return withPlainLineBreaks(a) === withPlainLineBreaks(b);
}
