import { render } from '../words/render';
import { say } from '../words/words';

/**
 * Everything that can go wrong between a call and its answer, as one union. Turned into words by
 * `core/api/describeError.ts` alone.
 */
export type ApiFailure =
  /** The credentials were refused. */
  | { readonly kind: 'auth'; readonly status?: number | undefined }
  /**
   * The credentials were refused because this machine's clock is wrong, and signing with the server's time did not help
   * either.
   */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'rateLimited'; readonly retryAfterMs?: number | undefined }
  /** No answer: no connection, reset, cut off, or the deadline passed. */
  | { readonly kind: 'offline'; readonly cause: 'unreachable' | 'reset' | 'timeout' | 'certificate' }
  /** HTTP 5xx, or something that is not the API's JSON (a proxy's HTML page). */
  | { readonly kind: 'server'; readonly status: number; readonly retryAfterMs?: number | undefined }
  /** The API understood and said no: `success: false`. */
  | { readonly kind: 'rejected'; readonly status: number }
  /** An answer that does not hold what the contract says: cut off, too large, without its key. */
  | { readonly kind: 'contract'; readonly problem: string }
  | { readonly kind: 'cancelled' };

export type ApiFailureKind = ApiFailure['kind'];

export interface ApiErrorDetails {
  /** Path of the endpoint, e.g. `/agents/list`. */
  readonly path: string;
  /** What the server said, word for word; may hold a `REF #…` code, which support asks for. */
  readonly serverMessages?: readonly string[];
  /** True when the request may have been carried out although no answer tells so: look before sending it again. */
  readonly mayHaveHappened?: boolean;
}

const BRAND = Symbol.for('quantAgents.ApiError');

/**
 * The only error that leaves `core/api`. It never carries a header, a body or the library's own error (which holds the
 * authorization header).
 */
export class ApiError extends Error {
  readonly [BRAND] = true;
  readonly path: string;
  readonly serverMessages: readonly string[];
  readonly mayHaveHappened: boolean;

  constructor(
    readonly failure: ApiFailure,
    details: ApiErrorDetails,
  ) {
    // For logs and debuggers. Should VS Code come to show it by itself, it would do so as a notification.
    super(
      render(
        say('{0}: {1}', details.path, details.serverMessages?.slice(0, 5).join(' ') || failure.kind),
        'notification',
      ),
    );
    this.name = 'ApiError';
    this.path = details.path;
    this.serverMessages = details.serverMessages ?? [];
    this.mayHaveHappened = details.mayHaveHappened ?? false;
  }

  get kind(): ApiFailureKind {
    return this.failure.kind;
  }
}

export function isApiError(error: unknown): error is ApiError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

export function isCancelled(error: unknown): boolean {
  return isApiError(error) && error.kind === 'cancelled';
}
