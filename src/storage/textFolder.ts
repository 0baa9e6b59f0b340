import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { UNFINISHED, writeAtomically } from './atomicFile';

const EXTENSION = '.json';
const BROKEN = '.broken';
/** How many broken files of one name we keep. The last one is then replaced. */
const MAX_BROKEN = 20;
/** We write no longer file, so we read none. */
const MAX_BYTES = 64_000_000;

/** How much of a text the reader understood. */
type Parse = (name: string, text: string) => 'whole' | 'partly' | 'refused';

/** Writes a text, or removes the file if the text is undefined. Several callers can wait for it. */
class Job {
  private settle: { resolve(): void; reject(reason: unknown): void } | undefined;
  readonly done = new Promise<void>((resolve, reject) => {
    this.settle = { resolve, reject };
  });

  constructor(public text: string | undefined) {}

  async run(file: string): Promise<void> {
    try {
      if (this.text === undefined) await rm(file, { force: true });
      else await writeAtomically(file, this.text);
      this.settle?.resolve();
    } catch (error) {
      this.settle?.reject(error);
    }
  }
}

/**
 * A folder with one small text file for each name. It replaces a file as a whole. Writes of one name run one after the
 * other. If a newer text comes before a write begins, only the newer one is written.
 */
export class TextFolder {
  /** The names that are being written, each with its next job. */
  private readonly underWay = new Map<string, { next?: Job | undefined }>();
  private readonly working = new Set<Promise<void>>();

  constructor(
    readonly folder: string,
    private readonly problem: (message: string) => void,
  ) {}

  /**
   * Passes every text to `parse`, oldest first. `parse` says how much of it it understood. A file that it refuses is
   * renamed to `.broken` and reported. From a file that it understands in part, we keep a copy.
   */
  async readAll(parse: Parse): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const files = await readdir(this.folder);
    for (const file of files.filter((name) => name.endsWith(UNFINISHED)))
      await rm(path.join(this.folder, file), { force: true });
    for (const file of await this.oldestFirst(files.filter((name) => name.endsWith(EXTENSION))))
      await this.readOne(file, parse);
  }

  /** Resolves when this text, or a newer one of the same name, is on the disk. Rejects if it cannot be written. */
  write(name: string, text: string): Promise<void> {
    return this.put(name, text);
  }

  async forget(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.put(name, undefined)));
  }

  /** Resolves when no write is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.working);
  }

  private put(name: string, text: string | undefined): Promise<void> {
    const queue = this.underWay.get(name);
    if (queue?.next) {
      queue.next.text = text;
      return queue.next.done;
    }
    const job = new Job(text);
    if (queue) queue.next = job;
    else this.begin(name, job);
    return job.done;
  }

  private begin(name: string, first: Job): void {
    const queue: { next?: Job | undefined } = {};
    this.underWay.set(name, queue);
    const working = (async () => {
      for (let job: Job | undefined = first; job; job = queue.next) {
        queue.next = undefined;
        await job.run(this.pathOf(name));
      }
      this.underWay.delete(name);
    })().finally(() => this.working.delete(working));
    this.working.add(working);
  }

  private async readOne(file: string, parse: Parse): Promise<void> {
    const from = path.join(this.folder, file);
    try {
      const isTooLong = (await stat(from)).size > MAX_BYTES;
      const text = isTooLong ? '' : await readFile(from, 'utf8');
      const parsed = isTooLong ? 'refused' : parse(file.slice(0, -EXTENSION.length), text);
      if (parsed === 'refused') await this.setAside(from);
      else if (parsed === 'partly') await this.keepCopy(from, text);
    } catch (error) {
      this.problem(`${from} could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async setAside(from: string): Promise<void> {
    const to = await this.brokenName(from);
    await rename(from, to);
    this.problem(`${from} cannot be understood. It was renamed to ${to}.`);
  }

  private async keepCopy(from: string, text: string): Promise<void> {
    const to = await this.brokenName(from);
    await writeAtomically(to, text);
    this.problem(`Parts of ${from} cannot be understood. A copy of the file was saved as ${to}.`);
  }

  private async brokenName(from: string): Promise<string> {
    const existing = new Set(await readdir(this.folder));
    for (let number = 1; ; number++) {
      const to = `${from}${number === 1 ? '' : `.${String(number)}`}${BROKEN}`;
      if (number === MAX_BROKEN || !existing.has(path.basename(to))) return to;
    }
  }

  private async oldestFirst(files: readonly string[]): Promise<readonly string[]> {
    const dated = await Promise.all(
      files.map(async (file) => ({ file, at: (await stat(path.join(this.folder, file))).mtimeMs })),
    );
    return dated.sort((a, b) => a.at - b.at).map(({ file }) => file);
  }

  private pathOf(name: string): string {
    return path.join(this.folder, name + EXTENSION);
  }
}
