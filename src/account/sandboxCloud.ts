import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AxiosAdapter } from 'axios';
import type { Clock } from '../core/base/clock';
import type { SandboxEngine, SandboxRequest, SandboxResponse } from '../sandbox/engine';
import { StateVersions, type StateVersion } from './stateVersions';

/** Long enough to see that a request is made, short enough not to wait for it. */
const LATENCY_MS = 60;
/** A try fails when another window was first. */
const MAX_TRIES = 200;

/** What a client needs to talk to the sandbox. */
export interface OpenSandbox {
  readonly adapter: AxiosAdapter;
  readonly baseUrl: string;
}

/**
 * The sandbox inside the extension, without a port or network. It saves its state in the extension's storage. So the
 * state survives a reload, and all windows share one cloud.
 */
export class SandboxCloud {
  private opening: Promise<OpenSandbox> | undefined;

  /** @param storage the extension's storage folder. It is created on first use. */
  constructor(
    private readonly storage: string,
    private readonly clock: Clock,
  ) {}

  open(): Promise<OpenSandbox> {
    this.opening ??= this.build();
    return this.opening;
  }

  private async build(): Promise<OpenSandbox> {
    const [{ SandboxEngine }, { createSandboxAdapter }, { SANDBOX_BASE_URL }] = await Promise.all([
      import('../sandbox/engine'),
      import('../sandbox/sandboxAdapter'),
      import('../sandbox/credentials'),
    ]);
    const versions = new StateVersions(path.join(this.storage, 'sandbox'));
    const cloud = new SharedCloud(versions, {
      engine: (state) => new SandboxEngine({ clock: this.clock, ...(state === undefined ? {} : { state }) }),
      firstState: () => readJson(path.join(this.storage, 'sandbox.json')),
    });
    await versions.cleanUp();
    await cloud.saveFirst();
    return { adapter: createSandboxAdapter(cloud, { latencyMs: LATENCY_MS }), baseUrl: SANDBOX_BASE_URL };
  }
}

interface SharedCloudOptions {
  /** An engine that continues from this state. Undefined: from a new one. */
  readonly engine: (state: unknown) => SandboxEngine;
  /** The state to start from where no version is saved: the one of version 0.1.0, if there is one. */
  readonly firstState: () => Promise<unknown>;
}

/** One cloud for all windows. A request runs on the newest saved state. It runs again if another window was first. */
class SharedCloud {
  /** The engine of the newest state that this window knows. */
  private known: { readonly engine: SandboxEngine; readonly version: StateVersion } | undefined;
  /** The last request. The next one waits for it. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly versions: StateVersions,
    private readonly options: SharedCloudOptions,
  ) {}

  handle(request: SandboxRequest): Promise<SandboxResponse> {
    return this.inOrder(() => this.runOnNewest((engine) => engine.handle(request)));
  }

  /** Saves the first state. Otherwise its running deployment would start again after a reload. */
  saveFirst(): Promise<void> {
    return this.inOrder(async () => {
      const { version, engine } = await this.current();
      if (version.number === 0) await this.commit(version, engine);
    });
  }

  private async runOnNewest<T>(work: (engine: SandboxEngine) => T): Promise<T> {
    for (let tries = 1; ; tries++) {
      const { engine, version } = await this.current();
      const before = engine.state;
      let result: T;
      try {
        result = work(engine);
      } catch (error) {
        this.known = undefined;
        throw error;
      }
      if (engine.state === before || (await this.commit(version, engine))) return result;
      if (tries === MAX_TRIES) throw new Error('Another window keeps changing the sandbox. Close it and try again.');
    }
  }

  /** @returns false where another window was first. Then this engine is out of date. */
  private async commit(version: StateVersion, engine: SandboxEngine): Promise<boolean> {
    this.known = undefined;
    const outcome = await this.versions.commit(version, engine.state);
    if (outcome === 'overtaken') return false;
    // Without a writable disk the sandbox still works in this window. After a reload it starts from its first state.
    this.known = { engine, version: outcome === 'unwritable' ? version : outcome };
    return true;
  }

  private async current(): Promise<{ readonly engine: SandboxEngine; readonly version: StateVersion }> {
    // eslint-disable-next-line @typescript-eslint/prefer-optional-chain -- reads the number only where an engine is known
    if (this.known && (await this.versions.number()) === this.known.version.number) return this.known;
    const version = await this.versions.newest();
    const state = version.number === 0 ? await this.options.firstState() : version.state;
    this.known = { engine: this.options.engine(state), version };
    return this.known;
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
