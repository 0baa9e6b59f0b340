import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Memento } from 'vscode';
import { field } from '../../core/base/json';
import { formatKept, joined, type Kept } from '../../core/conversation/queue/kept';
import { fromLegacy, isLegacyKey } from '../../core/stored/legacyState';
import { parseKept } from '../../core/stored/savedInput';
import { interrupted } from '../../core/conversation/queue/outbox';
import { writeAtomically } from '../../storage/atomicFile';
import { describeWriteError } from '../../storage/describeWriteError';
import { lock } from '../../storage/lock';
import { TextFolder } from '../../storage/textFolder';
import { lockLeftFolders, lockWindowFolder, type WindowFolder } from '../../storage/windowFolder';

/** Under this key a window without a workspace finds its folder again. */
const FOLDER = 'quantAgents.conversationFolder';
/**
 * What was moved out of mementos, by hash. VS Code deletes from a memento with a delay: after a crash a prompt that was
 * sent must not come back.
 */
const MOVED = 'moved.list';
const MOVING_TRIES = 100;
const MOVING_WAIT_MS = 50;

export interface KeptPlace {
  /** Where version 0.1.0 kept all this. */
  readonly memento: Memento;
  /** Where this window makes its folder. */
  readonly root: string;
  /** All windows without a workspace have one root. */
  readonly isShared: boolean;
  readonly log: (message: string) => void;
}

export interface ReadKept {
  readonly conversations: ReadonlyMap<string, Kept>;
  /** Missing: nothing can be written, because of `problem`. */
  readonly files?: { readonly records: TextFolder; readonly window: WindowFolder };
  readonly problem?: string;
}

/** The name of the file of a conversation. Ids come from a server: one can be anything. */
export function recordName(deploymentId: string): string {
  return createHash('sha256').update(deploymentId).digest('hex').slice(0, 32);
}

/**
 * Takes a folder for this window and reads it, together with what windows that are gone left and what version 0.1.0
 * kept in the memento. Never rejects. Where no folder can be used, the conversations are those of the memento, which
 * stays as it is.
 */
export async function readKept(place: KeptPlace): Promise<ReadKept> {
  const conversations = new Map<string, Kept>();
  try {
    const window = await lockWindowFolder(place.root, wantedFolder(place));
    if (place.isShared) void place.memento.update(FOLDER, window.name);
    const records = new TextFolder(window.folder, place.log);
    await readInto(conversations, records);
    await takeOverLeftFolders(place, conversations, records);
    await moveFromMemento(place, conversations, records);
    return { conversations, files: { records, window } };
  } catch (error) {
    place.log(`The folder for drafts and prompts cannot be used: ${String(error)}`);
    for (const key of place.memento.keys().filter(isLegacyKey))
      add(conversations, fromLegacy(key, place.memento.get<unknown>(key)));
    return { conversations, problem: describeWriteError(error) };
  }
}

function wantedFolder({ memento, isShared }: KeptPlace): string | undefined {
  if (!isShared) return '1';
  const name = memento.get<unknown>(FOLDER);
  return typeof name === 'string' ? name : undefined;
}

/** The ids of the conversations that were read. */
async function readInto(conversations: Map<string, Kept>, records: TextFolder): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  await records.readAll((name, text) => {
    const parsed = parseKept(text);
    if (!parsed || recordName(parsed.kept.deploymentId) !== name) return 'refused';
    add(conversations, parsed.kept);
    read.add(parsed.kept.deploymentId);
    return parsed.isWhole ? 'whole' : 'partly';
  });
  return read;
}

function add(conversations: Map<string, Kept>, found: Kept | undefined): void {
  if (!found) return;
  // Nobody is left to hear what the server answered to what was on its way.
  const kept = { ...found, outbox: interrupted(found.outbox) };
  const ours = conversations.get(kept.deploymentId);
  conversations.set(kept.deploymentId, ours ? joined(ours, kept) : kept);
}

/** A window that was closed for good left them. */
async function takeOverLeftFolders(
  { root, log }: KeptPlace,
  conversations: Map<string, Kept>,
  records: TextFolder,
): Promise<void> {
  for (const left of await lockLeftFolders(root).catch(() => [])) {
    const theirs = new TextFolder(left.folder, log);
    const read = await readInto(conversations, theirs);
    // Here first: a crash in between leaves them in both, and they are joined again.
    await writeAll(conversations, read, records);
    await theirs.forget([...read].map(recordName));
    await left.release();
  }
}

async function moveFromMemento(
  { memento, root }: KeptPlace,
  conversations: Map<string, Kept>,
  records: TextFolder,
): Promise<void> {
  const keys = memento.keys().filter(isLegacyKey);
  if (keys.length === 0) return;
  const moving = await lockMoving(root);
  try {
    const list = path.join(root, MOVED);
    const before = await readMoved(list);
    const found = keys.map((key) => ({
      hash: hashOf(key, memento.get<unknown>(key)),
      kept: fromLegacy(key, memento.get<unknown>(key)),
    }));
    const changed = new Set<string>();
    for (const { hash, kept } of found) {
      if (!kept || before.has(hash)) continue;
      add(conversations, kept);
      changed.add(kept.deploymentId);
    }
    await writeAll(conversations, changed, records);
    await writeAtomically(list, JSON.stringify({ moved: [...before, ...found.map(({ hash }) => hash)] }));
    for (const key of keys) void memento.update(key, undefined);
  } finally {
    await moving?.release();
  }
}

/** Two browser tabs with one workspace have one memento. */
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
  conversations: ReadonlyMap<string, Kept>,
  ids: ReadonlySet<string>,
  records: TextFolder,
): Promise<void> {
  await Promise.all(
    [...ids].map(async (id) => {
      const kept = conversations.get(id);
      if (kept) await records.write(recordName(id), formatKept(kept));
    }),
  );
}

function hashOf(key: string, value: unknown): string {
  // Undefined for undefined, whatever its type says.
  const json = JSON.stringify(value) as string | undefined;
  return createHash('sha256')
    .update(key)
    .update('\0')
    .update(json ?? '')
    .digest('hex');
}
