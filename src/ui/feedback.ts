import type { Text } from '../core/words/words';

/** How features report failures to the user. One place turns errors into words and actions. */
export interface Feedback {
  /**
   * Shows what failed, why, and what to do. A canceled call is not a failure and shows nothing.
   * @param doing completes "Could not …": `say('delete the task “{0}”', name)`.
   */
  failed(error: unknown, doing: Text): Promise<void>;
}
