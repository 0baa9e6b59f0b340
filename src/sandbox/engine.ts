import type { WallClock } from '../core/base/clock';
import { Cloud } from './cloud';
import { SANDBOX_CREDENTIALS } from './credentials';
import { ENDPOINTS } from './endpoints';
import { Fields } from './fields';
import type { JsonObject } from './json';
import { Refusal } from './refusal';
import { seedState } from './seed';
import { refusedCredentials, type Credentials } from './signature';
import { readState, type SandboxState } from './state';

export interface SandboxEngineOptions {
  readonly clock: WallClock;
  /** An earlier {@link SandboxEngine.state}. An unreadable one is ignored: see {@link SandboxEngine.startedAfresh}. */
  readonly state?: unknown;
  /** The same seed and clock give the same organizations, IDs and transcripts. */
  readonly seed?: number | undefined;
  /** How many times faster agents work than in reality. */
  readonly speed?: number | undefined;
  readonly credentials?: Credentials | undefined;
  /** What happens to a prompt while the run is busy. By default it waits for the run's end. */
  readonly promptWhileRunning?: 'queue' | 'reject' | undefined;
  /** Called after every request that changed the state. */
  readonly onChange?: ((state: SandboxState) => void) | undefined;
}

export interface SandboxRequest {
  /** The path below `/api/v2`, such as `/agents/list`. Double slashes are accepted. */
  readonly path: string;
  /** `POST` if missing. */
  readonly method?: string | undefined;
  /** Names in upper or lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
}

export interface SandboxResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const DEFAULT_SEED = 47;

/**
 * A simulated QuantConnect cloud (docs/sandbox.md). It answers requests as the API does, stores what they change, and
 * runs scripted agents. It has no I/O and no timers: it computes a conversation from its stored state and the clock at
 * the moment of the request.
 */
export class SandboxEngine {
  private readonly cloud: Cloud;
  /** Why the given state was ignored. Undefined: none was given, or it was used. */
  readonly startedAfresh: string | undefined;
  readonly credentials: Credentials;

  constructor(private readonly options: SandboxEngineOptions) {
    const { clock, seed = DEFAULT_SEED, speed = 1 } = options;
    if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError(`The speed must be above 0: ${String(speed)}`);
    this.credentials = options.credentials ?? SANDBOX_CREDENTIALS;
    const stored = options.state === undefined ? undefined : readState(options.state);
    this.startedAfresh = stored?.ok === false ? stored.problem : undefined;
    const state = stored?.ok ? stored.state : seedState({ seed, now: clock.now(), speed });
    this.cloud = new Cloud(state, {
      clock,
      speed,
      userId: this.credentials.userId,
      promptWhileRunning: options.promptWhileRunning ?? 'queue',
    });
  }

  /** The organization that a client uses if it names none. */
  get preferredOrganizationId(): string {
    const { organizations } = this.cloud.state;
    return (organizations.find(({ preferred }) => preferred) ?? organizations[0])?.id ?? '';
  }

  /**
   * The whole state, as plain JSON that is replaced and never changed. Give it to another engine as {@link
   * SandboxEngineOptions.state}.
   */
  get state(): SandboxState {
    return this.cloud.state;
  }

  handle({ path, method = 'POST', headers, body }: SandboxRequest): SandboxResponse {
    if (method.toUpperCase() !== 'POST') return this.answer(405, failure('Only POST is supported.'), { allow: 'POST' });
    const refused = refusedCredentials(lowerCased(headers), this.credentials, this.cloud.now);
    if (refused !== undefined) return this.answer(401, failure(refused));
    const endpoint = ENDPOINTS.get(path.replaceAll(/\/+/g, '/').replace(/(?<=.)\/$/, ''));
    if (!endpoint) return this.answer(404, failure('There is no such endpoint.'));
    const changesBefore = this.cloud.changes;
    try {
      return this.answer(200, { success: true, errors: [], ...endpoint(this.cloud, Fields.parse(body)) });
    } catch (error) {
      if (error instanceof Refusal) return this.answer(200, failure(error.message));
      throw error;
    } finally {
      if (this.cloud.changes !== changesBefore) this.options.onChange?.(this.state);
    }
  }

  private answer(status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}): SandboxResponse {
    return {
      status,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', date: new Date(this.cloud.now).toUTCString(), ...headers },
    };
  }
}

function failure(message: string): JsonObject {
  return { success: false, errors: [message] };
}

function lowerCased(
  headers: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
