import type * as vscode from 'vscode';

const KEY = 'quantAgents.createdDrafts';
const MAX_DRAFTS = 50;

/** Remembers which drafts have become agents, across window reloads. */
export class CreatedDrafts {
  private readonly ids = new Map<string, number>();

  constructor(private readonly memory: vscode.Memento | undefined) {}

  /** The agent that a draft has become, or undefined if it has not. */
  agentIdOf(draft: vscode.Uri): number | undefined {
    return this.ids.get(draft.toString()) ?? this.remembered()[draft.toString()];
  }

  remember(draft: vscode.Uri, agentId: number): void {
    this.ids.set(draft.toString(), agentId);
    void this.memory?.update(KEY, { ...this.remembered(), [draft.toString()]: agentId });
  }

  private remembered(): Readonly<Record<string, number>> {
    const stored: unknown = this.memory?.get(KEY);
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored)
        .filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]))
        .slice(-MAX_DRAFTS),
    );
  }
}
