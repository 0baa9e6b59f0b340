import { render } from '../words/render';
import { english } from '../words/words';

/** All failures between a call and its answer. Only `core/api/describeError.ts` turns them into words. */
export type ApiFailure =
  /** The credentials were refused. */
  | { readonly kind: 'auth'; readonly status?: number | undefined }
  /**
   * The credentials were refused because this machine's clock is wrong. Signing with the server's time did not help.
   */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'rateLimited'; readonly retryAfterMs?: number | undefined }
  /** No answer: no connection, a broken one, an incomplete answer, or no time left. */
  | { readonly kind: 'offline'; readonly cause: 'unreachable' | 'reset' | 'timeout' | 'certificate' }
  /** HTTP 5xx, or something that is not the API's JSON, such as a proxy's HTML page. */
  | { readonly kind: 'server'; readonly status: number; readonly retryAfterMs?: number | undefined }
  /** The API understood the request and refused it: `success: false`. */
  | { readonly kind: 'rejected'; readonly status: number }
  /** An answer that does not fit the contract: cut off, too large, without its key. */
  | { readonly kind: 'contract'; readonly problem: string }
  | { readonly kind: 'cancelled' };

export type ApiFailureKind = ApiFailure['kind'];

export interface ApiErrorDetails {
  /** The endpoint's path, such as `/agents/list`. */
  readonly path: string;
  /** The server's own words. They can have a `REF #…` code, which support asks for. */
  readonly serverMessages?: readonly string[];
  /** True if the server may have carried out the request, although no answer says so. Look before you send it again. */
  readonly mayHaveHappened?: boolean;
}

const BRAND = Symbol.for('quantAgents.ApiError');

/**
 * The only error that `core/api` throws. It never has a header, a body or the library's own error, which has the
 * authorization header.
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
    // For logs and debuggers. VS Code would show it as a notification if nobody caught the error.
    super(
      render(
        english('{0}: {1}', details.path, details.serverMessages?.slice(0, 5).join(' ') || failure.kind),
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
