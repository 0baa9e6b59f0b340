import { mkdir, readdir, realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeHold, type Hold } from './hold';

/** A reload starts the new extension host while the old one ends: its folder is waited for. */
const PATIENCE_MS = 5_000;
const ASK_EVERY_MS = 50;
/** A folder that was used a moment ago may belong to a window that is being reloaded. */
const LEFT_ALONE_MS = 60_000;
const MOST_FOLDERS = 1_000;

/** A folder that belongs to this window alone. */
export interface WindowFolder {
  readonly folder: string;
  /** Its name below the root: what to ask for the next time. */
  readonly name: string;
  release(): Promise<void>;
}

/**
 * Takes a folder below `root` that no other window has. Usually that is folder `1`. There are more because two windows
 * can share a root: two windows without a workspace, or two browser tabs with the same one.
 * @param wanted the folder that this window had before. It is waited for.
 */
export async function takeWindowFolder(
  root: string,
  wanted: string | undefined,
  patienceMs = PATIENCE_MS,
): Promise<WindowFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  try {
    return await firstFree(root, wanted, patienceMs);
  } catch {
    // A system without local sockets. Nothing can be held there, and two windows on one root are rare.
    const name = wanted ?? '1';
    return { folder: path.join(root, name), name, release: () => Promise.resolve() };
  }
}

async function firstFree(root: string, wanted: string | undefined, patienceMs: number): Promise<WindowFolder> {
  if (wanted !== undefined && isName(wanted)) {
    const until = performance.now() + patienceMs;
    do {
      const taken = await take(root, wanted);
      if (taken) return taken;
      await sleep(ASK_EVERY_MS);
    } while (performance.now() < until);
  }
  for (let number = 1; number <= MOST_FOLDERS; number++) {
    const taken = await take(root, String(number));
    if (taken) return taken;
  }
  throw new Error('Every folder belongs to another window.');
}

/** Takes the folders below `root` that no window has any more. */
export async function takeLeftFolders(root: string, now = Date.now()): Promise<readonly WindowFolder[]> {
  const taken: WindowFolder[] = [];
  for (const name of await readdir(root)) {
    if (!isName(name) || now - (await lastUsed(path.join(root, name))) < LEFT_ALONE_MS) continue;
    const folder = await take(root, name);
    if (folder) taken.push(folder);
  }
  return taken;
}

async function take(root: string, name: string): Promise<WindowFolder | undefined> {
  const hold: Hold | undefined = await takeHold(`${await realpath(root)}${path.sep}${name}`);
  return hold && { folder: path.join(root, name), name, release: () => hold.release() };
}

async function lastUsed(folder: string): Promise<number> {
  return (await stat(folder)).mtimeMs;
}

const isName = (name: string): boolean => /^[1-9]\d{0,3}$/.test(name);
