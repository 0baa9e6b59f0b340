import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AxiosAdapter } from 'axios';
import type { WallClock } from '../core/clock';
import type { SandboxEngine } from '../sandbox/engine';

/** Long enough to see that something was asked, short enough not to wait for it. */
const LATENCY_MS = 60;

/**
 * The sandbox inside the extension: no port, no network. Its state is a file in the extension's own storage, so that it outlives a window
 * reload and two windows see the same cloud.
 */
export class SandboxCloud {
  private opening: Promise<{ readonly adapter: AxiosAdapter; readonly baseUrl: string }> | undefined;

  /** @param storage folder of the extension's own; made on first use. */
  constructor(private readonly storage: string, private readonly clock: WallClock) {}

  open(): Promise<{ readonly adapter: AxiosAdapter; readonly baseUrl: string }> {
    this.opening ??= this.build();
    return this.opening;
  }

  private async build(): Promise<{ readonly adapter: AxiosAdapter; readonly baseUrl: string }> {
    const [{ SandboxEngine }, { createSandboxAdapter }, { SANDBOX_BASE_URL }] = await Promise.all([
      import('../sandbox/engine'), import('../sandbox/sandboxAdapter'), import('../sandbox/credentials'),
    ]);
    const file = new StateFile(path.join(this.storage, 'sandbox.json'));
    const engineFrom = (stored: string | undefined): SandboxEngine => new SandboxEngine({
      clock: this.clock,
      ...(stored === undefined ? {} : { state: parsed(stored) }),
      onChange: (state) => void file.write(JSON.stringify(state)),
    });
    let engine = engineFrom(await file.changedText());
    // What was seeded just now is kept too: its running deployment goes on after a reload instead of beginning again.
    await file.write(JSON.stringify(engine.state));
    const adapter: AxiosAdapter = async (config) => {
      const changed = await file.changedText();
      if (changed !== undefined) engine = engineFrom(changed);
      return createSandboxAdapter(engine, { latencyMs: LATENCY_MS })(config);
    };
    return { adapter, baseUrl: SANDBOX_BASE_URL };
  }
}

/** A text file that other windows write too: knows what this one has read or written last. */
class StateFile {
  private seenMtimeMs = -1;
  private text = '';
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly file: string) {}

  /** The text if somebody else has written it since; undefined otherwise, or where there is no file. */
  async changedText(): Promise<string | undefined> {
    await this.writing;
    try {
      const { mtimeMs } = await stat(this.file);
      if (mtimeMs === this.seenMtimeMs) return undefined;
      const text = await readFile(this.file, 'utf8');
      this.seenMtimeMs = mtimeMs;
      this.text = text;
      return text;
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all: written beside the file and then moved over it. */
  write(text: string): Promise<void> {
    this.writing = this.writing.then(async () => {
      if (text === this.text) return;
      await mkdir(path.dirname(this.file), { recursive: true });
      const temporary = `${this.file}.${String(process.pid)}`;
      await writeFile(temporary, text);
      await rename(temporary, this.file);
      this.text = text;
      this.seenMtimeMs = (await stat(this.file)).mtimeMs;
    }).catch(() => undefined); // Without a writable disk the sandbox still works; it starts afresh after a reload.
    return this.writing;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
