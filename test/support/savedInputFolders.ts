/** Folders for the user's saved input, one for each "workspace". They are deleted after the tests of a file. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll } from 'vitest';
import { ConversationMemory } from '../../src/conversation/live/conversationMemory';
import { memento } from './memories';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quant-agents-kept-'));
  made.push(folder);
  return folder;
}

export interface Workspace {
  readonly memento: ReturnType<typeof memento>;
  readonly root: string;
  /** The log, and the messages that the user saw. */
  readonly logged: string[];
  readonly told: string[];
}

export function workspace(kept: Record<string, unknown> = {}): Workspace {
  return { memento: memento(kept), root: path.join(temporaryFolder(), 'conversations'), logged: [], told: [] };
}

/** The memory of a window that has not read the folder yet. */
export function memoryOf({ memento, root, logged, told }: Workspace, isShared = false): ConversationMemory {
  return new ConversationMemory({
    memento,
    root,
    isShared,
    log: (message) => logged.push(message),
    report: (problem) => told.push(problem),
  });
}

/** A window on a workspace. */
export async function openMemory(within: Workspace = workspace(), isShared = false): Promise<ConversationMemory> {
  const memory = memoryOf(within, isShared);
  await memory.open();
  return memory;
}

/** The workspace as it is on the disk now: what the next window finds if this one dies. */
export function asOnDisk(within: Workspace): Workspace {
  const copy = workspace(within.memento.entries());
  cpSync(within.root, copy.root, { recursive: true });
  return copy;
}
