import { setTimeout as sleepFor } from 'node:timers/promises';
import type { AxiosAdapter } from 'axios';
import { systemClock, type Clock } from '../base/clock';
import type { Secret } from '../base/secret';
import { timerMs } from '../base/timers';
import { judge, type Reply } from './answer';
import type { AnswerBody } from './answerBody';
import type { CallOptions, RequestLogEntry } from './api';
import { ApiError, type ApiFailure } from './errors';
import { waitBeforeRetry, type Repeatability } from './retryPolicy';
import type { Parsed } from './schemas';
import { withoutSecrets } from '../secrets/secrets';
import { ServerClock } from './serverClock';
import { signatureIn, signedHeaders, type Credentials } from './signing';
import { axiosTransport, type Outcome, type ReceivedAnswer, type Transport } from './transport';

export interface ConnectionOptions {
  /** Such as `https://www.quantconnect.com/api/v2`, with or without a slash at the end. */
  readonly baseUrl: string;
  readonly userId: string;
  readonly token: Secret;
  readonly clock?: Clock;
  /** A random number in [0, 1), for the jitter of waits. */
  readonly random?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Replaces the network. */
  readonly adapter?: AxiosAdapter;
  /** Gets every attempt when it is over. */
  readonly log?: (record: RequestLogEntry) => void;
  /** Called once when this machine's clock is wrong, with the server's time minus this machine's. */
  readonly onClockSkew?: (offsetMs: number) => void;
  readonly userAgent?: string;
  /** The most milliseconds for a call that sets none. */
  readonly timeoutMs?: number;
}

/** One endpoint: its path, whether it can be repeated, and how its answer is read. */
export interface Endpoint<T> {
  readonly path: `/${string}`;
  readonly repeatability: Repeatability;
  /** Every rejection means that the credentials are wrong, whatever it says. */
  readonly checksCredentials?: boolean;
  read(reply: Reply, body: AnswerBody): Parsed<T>;
  /** The result for an HTTP 200 with a body that is known already. */
  recognize?(body: AnswerBody): T | undefined;
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** A read does not wait longer than this for a silent server; it asks again. Every other call gets its whole time. */
const READ_SILENCE_TIMEOUT_MS = 20_000;

/** One failed attempt, with what decides about another one. */
interface Failed {
  readonly failure: ApiFailure;
  readonly serverMessages: readonly string[];
  readonly cut: boolean;
  /** The server may have carried out the request all the same. */
  readonly ambiguous: boolean;
  readonly status?: number | undefined;
  readonly date?: string | undefined;
}

type Tried<T> = { readonly value: T } | Failed;

/**
 * Calls endpoints: signs, sends, judges the answer, and tries again if `retryPolicy.ts` says so. Throws only
 * `ApiError`.
 */
export class Connection {
  private readonly baseUrl: string;
  private readonly clock: Clock;
  private readonly serverClock: ServerClock;
  private readonly transport: Transport;
  private readonly credentials: Credentials;
  private calls = 0;

  constructor(private readonly options: ConnectionOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.clock = options.clock ?? systemClock;
    this.serverClock = new ServerClock(this.clock, options.onClockSkew);
    this.transport = axiosTransport(options.adapter);
    this.credentials = { userId: options.userId, token: options.token };
  }

  /**
   * @param fields the body. Undefined fields are not sent.
   * @param secrets the secrets in `fields`, to be masked if the server echoes them.
   */
  async call<T>(
    endpoint: Endpoint<T>,
    fields: object,
    options: CallOptions = {},
    secrets: readonly Secret[] = [],
  ): Promise<T> {
    const call = new Call(
      endpoint,
      JSON.stringify(fields),
      ++this.calls,
      secrets,
      options,
      options.timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    );
    try {
      return await this.carryOut(call);
    } finally {
      call.dispose();
    }
  }

  private async carryOut<T>(call: Call<T>): Promise<T> {
    const deadline = this.clock.monotonicMs() + call.timeoutMs;
    let offsetMs = this.serverClock.offsetMs;
    let refusal: Failed | undefined;
    for (let attempt = 1; ; attempt++) {
      const tried = await this.attempt(call, attempt, offsetMs);
      if ('value' in tried) {
        if (refusal) this.serverClock.confirm(offsetMs);
        return tried.value;
      }
      call.wasAmbiguous ||= tried.ambiguous;

      if (refusal?.failure.kind === 'auth') {
        if (tried.failure.kind === 'auth')
          throw call.error(offsetMs === 0 ? tried : { ...tried, failure: { kind: 'clock', offsetMs } });
        if (tried.failure.kind === 'rejected') this.serverClock.confirm(offsetMs);
      }
      const shown = refusal ? undefined : this.blamedOffset(call.endpoint.repeatability, tried, offsetMs);
      if (shown !== undefined) {
        refusal = tried;
        offsetMs = shown;
        continue;
      }

      const remainingMs = deadline - this.clock.monotonicMs();
      const waitMs = waitBeforeRetry(
        { ...tried, repeatability: call.endpoint.repeatability, attempt, remainingMs },
        this.options.random ?? Math.random,
      );
      if (waitMs === undefined) throw call.error(tried);
      await this.pause(call, waitMs, tried);
    }
  }

  /**
   * The offset to sign with instead, if a wrong clock can be the reason for a refusal. How the server refuses a wrong
   * time is unpublished. So a read takes a rejection or a 500 for such a refusal, too. Any other call takes only a
   * plain refusal of the credentials, because that did nothing.
   */
  private blamedOffset(
    repeatability: Repeatability,
    { failure, status, date }: Failed,
    usedMs: number,
  ): number | undefined {
    const refused =
      failure.kind === 'auth' || (repeatability === 'read' && (failure.kind === 'rejected' || status === 500));
    return refused ? this.serverClock.offsetShownBy(date, usedMs) : undefined;
  }

  private async attempt<T>(call: Call<T>, attempt: number, offsetMs: number): Promise<Tried<T>> {
    const { endpoint, signal } = call;
    const signed = signedHeaders(this.credentials, this.clock.now() + offsetMs);
    const startedAt = this.clock.monotonicMs();
    const outcome = signal.aborted
      ? undefined
      : await this.transport({
          url: this.baseUrl + endpoint.path,
          headers: {
            ...signed,
            'Content-Type': 'application/json',
            Accept: 'application/json',
            'User-Agent': this.options.userAgent ?? 'agents-for-quantconnect',
          },
          body: call.body,
          silenceTimeoutMs:
            endpoint.repeatability === 'read' ? Math.min(READ_SILENCE_TIMEOUT_MS, call.timeoutMs) : call.timeoutMs,
          signal,
        });
    if (outcome) this.record(call, attempt, outcome, this.clock.monotonicMs() - startedAt);
    if (outcome?.kind === 'answer') {
      return this.readAnswer(call, outcome.answer, [this.credentials.token, ...signatureIn(signed), ...call.secrets]);
    }
    const failed = outcome?.kind === 'failure' ? outcome : { failure: call.endedBy(), reached: outcome !== undefined };
    return {
      failure: failed.failure,
      serverMessages: [],
      cut: false,
      ambiguous: failed.reached && endpoint.repeatability !== 'read',
    };
  }

  private readAnswer<T>(
    { endpoint }: Call<T>,
    answer: ReceivedAnswer,
    secrets: readonly (Secret | string)[],
  ): Tried<T> {
    const { status, date, body } = answer;
    const known = status === 200 ? endpoint.recognize?.(body) : undefined;
    if (known !== undefined) return { value: known };

    const verdict = judge(answer, this.clock.now());
    if ('reply' in verdict) {
      const parsed = endpoint.read(verdict.reply, body);
      if ('value' in parsed) return parsed;
      return {
        failure: { kind: 'contract', problem: withoutSecrets([parsed.problem], secrets).join('') },
        serverMessages: [],
        cut: false,
        ambiguous: endpoint.repeatability !== 'read',
        status,
        date,
      };
    }
    const { cut } = verdict;
    const failure: ApiFailure =
      endpoint.checksCredentials && verdict.failure.kind === 'rejected' ? { kind: 'auth', status } : verdict.failure;
    // Below 500 the server has refused the request. Only an unreadable success, and an error during the work, leave
    // open what happened.
    const ambiguous =
      endpoint.repeatability !== 'read' &&
      (status < 300 || status >= 500) &&
      failure.kind !== 'rejected' &&
      failure.kind !== 'auth';
    return { failure, serverMessages: withoutSecrets(verdict.serverMessages, secrets), cut, ambiguous, status, date };
  }

  private record(call: Call<unknown>, attempt: number, outcome: Outcome, durationMs: number): void {
    this.options.log?.({
      number: call.number,
      path: call.endpoint.path,
      attempt,
      outcome:
        outcome.kind === 'answer'
          ? outcome.answer.status
          : nameOf(outcome.kind === 'failure' ? outcome.failure : call.endedBy()),
      durationMs: Math.round(durationMs),
      bytes: outcome.kind === 'answer' ? outcome.answer.body.byteLength : 0,
    });
  }

  private async pause(call: Call<unknown>, waitMs: number, before: Failed): Promise<void> {
    try {
      await (this.options.sleep ?? ((ms, signal) => sleepFor(timerMs(ms), undefined, { signal })))(waitMs, call.signal);
    } catch (error) {
      if (!call.signal.aborted) throw error;
    }
    if (call.signal.aborted) throw call.error({ ...before, failure: call.endedBy() });
  }
}

/** One call. The caller's signal or the time limit ends it. */
class Call<T> {
  private readonly controller = new AbortController();
  private readonly deadline: NodeJS.Timeout;
  private readonly callersSignal: AbortSignal | undefined;
  private readonly onCallerAbort = (): void => this.controller.abort();
  /** The server may have carried out one of the attempts. */
  wasAmbiguous = false;

  constructor(
    readonly endpoint: Endpoint<T>,
    readonly body: string,
    readonly number: number,
    readonly secrets: readonly Secret[],
    options: CallOptions,
    readonly timeoutMs: number,
  ) {
    this.callersSignal = options.signal;
    this.deadline = setTimeout(() => this.controller.abort(), timerMs(timeoutMs));
    if (this.callersSignal?.aborted) this.controller.abort();
    // Not `AbortSignal.any`: a session's signal lives long, and each call would leave something on it.
    else this.callersSignal?.addEventListener('abort', this.onCallerAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  endedBy(): ApiFailure {
    return this.callersSignal?.aborted ? { kind: 'cancelled' } : { kind: 'offline', cause: 'timeout' };
  }

  error({ failure, serverMessages }: Failed): ApiError {
    return new ApiError(failure, { path: this.endpoint.path, serverMessages, mayHaveHappened: this.wasAmbiguous });
  }

  dispose(): void {
    clearTimeout(this.deadline);
    this.callersSignal?.removeEventListener('abort', this.onCallerAbort);
  }
}

function nameOf(failure: ApiFailure): string {
  if (failure.kind === 'offline') return failure.cause;
  return failure.kind === 'contract' ? 'too large' : failure.kind;
}
