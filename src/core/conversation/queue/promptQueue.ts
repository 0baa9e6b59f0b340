/**
 * Decides when a queued prompt is sent. Prompts are sent one at a time, in order, after a read shows two things: the
 * run is done, and every earlier prompt has arrived. In doubt, the queue goes on hold and the user decides. Why:
 * docs/decisions/015-queued-prompts.md.
 */
import { putOnHold, isInQueue, mayHaveArrived, markSending, markUncertain, type Outbox } from './outbox';
import type { OutboxItem } from './outbox';
import type { RunKind } from '../../organization/status/runState';
import type { Message } from '../transcript/transcript';
import type { QueueKey } from '../../words/keys/queue';
import { written } from '../../words/texts';

/**
 * How long we wait for an accepted prompt after the run is done. After that nobody knows what became of it, and the
 * user decides.
 */
export const ARRIVAL_GRACE_MS = 5 * 60_000;

/** The run after a read, and what else decides about the queue. */
export interface RunAfterRead {
  /** How long the run has been done, with nothing about to start. Undefined while it is busy. */
  readonly idleMs: number | undefined;
  /** How long ago a prompt was sent, in milliseconds. Infinite if an earlier window sent it. */
  readonly sentMs: (clientId: string) => number;
  readonly kind: RunKind;
  readonly messages: readonly Message[];
  /** Queued prompts that nobody watched for a while: something was closed, or reads failed. */
  readonly unwatched: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Decides whether we still wait for an accepted prompt. */
export type IdleTimes = Pick<RunAfterRead, 'sentMs'> & { readonly idleMs: number };

export interface QueueStep {
  /** The same object if nothing changes. */
  readonly outbox: Outbox;
  /** Send this now. It is already marked `sending`, so only the caller may send it. */
  readonly send?: { readonly clientId: string; readonly text: string };
}

/** Ends after which the user may not want the next prompt. The queue goes on hold. */
const DOUBTFUL_ENDS: Readonly<Partial<Record<RunKind, QueueKey>>> = {
  stopped: 'queue.runStopped',
  failed: 'queue.runFailed',
  ended: 'queue.runEnded',
};

/**
 * The next step after a successful read of run and conversation. It gives up accepted prompts that are overdue, puts
 * the queue on hold, or sends the next prompt.
 */
export function queueStep(before: Outbox, run: RunAfterRead): QueueStep {
  const { idleMs, sentMs, messages, now } = run;
  if (idleMs === undefined) return { outbox: before };
  const outbox = giveUpOverdue(before, { idleMs, sentMs });
  const head = outbox.entries.find(isInQueue);
  if (head?.state !== 'queued' || hasPromptInFlight(outbox, { idleMs, sentMs })) return { outbox };
  const doubt = run.unwatched.has(head.clientId)
    ? 'queue.unwatched'
    : (DOUBTFUL_ENDS[run.kind] ?? (mayHaveArrived(outbox, head.clientId, messages) ? 'queue.sameText' : undefined));
  if (doubt !== undefined) return { outbox: putOnHold(outbox, written(doubt)) };
  return {
    outbox: markSending(outbox, head.clientId, now, messages),
    send: { clientId: head.clientId, text: head.text },
  };
}

/** Whether a prompt is being sent, or was accepted and we still wait for it. */
export function hasPromptInFlight(outbox: Outbox, times: IdleTimes): boolean {
  return outbox.entries.some(
    (entry) => entry.state === 'sending' || (entry.state === 'accepted' && !isOverdue(entry, times)),
  );
}

/** Marks overdue prompts as uncertain and puts the whole queue on hold. They are never sent again by themselves. */
function giveUpOverdue(outbox: Outbox, times: IdleTimes): Outbox {
  const overdue = outbox.entries.filter((entry) => entry.state === 'accepted' && isOverdue(entry, times));
  if (overdue.length === 0) return outbox;
  return overdue.reduce(
    (rest, { clientId }) => markUncertain(rest, clientId, written('queue.neverArrived')),
    putOnHold(outbox, written('queue.beforeNeverArrived')),
  );
}

const isOverdue = ({ clientId }: Pick<OutboxItem, 'clientId'>, { idleMs, sentMs }: IdleTimes): boolean =>
  Math.min(idleMs, sentMs(clientId)) >= ARRIVAL_GRACE_MS;
