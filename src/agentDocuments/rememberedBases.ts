import type * as vscode from 'vscode';
import { STORED_BYTES } from '../core/base/limits';
import { newestWithin } from '../core/base/storedSize';

const KEY = 'quantAgents.unsavedAgents';
/** Unsaved documents that nobody came back to must not pile up. */
const MOST = 20;
/** A document that says nothing: whatever the agent is, somebody may have changed it since. */
const UNKNOWN = '';

/**
 * What documents with unsaved changes were made from, across window reloads. VS Code brings the unsaved text back by
 * itself; without this, a change that somebody made to the agent in between would be overwritten by the next save.
 */
export class RememberedBases {
  private readonly remembered = new Set<string>();

  constructor(private readonly memory: vscode.Memento | undefined) {}

  /** Remembers the text once, as a document turns unsaved; `anew` when the user has settled a conflict. */
  remember(uri: vscode.Uri, text: string, anew = false): void {
    const key = uri.toString();
    if (this.remembered.has(key) && !anew) return;
    this.remembered.add(key);
    const { [key]: _, ...others } = this.read();
    const bases = [...Object.entries(others), [key, text] as const].slice(-MOST);
    const kept = newestWithin(bases, STORED_BYTES.documentBases);
    // What has no room is remembered as unknown: a save then asks whether to overwrite, rather than overwriting
    // unasked.
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
