import { isApiError, type ApiError } from './errors';

/** What a look at the server says about a request that may have been carried out. */
export type Finding<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  /** The look failed, or its answer was incomplete. */
  | { readonly kind: 'unclear' };

export interface OneTimeRequest<T> {
  /** Sends once. */
  readonly send: () => Promise<T>;
  /** Looks whether an earlier send was carried out. */
  readonly look: () => Promise<Finding<T>>;
}

export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The request may still be carried out. Nothing was found so far, or the look says nothing. */
  | { readonly kind: 'absent' | 'unclear'; readonly failure: ApiError };

/**
 * A request that must not happen twice. If an answer is lost, the server may have carried it out. So each further
 * attempt looks first, and sends only if the look finds nothing.
 */
export class AtMostOnce<T> {
  /** The last lost answer. */
  private failure: ApiError | undefined;

  /** Throws what `send` throws if the server cannot have carried the request out. */
  async attempt(request: OneTimeRequest<T>): Promise<Attempt<T>> {
    if (this.failure) {
      const attempt = await this.look(request, this.failure);
      if (attempt.kind !== 'absent') return attempt;
    }
    try {
      return { kind: 'done', value: await request.send() };
    } catch (error) {
      if (!isApiError(error) || !error.mayHaveHappened) throw error;
      this.failure = error;
      return this.look(request, error);
    }
  }

  /** Looks for the result of a lost answer, and sends nothing. */
  async look({ look }: OneTimeRequest<T>, failure: ApiError): Promise<Attempt<T>> {
    const finding = await look();
    return finding.kind === 'found' ? { kind: 'done', value: finding.value } : { kind: finding.kind, failure };
  }
}

/**
 * Sends a request at most once, and asks the user how to go on after a lost answer.
 * @param ask gets what the look said. `send` is worth offering only if nothing was found.
 * @returns the result, or undefined if the user stopped.
 */
export async function sendAtMostOnce<T>(
  request: OneTimeRequest<T>,
  ask: (finding: 'absent' | 'unclear', failure: ApiError) => Promise<'send' | 'look' | 'stop'>,
): Promise<T | undefined> {
  const once = new AtMostOnce<T>();
  let attempt = await once.attempt(request);
  while (attempt.kind !== 'done') {
    const answer = await ask(attempt.kind, attempt.failure);
    if (answer === 'stop') return undefined;
    attempt = answer === 'send' ? await once.attempt(request) : await once.look(request, attempt.failure);
  }
  return attempt.value;
}
