/** What is remembered about prompt files, as it is stored. Parsed when read, and limited when written. */
import type { ProjectPreference } from '../api/model';
import { STORED_BYTES } from '../base/limits';
import { newestWithin } from '../base/storedSize';
import type { DeployedTask } from './deployment';

/** What is remembered about a file in one organization of one account. IDs mean nothing elsewhere. */
export interface PromptFileMemory {
  readonly accountId: string;
  readonly organizationId: string;
  /**
   * The agent that the user chose, and what the file said about the agent then. If the file says something else, the
   * user is asked again.
   */
  readonly chosenAgent?: { readonly agentId: number; readonly insteadOf?: string | number } | undefined;
  readonly chosenProject?: ProjectPreference | undefined;
  /** Whether we have offered to write the choices into the file. */
  readonly wasOffered?: boolean | undefined;
  readonly task?: DeployedTask | undefined;
}

/** By the file's URI, least recently used first. */
export type PromptFileMemories = ReadonlyMap<string, readonly PromptFileMemory[]>;

const MAX_FILES = 300;

export function recall(
  memories: PromptFileMemories,
  file: string,
  scope: Pick<PromptFileMemory, 'accountId' | 'organizationId'>,
): PromptFileMemory {
  return (
    memories.get(file)?.find((memory) => isScope(memory, scope)) ?? {
      accountId: scope.accountId,
      organizationId: scope.organizationId,
    }
  );
}

export function remember(memories: PromptFileMemories, file: string, memory: PromptFileMemory): PromptFileMemories {
  const others = (memories.get(file) ?? []).filter((known) => !isScope(known, memory));
  const next = new Map(memories);
  next.delete(file);
  next.set(file, [...others, memory]);
  return new Map(newestWithin([...next].slice(-MAX_FILES), STORED_BYTES.promptFiles));
}

export function forget(memories: PromptFileMemories, file: string): PromptFileMemories {
  return new Map([...memories].filter(([key]) => key !== file));
}

/** The path of a file after a rename of the file or of a folder above it. */
export function renamed(file: string, from: string, to: string): string {
  return file === from || file.startsWith(`${from}/`) ? to + file.slice(from.length) : file;
}

export function withRename(memories: PromptFileMemories, from: string, to: string): PromptFileMemories {
  const moved = [...memories.keys()].filter((file) => renamed(file, from, to) !== file);
  if (moved.length === 0) return memories;
  // An entry at the new path is replaced, as the file was.
  const next = new Map(memories);
  for (const file of moved) next.delete(file);
  for (const file of moved) next.set(renamed(file, from, to), memories.get(file) ?? []);
  return next;
}

export function storedForm(memories: PromptFileMemories): unknown {
  return Object.fromEntries(memories);
}

/** Reads what {@link storedForm} wrote. Ignores what is older or damaged and cannot be read, and keeps the rest. */
export function parseMemories(stored: unknown): PromptFileMemories {
  if (!isRecord(stored)) return new Map();
  return new Map(
    Object.entries(stored).map(([file, list]) => [
      file,
      (Array.isArray(list) ? (list as unknown[]) : []).flatMap((entry) => parseMemory(entry) ?? []),
    ]),
  );
}

function parseMemory(entry: unknown): PromptFileMemory | undefined {
  if (!isRecord(entry) || typeof entry.accountId !== 'string' || typeof entry.organizationId !== 'string')
    return undefined;
  const { chosenAgent: chosen, chosenProject, task } = entry;
  const insteadOf = isRecord(chosen) ? chosen.insteadOf : undefined;
  return {
    accountId: entry.accountId,
    organizationId: entry.organizationId,
    ...(isRecord(chosen) && typeof chosen.agentId === 'number'
      ? {
          chosenAgent: {
            agentId: chosen.agentId,
            ...(typeof insteadOf === 'string' || typeof insteadOf === 'number' ? { insteadOf } : {}),
          },
        }
      : {}),
    ...(typeof chosenProject === 'string' ? { chosenProject } : {}),
    ...(entry.wasOffered === true ? { wasOffered: true } : {}),
    ...(isDeployedTask(task) ? { task } : {}),
  };
}

function isDeployedTask(value: unknown): value is DeployedTask {
  return (
    isRecord(value) &&
    typeof value.taskId === 'number' &&
    typeof value.agentId === 'number' &&
    [value.project, value.taskName, value.promptHash].every((text) => typeof text === 'string') &&
    (value.tidyHash === undefined || typeof value.tidyHash === 'string') &&
    (value.deploymentId === undefined || typeof value.deploymentId === 'string')
  );
}

function isScope(memory: PromptFileMemory, scope: Pick<PromptFileMemory, 'accountId' | 'organizationId'>): boolean {
  return memory.accountId === scope.accountId && memory.organizationId === scope.organizationId;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
