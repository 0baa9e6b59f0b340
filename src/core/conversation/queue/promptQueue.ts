/**
 * When a queued prompt leaves: one at a time, in order, when a read has seen the run done and everything sent before it
 * arrived. Whatever makes that doubtful stops the queue, and the user decides. Why:
 * docs/decisions/015-queued-prompts.md.
 */
import { held, isWaiting, mayHaveArrived, sentAgain, uncertain, type Outbox } from './outbox';
import type { OutboxItem } from './outbox';
import type { RunKind } from '../../organization/status/runState';
import type { Message } from '../transcript/transcript';

/**
 * How long a prompt that the server accepted is waited for after the run is done. After that nobody knows what became
 * of it, and the user decides.
 */
export const ARRIVAL_GRACE_MS = 5 * 60_000;

/** What a read has seen, and what is known around it. */
export interface RunSeen {
  /** How long the run has been seen to be done and not about to begin again; undefined while it is busy. */
  readonly idleMs: number | undefined;
  /** How long ago a prompt was sent. For one that an earlier window sent nobody knows: a very long time. */
  readonly sentMs: (clientId: string) => number;
  readonly kind: RunKind;
  readonly messages: readonly Message[];
  /**
   * Queued prompts that nobody watched over for a while: the window or the conversation was closed, or nothing could be
   * read.
   */
  readonly unwatched: ReadonlySet<string>;
  /** The date, epoch milliseconds. */
  readonly now: number;
}

/** What tells whether a prompt that was accepted is still waited for. */
export type Waiting = Pick<RunSeen, 'sentMs'> & { readonly idleMs: number };

export interface QueueStep {
  /** The same, by identity, if nothing happens. */
  readonly outbox: Outbox;
  /** Send this now. It is already marked `sending`, so only the caller may send it. */
  readonly leaves?: { readonly clientId: string; readonly text: string };
}

/** Ends after which the next prompt may not be wanted. The queue waits for the user then. */
const DOUBTFUL_ENDS: Readonly<Partial<Record<RunKind, string>>> = {
  stopped: 'The run was stopped.',
  failed: 'The run failed.',
  ended: 'The run ended, and QuantConnect does not say how.',
};

/**
 * The next step after a read of run and conversation that went well: a prompt that was waited for too long is given up,
 * or the next of the queue leaves.
 */
export function queueStep(before: Outbox, run: RunSeen): QueueStep {
  const { idleMs, sentMs, messages, now } = run;
  if (idleMs === undefined) return { outbox: before };
  const outbox = withoutHope(before, { idleMs, sentMs });
  const head = outbox.entries.find(isWaiting);
  if (head?.state !== 'queued' || waitsForOthers(outbox, { idleMs, sentMs })) return { outbox };
  const doubt = run.unwatched.has(head.clientId)
    ? 'The run ended while nobody watched it.'
    : (DOUBTFUL_ENDS[run.kind] ??
      (mayHaveArrived(outbox, head.clientId, messages)
        ? 'The conversation has got a prompt with this very text since.'
        : undefined));
  if (doubt !== undefined) return { outbox: held(outbox, doubt) };
  return {
    outbox: sentAgain(outbox, head.clientId, now, messages),
    leaves: { clientId: head.clientId, text: head.text },
  };
}

/** Whether something is on its way, or was taken a short while ago and has not come into the conversation. */
export function waitsForOthers(outbox: Outbox, waiting: Waiting): boolean {
  return outbox.entries.some(
    (entry) => entry.state === 'sending' || (entry.state === 'accepted' && !isOverdue(entry, waiting)),
  );
}

/** What was accepted and never came becomes uncertain, and stops the whole queue. It is never sent again by itself. */
function withoutHope(outbox: Outbox, waiting: Waiting): Outbox {
  const overdue = outbox.entries.filter((entry) => entry.state === 'accepted' && isOverdue(entry, waiting));
  if (overdue.length === 0) return outbox;
  return overdue.reduce(
    (rest, { clientId }) =>
      uncertain(rest, clientId, 'The server accepted this, but it has not come into the conversation.'),
    held(outbox, 'The prompt before it was accepted, but has not come into the conversation.'),
  );
}

const isOverdue = ({ clientId }: Pick<OutboxItem, 'clientId'>, { idleMs, sentMs }: Waiting): boolean =>
  Math.min(idleMs, sentMs(clientId)) >= ARRIVAL_GRACE_MS;
