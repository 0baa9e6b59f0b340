import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A state as it was read, with what a later commit needs to know. */
export interface StateVersion {
  /** The highest version in the folder. The next commit is one higher. */
  readonly number: number;
  /** Undefined where no version can be read. */
  readonly state?: unknown;
  /** The commits that led here, the latest last. */
  readonly commits: readonly string[];
}

/** The new version. `overtaken`: another process was first, so nothing was written. `unwritable`: the disk refuses. */
export type CommitOutcome = StateVersion | 'overtaken' | 'unwritable';

/** Older versions stay for a while: after a power cut the newest may be torn. */
const KEPT = 8;
/** Enough to find a commit again that others have built on. */
const MOST_COMMITS = 200;
const FILE = 'state.json';
/** On Windows a virus scanner can hold a new file for a moment. */
const RENAME_TRIES = 4;

/**
 * A JSON state that several processes change, without a lock. Each version is a folder with the next number. A folder
 * is renamed into place, which succeeds for one process only. Whoever comes second reads the new version and tries
 * again.
 * No process waits for another one, so a crashed one blocks nobody. No clock is asked (docs/decisions/023).
 */
export class StateVersions {
  constructor(private readonly folder: string) {}

  /** The highest version number. 0 where there is none. */
  async number(): Promise<number> {
    return Math.max(0, ...(await this.numbers()));
  }

  /** The newest version that is whole. */
  async newest(): Promise<StateVersion> {
    for (;;) {
      const numbers = (await this.numbers()).sort((a, b) => b - a);
      const [number = 0] = numbers;
      for (const candidate of numbers) {
        const version = parseVersion(await this.textOf(candidate));
        if (version) return { number, ...version };
      }
      // Others may have moved on and cleaned up while we read.
      if ((await this.number()) === number) return { number, commits: [] };
    }
  }

  /** Writes the version after `base`, whole or not at all. */
  async commit(base: StateVersion, state: unknown): Promise<CommitOutcome> {
    const id = randomUUID();
    const made = path.join(this.folder, `new-${String(process.pid)}-${id}`);
    const next = { number: base.number + 1, state, commits: [...base.commits, id].slice(-MOST_COMMITS) };
    const target = this.folderOf(next.number);
    try {
      await mkdir(made, { recursive: true });
      await writeFile(path.join(made, FILE), JSON.stringify({ commits: next.commits, state }));
      if (!(await moved(made, target))) {
        await removed(made);
        return 'overtaken';
      }
    } catch {
      await removed(made);
      return 'unwritable';
    }
    // A process that slept since it read `base` can find its number free again, because old versions are cleaned up.
    const newest = await this.newest();
    if (newest.number !== next.number && !newest.commits.includes(id)) {
      await removed(target);
      return 'overtaken';
    }
    for (const number of await this.numbers()) {
      if (number <= newest.number - KEPT) await removed(this.folderOf(number));
    }
    return next;
  }

  /** Removes what crashed processes left behind. */
  async cleanUp(): Promise<void> {
    for (const name of await this.names()) {
      const pid = Number(/^new-(\d+)-/.exec(name)?.[1]);
      if (pid > 0 && pid !== process.pid && !isAlive(pid)) await removed(path.join(this.folder, name));
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

/** False where the target is there already. */
async function moved(folder: string, target: string): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      // Never replaces a folder that holds a file, on any system.
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

async function removed(file: string): Promise<void> {
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
