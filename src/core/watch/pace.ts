/** When to read what: pure functions of what is active, visible and failing. All durations in milliseconds. */
import type { ApiFailure } from '../api/errors';

/** One `tasks/list` says what runs in the whole organization, so the tree reads only that. */
const TASKS_WHILE_ACTIVE_MS = 5_000;
export const TASKS_WHILE_IDLE_MS = 30_000;
/** Somebody changes an agent by hand, and seldom: on the web page, or a colleague. */
export const AGENTS_MS = 120_000;
/** QuantConnect's own scripts read a running deployment every 10 s. A person who watches one wants it sooner. */
const CONVERSATION_FASTEST_MS = 1_500;
const CONVERSATION_SLOWEST_MS = 10_000;
const FAILURE_SLOWEST_MS = 120_000;
/**
 * If no read succeeded for this long, nobody was watching: the machine slept, or the network was down. Even at their
 * slowest, two failing reads in a row do not reach it.
 */
export const UNWATCHED_MS = 3 * FAILURE_SLOWEST_MS;

export interface TasksPace {
  readonly isVisible: boolean;
  readonly anyActive: boolean;
  readonly failures: number;
  readonly lastFailure?: ApiFailure | undefined;
}

/** How long to wait before the next read of the tasks. Undefined: until something happens. */
export function nextTasksReadMs(pace: TasksPace): number | undefined {
  if (!pace.isVisible) return undefined;
  const calm = pace.anyActive ? TASKS_WHILE_ACTIVE_MS : TASKS_WHILE_IDLE_MS;
  return afterFailures(calm, pace.failures, pace.lastFailure);
}

export interface ConversationPace {
  readonly isVisible: boolean;
  /** The run has ended, and every sent prompt has appeared. */
  readonly isSettled: boolean;
  /** Reads in a row that brought nothing new. */
  readonly unchangedReads: number;
  readonly failures: number;
  readonly lastFailure?: ApiFailure | undefined;
}

/** How long to wait before the next read of a conversation. Undefined: until something happens. */
export function nextConversationReadMs(pace: ConversationPace): number | undefined {
  if (!pace.isVisible || (pace.isSettled && pace.failures === 0)) return undefined;
  const slowed = Math.min(
    CONVERSATION_SLOWEST_MS,
    CONVERSATION_FASTEST_MS * 1.4 ** Math.max(0, pace.unchangedReads - 3),
  );
  return afterFailures(slowed, pace.failures, pace.lastFailure);
}

/**
 * After refused credentials we wait for the user. If a server names a time, we use it. Every other failure slows us
 * down.
 */
function afterFailures(calmMs: number, failures: number, failure: ApiFailure | undefined): number | undefined {
  if (failures === 0 || !failure) return calmMs;
  if (failure.kind === 'auth' || failure.kind === 'clock') return undefined;
  const named = 'retryAfterMs' in failure ? (failure.retryAfterMs ?? 0) : 0;
  return Math.max(
    named,
    Math.min(FAILURE_SLOWEST_MS, Math.max(calmMs, CONVERSATION_SLOWEST_MS / 2) * 2 ** (failures - 1)),
  );
}
