import { isApiError, type ApiError } from '../api/errors';

/** What a look at the server tells after a request that may or may not have been carried out. */
export type Finding<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  /** The look failed too. */
  | { readonly kind: 'unclear'; readonly problem: ApiError };

export interface CarefulRequest<T> {
  /** Sends once. */
  readonly send: () => Promise<T>;
  /** Looks whether the last send was carried out after all. */
  readonly look: () => Promise<Finding<T>>;
  /**
   * Asks the user how to go on after a look that found nothing. `send` is only worth offering when nothing was there.
   * @param failure of the send.
   */
  readonly ask: (
    finding: Exclude<Finding<T>, { kind: 'found' }>,
    failure: ApiError,
  ) => Promise<'send' | 'look' | 'stop'>;
}

/**
 * Sends a request that must not happen twice. Where the server may have carried it out although no answer says so, it
 * is looked for, and sent again only when it is not there and the user wants it; right before that it is looked for
 * once more, as a slow server may be done by then.
 * @returns what was made, undefined when the user let it be. Throws what `send` throws when nothing can have happened.
 */
export async function sendCarefully<T>({ send, look, ask }: CarefulRequest<T>): Promise<T | undefined> {
  for (;;) {
    let failure: ApiError;
    try {
      return await send();
    } catch (error) {
      if (!isApiError(error) || !error.mayHaveHappened) throw error;
      failure = error;
    }
    for (let wantsToSend = false; ;) {
      const finding = await look();
      if (finding.kind === 'found') return finding.value;
      if (wantsToSend && finding.kind === 'absent') break;
      const answer = await ask(finding, failure);
      if (answer === 'stop') return undefined;
      wantsToSend = answer === 'send';
    }
  }
}
