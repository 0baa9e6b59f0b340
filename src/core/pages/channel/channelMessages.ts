/**
 * The messages that every page and its panel exchange, whatever the page shows.
 *
 * The panel sends the state when the page is `ready`, and numbered changes from then on. A page that misses a number
 * asks for the state again.
 *
 * A page cannot see that the extension host is gone: its messages are lost without a sign. So it sends a `ping` every
 * few seconds while it is visible.
 */
import type { NoFields } from './messages';

/** From the panel to any page. */
export interface ToAnyPage<State, Change> {
  /** Replaces everything that the page shows. Changes count on from `seq`. */
  readonly state: { readonly seq: number; readonly state: State };
  /** Fits only to the state or the changes with the number before `seq`. */
  readonly changes: { readonly seq: number; readonly changes: readonly Change[] };
  /** Answers a `ping`. */
  readonly pong: NoFields;
}

/** From any page to its panel. */
export interface FromAnyPage {
  /** The page listens. Answered by `state`. */
  readonly ready: NoFields;
  /** The page missed a change, or could not use one. Answered by `state`. */
  readonly resync: NoFields;
  /** Asks whether the extension host is there. Answered by `pong`. */
  readonly ping: NoFields;
  /** Something in the page broke. Goes to the log; never contains what the page shows. */
  readonly pageError: { readonly message: string };
}
