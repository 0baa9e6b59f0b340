import type * as vscode from 'vscode';
import { STORED_BYTES } from '../core/base/limits';
import { newestWithin } from '../core/base/storedSize';

const KEY = 'quantAgents.unsavedAgents';
/** A limit, because some unsaved documents never open again. */
const MOST = 20;
/** An empty document, for a base that is unknown. Then every difference from the agent counts as a conflict. */
const UNKNOWN = '';

/**
 * Remembers the bases of documents with unsaved changes across window reloads. VS Code restores the unsaved text by
 * itself. Without its base, the next save would overwrite what others changed in between.
 */
export class RememberedBases {
  private readonly remembered = new Set<string>();

  constructor(private readonly memory: vscode.Memento | undefined) {}

  /**
   * Remembers the text when the document first has unsaved changes. Later calls do nothing, unless `anew` says that the
   * user has settled a conflict.
   */
  remember(uri: vscode.Uri, text: string, anew = false): void {
    const key = uri.toString();
    if (this.remembered.has(key) && !anew) return;
    this.remembered.add(key);
    const { [key]: _, ...others } = this.read();
    const bases = [...Object.entries(others), [key, text] as const].slice(-MOST);
    const kept = newestWithin(bases, STORED_BYTES.documentBases);
    // A base that does not fit is remembered as unknown. A save then asks before it overwrites.
    const unknown = bases.slice(0, bases.length - kept.length).map(([uriOfOther]) => [uriOfOther, UNKNOWN] as const);
    void this.memory?.update(KEY, Object.fromEntries([...unknown, ...kept]));
  }

  recall(uri: vscode.Uri): string | undefined {
    return this.read()[uri.toString()];
  }

  forget(uri: vscode.Uri): void {
    const key = uri.toString();
    this.remembered.delete(key);
    const { [key]: text, ...others } = this.read();
    if (text !== undefined) void this.memory?.update(KEY, others);
  }

  private read(): Readonly<Record<string, string>> {
    const stored: unknown = this.memory?.get(KEY);
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }
}
