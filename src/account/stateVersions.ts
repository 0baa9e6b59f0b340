import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A state that was read, and what the next commit needs to know. */
export interface StateVersion {
  /** The highest version in the folder. The next commit is one higher. */
  readonly number: number;
  /** Undefined: no version can be read. */
  readonly state?: unknown;
  /** The IDs of the commits that led here, newest last. */
  readonly commits: readonly string[];
}

/** The new version. `overtaken`: another process was first. `unwritable`: the disk refuses. Both: nothing was written. */
export type CommitOutcome = StateVersion | 'overtaken' | 'unwritable';

/** How many versions stay. After a power cut the newest one can be incomplete. */
const KEPT = 8;
/** How many commits a version remembers. A process looks for its own commit in versions that others made later. */
const MAX_COMMITS = 200;
const FILE = 'state.json';
/** On Windows a virus scanner can block a new file for a moment. */
const RENAME_TRIES = 4;

/**
 * A JSON state that several processes change without a lock. Each version is a folder with the next number. A process
 * makes the folder under another name and renames it. The rename succeeds for one process only. The others read the new
 * version and try again.
 * No process waits for another, so a crashed one blocks nobody. No step depends on a clock (docs/decisions/023).
 */
export class StateVersions {
  constructor(private readonly folder: string) {}

  /** The highest version number. 0: there is none. */
  async number(): Promise<number> {
    return Math.max(0, ...(await this.numbers()));
  }

  /** The newest version that is complete. */
  async newest(): Promise<StateVersion> {
    for (;;) {
      const numbers = (await this.numbers()).sort((a, b) => b - a);
      const [number = 0] = numbers;
      for (const candidate of numbers) {
        const version = parseVersion(await this.textOf(candidate));
        if (version) return { number, ...version };
      }
      // Other processes may have added versions and removed old ones while we read.
      if ((await this.number()) === number) return { number, commits: [] };
    }
  }

  /** Writes the version after `base`, complete or not at all. */
  async commit(base: StateVersion, state: unknown): Promise<CommitOutcome> {
    const id = randomUUID();
    const unfinished = path.join(this.folder, `new-${String(process.pid)}-${id}`);
    const next = { number: base.number + 1, state, commits: [...base.commits, id].slice(-MAX_COMMITS) };
    const target = this.folderOf(next.number);
    try {
      await mkdir(unfinished, { recursive: true });
      await writeFile(path.join(unfinished, FILE), JSON.stringify({ commits: next.commits, state }));
      if (!(await renameInto(unfinished, target))) {
        await remove(unfinished);
        return 'overtaken';
      }
    } catch {
      await remove(unfinished);
      return 'unwritable';
    }
    // A process that slept for long can find the number after `base` free again, because old versions are removed. So
    // look for our commit in newer ones.
    const newest = await this.newest();
    if (newest.number !== next.number && !newest.commits.includes(id)) {
      await remove(target);
      return 'overtaken';
    }
    for (const number of await this.numbers()) {
      if (number <= newest.number - KEPT) await remove(this.folderOf(number));
    }
    return next;
  }

  /** Removes unfinished folders of crashed processes. */
  async cleanUp(): Promise<void> {
    for (const name of await this.names()) {
      const pid = Number(/^new-(\d+)-/.exec(name)?.[1]);
      if (pid > 0 && pid !== process.pid && !isAlive(pid)) await remove(path.join(this.folder, name));
    }
  }

  private async numbers(): Promise<number[]> {
    return (await this.names()).filter((name) => /^[1-9]\d{0,14}$/.test(name)).map(Number);
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch {
      return [];
    }
  }

  private async textOf(number: number): Promise<string> {
    try {
      return await readFile(path.join(this.folderOf(number), FILE), 'utf8');
    } catch {
      return '';
    }
  }

  private folderOf(number: number): string {
    return path.join(this.folder, String(number));
  }
}

function parseVersion(text: string): Pick<StateVersion, 'state' | 'commits'> | undefined {
  try {
    const { state, commits } = JSON.parse(text) as Record<string, unknown>;
    if (state === undefined || !Array.isArray(commits)) return undefined;
    return { state, commits: commits.filter((id) => typeof id === 'string') };
  } catch {
    return undefined;
  }
}

/** False: the target already exists. */
async function renameInto(folder: string, target: string): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      // On every system this fails where the target is a folder with a file.
      await rename(folder, target);
      return true;
    } catch (error) {
      if (await exists(target)) return false;
      if (tries === RENAME_TRIES) throw error;
      await sleep(10 * tries);
    }
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function remove(file: string): Promise<void> {
  await rm(file, { recursive: true, force: true }).catch(() => undefined);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
