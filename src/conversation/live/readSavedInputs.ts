import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Memento } from 'vscode';
import { field } from '../../core/base/json';
import { formatSavedInput, mergeInputs, type SavedInput } from '../../core/conversation/queue/savedInput';
import { inputFrom010, isKeyOf010 } from '../../core/stored/legacyState';
import { parseSavedInput } from '../../core/stored/savedInput';
import { afterRestart } from '../../core/conversation/queue/outbox';
import { writeAtomically } from '../../storage/atomicFile';
import { describeWriteError } from '../../storage/describeWriteError';
import { lock } from '../../storage/lock';
import { TextFolder } from '../../storage/textFolder';
import { lockLeftFolders, lockWindowFolder, type WindowFolder } from '../../storage/windowFolder';

/** The key under which a window without a workspace finds its folder again. */
const FOLDER = 'quantAgents.conversationFolder';
/**
 * Hashes of what was moved out of mementos. VS Code deletes from a memento with a delay. Without the hashes, a prompt
 * that was sent could come back after a crash.
 */
const MOVED = 'moved.list';
const MOVING_TRIES = 100;
const MOVING_WAIT_MS = 50;

export interface InputFolder {
  /** Where version 0.1.0 saved all this. */
  readonly memento: Memento;
  /** Where this window makes its folder. */
  readonly root: string;
  /** All windows without a workspace have one root. */
  readonly isShared: boolean;
  readonly log: (message: string) => void;
}

export interface ReadInputs {
  readonly conversations: ReadonlyMap<string, SavedInput>;
  /** Missing: nothing can be written, because of `problem`. */
  readonly files?: { readonly inputs: TextFolder; readonly window: WindowFolder };
  readonly problem?: string;
}

/** The name of a conversation's file. The ID is escaped, because it comes from a server and can be any text. */
export function inputFileName(deploymentId: string): string {
  return createHash('sha256').update(deploymentId).digest('hex').slice(0, 32);
}

/**
 * Locks a folder for this window and reads it. Adopts what closed windows left and what version 0.1.0 saved in the
 * memento. Never rejects. If no folder can be used, it reads the memento and leaves it unchanged.
 */
export async function readSavedInputs(folder: InputFolder): Promise<ReadInputs> {
  const conversations = new Map<string, SavedInput>();
  try {
    const window = await lockWindowFolder(folder.root, wantedFolder(folder));
    if (folder.isShared) void folder.memento.update(FOLDER, window.name);
    const inputs = new TextFolder(window.folder, folder.log);
    await readInto(conversations, inputs);
    await adoptLeftFolders(folder, conversations, inputs);
    await moveFromMemento(folder, conversations, inputs);
    return { conversations, files: { inputs: inputs, window } };
  } catch (error) {
    folder.log(`The folder for drafts and prompts cannot be used: ${String(error)}`);
    for (const key of folder.memento.keys().filter(isKeyOf010))
      merge(conversations, inputFrom010(key, folder.memento.get<unknown>(key)));
    return { conversations, problem: describeWriteError(error) };
  }
}

function wantedFolder({ memento, isShared }: InputFolder): string | undefined {
  if (!isShared) return '1';
  const name = memento.get<unknown>(FOLDER);
  return typeof name === 'string' ? name : undefined;
}

/** The ids of the conversations that were read. */
async function readInto(conversations: Map<string, SavedInput>, inputs: TextFolder): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  await inputs.readAll((name, text) => {
    const parsed = parseSavedInput(text);
    if (!parsed || inputFileName(parsed.input.deploymentId) !== name) return 'refused';
    merge(conversations, parsed.input);
    read.add(parsed.input.deploymentId);
    return parsed.isWhole ? 'whole' : 'partly';
  });
  return read;
}

function merge(conversations: Map<string, SavedInput>, found: SavedInput | undefined): void {
  if (!found) return;
  // The window that sent these prompts is gone, so nobody received the server's answer.
  const input = { ...found, outbox: afterRestart(found.outbox) };
  const ours = conversations.get(input.deploymentId);
  conversations.set(input.deploymentId, ours ? mergeInputs(ours, input) : input);
}

/** Moves what closed windows left into this window's folder. */
async function adoptLeftFolders(
  { root, log }: InputFolder,
  conversations: Map<string, SavedInput>,
  inputs: TextFolder,
): Promise<void> {
  for (const left of await lockLeftFolders(root).catch(() => [])) {
    const theirs = new TextFolder(left.folder, log);
    const read = await readInto(conversations, theirs);
    // Written here before it is deleted there. After a crash in between, both folders contain it, and it is merged
    // again.
    await writeAll(conversations, read, inputs);
    await theirs.forget([...read].map(inputFileName));
    await left.release();
  }
}

async function moveFromMemento(
  { memento, root }: InputFolder,
  conversations: Map<string, SavedInput>,
  inputs: TextFolder,
): Promise<void> {
  const keys = memento.keys().filter(isKeyOf010);
  if (keys.length === 0) return;
  const moving = await lockMoving(root);
  try {
    const list = path.join(root, MOVED);
    const before = await readMoved(list);
    const found = keys.map((key) => ({
      hash: hashOf(key, memento.get<unknown>(key)),
      input: inputFrom010(key, memento.get<unknown>(key)),
    }));
    const changed = new Set<string>();
    for (const { hash, input } of found) {
      if (!input || before.has(hash)) continue;
      merge(conversations, input);
      changed.add(input.deploymentId);
    }
    await writeAll(conversations, changed, inputs);
    await writeAtomically(list, JSON.stringify({ moved: [...before, ...found.map(({ hash }) => hash)] }));
    for (const key of keys) void memento.update(key, undefined);
  } finally {
    await moving?.release();
  }
}

/** Two browser tabs with one workspace share one memento. */
async function lockMoving(root: string): ReturnType<typeof lock> {
  for (let tries = 0; tries < MOVING_TRIES; tries++) {
    const locked = await lock(path.join(root, MOVED));
    if (locked) return locked;
    await sleep(MOVING_WAIT_MS);
  }
  return undefined;
}

async function readMoved(list: string): Promise<ReadonlySet<string>> {
  try {
    const moved = field(JSON.parse(await readFile(list, 'utf8')) as unknown, 'moved');
    return new Set(Array.isArray(moved) ? moved.filter((hash): hash is string => typeof hash === 'string') : []);
  } catch {
    return new Set();
  }
}

async function writeAll(
  conversations: ReadonlyMap<string, SavedInput>,
  ids: ReadonlySet<string>,
  inputs: TextFolder,
): Promise<void> {
  await Promise.all(
    [...ids].map(async (id) => {
      const input = conversations.get(id);
      if (input) await inputs.write(inputFileName(id), formatSavedInput(input));
    }),
  );
}

function hashOf(key: string, value: unknown): string {
  // `JSON.stringify` returns undefined for undefined, although its type says otherwise.
  const json = JSON.stringify(value) as string | undefined;
  return createHash('sha256')
    .update(key)
    .update('\0')
    .update(json ?? '')
    .digest('hex');
}
