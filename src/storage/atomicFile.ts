import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends the name of a file that is being written. One that is found was left by a process that was killed. */
export const UNFINISHED = '.tmp';

/** On Windows a virus scanner or an indexer holds a file for a moment: the rename is tried again after these waits. */
const RENAME_WAITS_MS = [20, 60, 150, 400, 1_000];
const IN_THE_WAY = new Set(['EPERM', 'EACCES', 'EBUSY']);

/**
 * Replaces a file as a whole: whoever reads it, also after a crash or a power cut, finds the old text or the new one.
 * When this resolves, the new text is on the disk. Nobody else on this machine can read it.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
  try {
    await writeThrough(unfinished, text);
    await renameOver(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (const waitMs of [...RENAME_WAITS_MS, undefined]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (waitMs === undefined || process.platform !== 'win32' || !IN_THE_WAY.has(codeOf(error))) throw error;
      await sleep(waitMs);
    }
  }
}

/** A rename outlives a power cut once its folder is on the disk. Windows opens no folders, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Some file systems sync no folders. The text itself is on the disk.
  } finally {
    await handle?.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
