import type { Agent, AgentFields, EpochMs } from '../api/model';
import { withPlainLineBreaks } from '../markdownFile/text';

export interface FileVersion {
  readonly text: string;
  readonly fields: AgentFields;
}

/**
 * An agent document as a file. It has two versions. Readers of the file get the *current* one. The *base* is the
 * version that the text on screen started from; comparing with it finds changes by others. The base changes only when
 * the editor shows a version, never because the file was read.
 */
export class DocumentFile {
  private currentVersion: FileVersion;
  private baseVersion: FileVersion;
  private changedAt: EpochMs;
  /** The version to show once the editor has finished saving. */
  private nextVersion: FileVersion | undefined;
  readonly createdAt: EpochMs;
  /** The agent was deleted at QuantConnect. */
  isDeleted = false;

  /** @param confirmedMs when QuantConnect last sent this version, on the monotonic clock. */
  constructor(
    version: FileVersion,
    agent: Pick<Agent, 'created' | 'updated'> | undefined,
    public confirmedMs: number,
  ) {
    this.currentVersion = version;
    this.baseVersion = version;
    this.createdAt = agent?.created ?? 0;
    // Not the time of reading. It must be the same after a window reload, or the editor reports a false conflict.
    this.changedAt = agent?.updated ?? this.createdAt;
  }

  get current(): FileVersion {
    return this.currentVersion;
  }

  get base(): FileVersion {
    return this.baseVersion;
  }

  /** Grows with every change, even if two changes have the same second. */
  get modifiedAt(): EpochMs {
    return this.changedAt;
  }

  /**
   * Replaces the current version with a newer one.
   * @param isOpen an editor still shows the old version, which stays the base until {@link editorShows} the new one.
   */
  replace(version: FileVersion, updated: EpochMs | undefined, isOpen: boolean): void {
    this.currentVersion = version;
    if (!isOpen) this.baseVersion = version;
    this.changedAt = Math.max(this.changedAt + 1, updated ?? 0);
    this.nextVersion = undefined;
  }

  /**
   * Stores what the user saved. The file stays exactly as written until the editor has finished saving.
   * @param normalized the version to show then, if QuantConnect changed something.
   */
  saved(version: FileVersion, updated: EpochMs | undefined, normalized: FileVersion | undefined): void {
    this.replace(version, updated, false);
    this.nextVersion = normalized;
  }

  /**
   * The editor has finished saving and shows `text`.
   * @returns whether the file changes once more, to QuantConnect's version. It does not if the user has typed since,
   * because the editor would report a conflict.
   */
  finishSave(text: string): boolean {
    const { nextVersion } = this;
    this.nextVersion = undefined;
    if (!nextVersion || !isSameText(text, this.currentVersion.text)) return false;
    this.replace(nextVersion, undefined, true);
    return true;
  }

  /** Whether a text equals one of the versions, so that the user has typed nothing. */
  isVersion(text: string): boolean {
    return isSameText(text, this.currentVersion.text) || isSameText(text, this.baseVersion.text);
  }

  /** An editor without unsaved changes shows this text. */
  editorShows(text: string): void {
    if (isSameText(text, this.currentVersion.text)) this.baseVersion = this.currentVersion;
  }

  /** The user saw someone else's version and decided. From now on, it is the base. */
  rebase(version: FileVersion): void {
    this.baseVersion = version;
  }
}

function isSameText(a: string, b: string): boolean {
  return withPlainLineBreaks(a) === withPlainLineBreaks(b);
}
