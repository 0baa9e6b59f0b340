import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The end of the name of a file that is being written. A killed process leaves such a file behind. */
export const UNFINISHED = '.tmp';

/** On Windows a virus scanner or an indexer can block a file for a moment. We try the rename again after these waits. */
const RENAME_WAITS_MS = [20, 60, 150, 400, 1_000];
const BLOCKED = new Set(['EPERM', 'EACCES', 'EBUSY']);

/**
 * Replaces a file as a whole. A reader finds the old text or the new one, also after a crash or a power cut. When this
 * resolves, the new text is on the disk. Other users of this computer cannot read it.
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
      if (waitMs === undefined || process.platform !== 'win32' || !BLOCKED.has(codeOf(error))) throw error;
      await sleep(waitMs);
    }
  }
}

/** A rename survives a power cut only when its folder is on the disk, too. Windows cannot sync folders and need not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Some file systems cannot sync folders. The text itself is on the disk.
  } finally {
    await handle?.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
