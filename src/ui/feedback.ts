import type { Text } from '../core/words/words';

/** How features tell the user that something went wrong: one place turns errors into words and actions. */
export interface Feedback {
  /**
   * Shows what failed, why, and what to do. A cancelled call is not a failure and shows nothing.
   * @param doing what was being done, as an infinitive that completes "Could not …": `say('delete the task “{0}”',
   * name)`.
   */
  failed(error: unknown, doing: Text): Promise<void>;
}
