import type { SandboxResponse } from './engine';

/** Faults of a request, for tests. Each says what the client gets instead of the answer. */
type FaultKind =
  /** An answer with this status and a JSON failure, unless `body` says otherwise. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** A proxy's HTML page. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** The answer breaks off in the middle. */
  | { readonly kind: 'cut' }
  /** No answer ever comes. */
  | { readonly kind: 'silence' }
  /** The real answer, after a delay. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The real answer with another body. */
  | { readonly kind: 'body'; readonly change: (body: string) => string };

export type Fault = FaultKind & {
  /** The endpoint, such as `/agents/list`. If missing: all of them. */
  readonly path?: string;
  /** The number of requests with this fault. If missing: all of them. */
  readonly times?: number;
  /** Whether the cloud carries out the request first. `false` by default, except for `delay`, `cut` and `body`. */
  readonly carriedOut?: boolean;
};

/** What the client gets, after faults. */
export type Delivery =
  | { readonly kind: 'answer'; readonly response: SandboxResponse; readonly delayMs: number; readonly cut: boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' };

/** The remaining faults. */
export class FaultPlan {
  private readonly faults: { fault: Fault; left: number }[] = [];

  constructor(faults: readonly Fault[] = []) {
    for (const fault of faults) this.add(fault);
  }

  add(fault: Fault): void {
    this.faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.faults.length = 0;
  }

  /**
   * Serves one request with at most one fault: the first one that fits.
   * @param serve carries out the request; called at most once.
   */
  async deliver(path: string, serve: () => SandboxResponse | Promise<SandboxResponse>): Promise<Delivery> {
    const entry = this.faults.find(({ fault, left }) => left > 0 && (fault.path === undefined || fault.path === path));
    if (!entry) return answer(await serve());
    entry.left -= 1;
    const { fault } = entry;
    if (fault.kind === 'delay') return { ...answer(await serve()), delayMs: fault.ms };
    if (fault.kind === 'cut') return { ...answer(await serve()), cut: true };
    if (fault.kind === 'body') {
      const response = await serve();
      return answer({ ...response, body: fault.change(response.body) });
    }
    if (fault.carriedOut) await serve();
    if (fault.kind === 'reset' || fault.kind === 'silence') return { kind: fault.kind };
    if (fault.kind === 'html')
      return answer({
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
      });
    const body = fault.body ?? JSON.stringify({ success: false, errors: [`HTTP ${String(fault.status)}`] });
    return answer({ status: fault.status, headers: { 'content-type': 'application/json', ...fault.headers }, body });
  }
}

function answer(response: SandboxResponse): Delivery & { kind: 'answer' } {
  return { kind: 'answer', response, delayMs: 0, cut: false };
}
