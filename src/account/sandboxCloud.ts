import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AxiosAdapter } from 'axios';
import type { Clock } from '../core/base/clock';
import type { SandboxEngine, SandboxRequest, SandboxResponse } from '../sandbox/engine';
import { StateVersions, type StateVersion } from './stateVersions';

/** Long enough to see that something was asked, short enough not to wait for it. */
const LATENCY_MS = 60;
/** Each try that fails means that another window was first. */
const MOST_TRIES = 200;

/** What a client needs to talk to the sandbox. */
export interface OpenSandbox {
  readonly adapter: AxiosAdapter;
  readonly baseUrl: string;
}

/**
 * The sandbox inside the extension: no port, no network. Its state lies in the extension's own storage. So it outlives
 * a window reload, and all windows share one cloud.
 */
export class SandboxCloud {
  private opening: Promise<OpenSandbox> | undefined;

  /** @param storage folder of the extension's own. It is made on first use. */
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
      first: () => readJson(path.join(this.storage, 'sandbox.json')),
    });
    await versions.cleanUp();
    await cloud.keep();
    return { adapter: createSandboxAdapter(cloud, { latencyMs: LATENCY_MS }), baseUrl: SANDBOX_BASE_URL };
  }
}

interface SharedCloudOptions {
  /** An engine that goes on from a state, or from a fresh one. */
  readonly engine: (state: unknown) => SandboxEngine;
  /** The state where there is no version yet: what version 0.1.0 has left. */
  readonly first: () => Promise<unknown>;
}

/** One cloud over the versions on disk. A request runs on the newest state, and again if another window was first. */
class SharedCloud {
  private held: { readonly engine: SandboxEngine; readonly version: StateVersion } | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly versions: StateVersions,
    private readonly options: SharedCloudOptions,
  ) {}

  handle(request: SandboxRequest): Promise<SandboxResponse> {
    return this.inTurn(() => this.carryOut((engine) => engine.handle(request)));
  }

  /** Writes down the first state, so that its running deployment goes on after a reload instead of beginning again. */
  keep(): Promise<void> {
    return this.inTurn(async () => {
      const { version, engine } = await this.current();
      if (version.number === 0) await this.commit(version, engine);
    });
  }

  private async carryOut<T>(work: (engine: SandboxEngine) => T): Promise<T> {
    for (let tries = 1; ; tries++) {
      const { engine, version } = await this.current();
      const before = engine.state;
      let result: T;
      try {
        result = work(engine);
      } catch (error) {
        this.held = undefined;
        throw error;
      }
      if (engine.state === before || (await this.commit(version, engine))) return result;
      if (tries === MOST_TRIES) throw new Error('Another window keeps changing the sandbox. Close it and try again.');
    }
  }

  /** @returns false where another window was first: then this engine is out of date. */
  private async commit(version: StateVersion, engine: SandboxEngine): Promise<boolean> {
    this.held = undefined;
    const outcome = await this.versions.commit(version, engine.state);
    if (outcome === 'overtaken') return false;
    // Without a writable disk the sandbox still works in this window. It starts afresh after a reload.
    this.held = { engine, version: outcome === 'unwritable' ? version : outcome };
    return true;
  }

  private async current(): Promise<{ readonly engine: SandboxEngine; readonly version: StateVersion }> {
    // eslint-disable-next-line @typescript-eslint/prefer-optional-chain -- the number is read only where something is held
    if (this.held && (await this.versions.number()) === this.held.version.number) return this.held;
    const version = await this.versions.newest();
    const state = version.number === 0 ? await this.options.first() : version.state;
    this.held = { engine: this.options.engine(state), version };
    return this.held;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
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
