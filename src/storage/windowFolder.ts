import { mkdir, readdir, realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from './lock';

/** A reload starts the new extension host before the old one ends. So we wait this long for its folder. */
const PATIENCE_MS = 5_000;
const TRY_EVERY_MS = 50;
/** A folder that was used this recently can belong to a window that is reloading. */
const RECENTLY_MS = 60_000;
const MAX_FOLDERS = 1_000;

/** A folder that only this window uses. */
export interface WindowFolder {
  readonly folder: string;
  /** Its name below the root. The window asks for the same folder the next time. */
  readonly name: string;
  release(): Promise<void>;
}

/**
 * Locks a folder below `root` that no other window uses. Usually that is folder `1`. There are more because two windows
 * can share a root: two windows without a workspace, or two browser tabs with the same workspace.
 * @param wanted the folder that this window used before. Waits until it is free.
 */
export async function lockWindowFolder(
  root: string,
  wanted: string | undefined,
  patienceMs = PATIENCE_MS,
): Promise<WindowFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  try {
    return await firstFree(root, wanted, patienceMs);
  } catch {
    // A system without local sockets has no locks. Two windows that share a root are rare.
    const name = wanted ?? '1';
    return { folder: path.join(root, name), name, release: () => Promise.resolve() };
  }
}

async function firstFree(root: string, wanted: string | undefined, patienceMs: number): Promise<WindowFolder> {
  if (wanted !== undefined && isName(wanted)) {
    const until = performance.now() + patienceMs;
    do {
      const locked = await lockFolder(root, wanted);
      if (locked) return locked;
      await sleep(TRY_EVERY_MS);
    } while (performance.now() < until);
  }
  for (let number = 1; number <= MAX_FOLDERS; number++) {
    const locked = await lockFolder(root, String(number));
    if (locked) return locked;
  }
  throw new Error('Every folder belongs to another window.');
}

/** Locks the folders below `root` that no window uses any more. */
export async function lockLeftFolders(root: string, now = Date.now()): Promise<readonly WindowFolder[]> {
  const locked: WindowFolder[] = [];
  for (const name of await readdir(root)) {
    if (!isName(name) || now - (await lastUsed(path.join(root, name))) < RECENTLY_MS) continue;
    const folder = await lockFolder(root, name);
    if (folder) locked.push(folder);
  }
  return locked;
}

async function lockFolder(root: string, name: string): Promise<WindowFolder | undefined> {
  const locked = await lock(`${await realpath(root)}${path.sep}${name}`);
  return locked && { folder: path.join(root, name), name, release: () => locked.release() };
}

async function lastUsed(folder: string): Promise<number> {
  return (await stat(folder)).mtimeMs;
}

const isName = (name: string): boolean => /^[1-9]\d{0,3}$/.test(name);
