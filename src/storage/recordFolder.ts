import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { UNFINISHED, writeAtomically } from './atomicFile';

const EXTENSION = '.json';
const BROKEN = '.broken';
/** So many broken files of one name are kept. */
const MOST_BROKEN = 20;
/** No record of ours is longer. What is longer is not read into memory. */
const LONGEST_BYTES = 64_000_000;

/** A text to be written, or undefined for a file to be removed, and who waits for it. */
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
 * A folder of small text files, one per name, each replaced as a whole. Writes of one name follow each other, and one
 * that is overtaken by a newer text before it begins is left out.
 */
export class RecordFolder {
  /** The names that are being written, each with what is written next. */
  private readonly underWay = new Map<string, { next?: Job | undefined }>();
  private readonly working = new Set<Promise<void>>();

  constructor(
    readonly folder: string,
    private readonly problem: (message: string) => void,
  ) {}

  /**
   * Hands every record to `take`. One that `take` refuses, or that cannot be read, is kept beside as `.broken` and
   * reported.
   * `take` says `whole` when it understood all of it, `partly` when it left something out: then a copy is kept.
   */
  async readAll(take: (name: string, text: string) => 'whole' | 'partly' | 'refused'): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const files = await readdir(this.folder);
    for (const file of files.filter((name) => name.endsWith(UNFINISHED)))
      await rm(path.join(this.folder, file), { force: true });
    for (const file of await this.oldestFirst(files.filter((name) => name.endsWith(EXTENSION))))
      await this.readOne(file, take);
  }

  /** Resolves when this text, or a newer one of the same name, is on the disk. Rejects when it could not be written. */
  write(name: string, text: string): Promise<void> {
    return this.put(name, text);
  }

  async forget(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.put(name, undefined)));
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.working);
  }

  private put(name: string, text: string | undefined): Promise<void> {
    const line = this.underWay.get(name);
    if (line?.next) {
      line.next.text = text;
      return line.next.done;
    }
    const job = new Job(text);
    if (line) line.next = job;
    else this.begin(name, job);
    return job.done;
  }

  private begin(name: string, first: Job): void {
    const line: { next?: Job | undefined } = {};
    this.underWay.set(name, line);
    const working = (async () => {
      for (let job: Job | undefined = first; job; job = line.next) {
        line.next = undefined;
        await job.run(this.pathOf(name));
      }
      this.underWay.delete(name);
    })().finally(() => this.working.delete(working));
    this.working.add(working);
  }

  private async readOne(
    file: string,
    take: (name: string, text: string) => 'whole' | 'partly' | 'refused',
  ): Promise<void> {
    const from = path.join(this.folder, file);
    try {
      const isTooLong = (await stat(from)).size > LONGEST_BYTES;
      const text = isTooLong ? '' : await readFile(from, 'utf8');
      const taken = isTooLong ? 'refused' : take(file.slice(0, -EXTENSION.length), text);
      if (taken === 'refused') await this.setAside(from);
      else if (taken === 'partly') await this.keepCopy(from, text);
    } catch (error) {
      this.problem(`${from} could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async setAside(from: string): Promise<void> {
    const to = await this.brokenName(from);
    await rename(from, to);
    this.problem(`${from} cannot be understood. It is kept as ${to}.`);
  }

  private async keepCopy(from: string, text: string): Promise<void> {
    const to = await this.brokenName(from);
    await writeAtomically(to, text);
    this.problem(`${from} could be understood in part only. The whole file is kept as ${to}.`);
  }

  private async brokenName(from: string): Promise<string> {
    const taken = new Set(await readdir(this.folder));
    for (let number = 1; ; number++) {
      const to = `${from}${number === 1 ? '' : `.${String(number)}`}${BROKEN}`;
      if (number === MOST_BROKEN || !taken.has(path.basename(to))) return to;
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
