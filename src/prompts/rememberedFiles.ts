import type * as vscode from 'vscode';
import {
  forget,
  parseMemories,
  recall,
  remember,
  storedForm,
  withRename,
  type PromptFileMemories,
  type PromptFileMemory,
} from '../core/prompts/memory';
import type { AgentsSession } from '../core/organization/session';

const STORED_AS = 'quantAgents.promptFiles';

/**
 * What the workspace remembers about its prompt files, by URI. A file that was never saved is remembered until it
 * closes, because its name (`Untitled-1`) is soon used again.
 */
export class RememberedFiles {
  private untitled: PromptFileMemories = new Map();

  constructor(private readonly memento: vscode.Memento) {}

  recall(file: string, { account, organization }: AgentsSession): PromptFileMemory {
    return recall(this.memories(file), file, { accountId: account.id, organizationId: organization.id });
  }

  async remember(file: string, memory: PromptFileMemory): Promise<void> {
    await this.keep(file, remember(this.memories(file), file, memory));
  }

  /** Follows a rename. A file that was never saved is remembered once it is saved as `to`. */
  async rename(from: string, to: string): Promise<void> {
    if (isUntitled(from)) {
      const memories = this.untitled.get(from) ?? [];
      if (memories.length === 0) return;
      const others = forget(this.memories(to), to);
      await this.keep(
        to,
        memories.reduce((all, memory) => remember(all, to, memory), others),
      );
      return;
    }
    const before = this.stored();
    const after = withRename(before, from, to);
    if (after !== before) await this.memento.update(STORED_AS, storedForm(after));
  }

  /** Whether anything is remembered about the file, for any account. */
  has(file: string): boolean {
    return (this.memories(file).get(file)?.length ?? 0) > 0;
  }

  forgetUntitled(file: string): void {
    this.untitled = forget(this.untitled, file);
  }

  private memories(file: string): PromptFileMemories {
    return isUntitled(file) ? this.untitled : this.stored();
  }

  private stored(): PromptFileMemories {
    return parseMemories(this.memento.get(STORED_AS));
  }

  private async keep(file: string, memories: PromptFileMemories): Promise<void> {
    if (isUntitled(file)) this.untitled = memories;
    else await this.memento.update(STORED_AS, storedForm(memories));
  }
}

function isUntitled(file: string): boolean {
  return file.startsWith('untitled:');
}
