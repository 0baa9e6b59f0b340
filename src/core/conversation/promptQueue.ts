/**
 * When a queued prompt leaves: one at a time, in order, when a read has seen the run done and everything sent before it arrived. Whatever makes that
 * doubtful stops the queue, and the user decides. Why: docs/decisions/023-queued-prompts.md.
 */
import { held, isWaiting, mayHaveArrived, sentAgain, uncertain, type Outbox } from './outbox';
import type { OutboxItem, StatusTone } from './protocol';
import type { Message } from './transcript';

/** How long a prompt that the server accepted is waited for after the run is done. After that nobody knows what became of it, and the user decides. */
export const ARRIVAL_GRACE_MS = 5 * 60_000;

/** What a read has seen, and what is known around it. */
export interface RunSeen {
  /** Since when the run is seen to be done and is not about to begin again, epoch milliseconds; undefined while it is busy. */
  readonly idleSince: number | undefined;
  readonly tone: StatusTone;
  readonly messages: readonly Message[];
  /** Queued prompts that nobody watched over for a while: the window or the conversation was closed, or nothing could be read. */
  readonly unwatched: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface QueueStep {
  /** The same, by identity, if nothing happens. */
  readonly outbox: Outbox;
  /** Is to be sent now, by whoever took this step and nobody else: in the outbox it is on its way. */
  readonly leaves?: { readonly clientId: string; readonly text: string };
}

/** The next step of the outbox after a read of run and conversation that went well: what was waited for too long is given up, or the next of the queue leaves. */
export function queueStep(before: Outbox, run: RunSeen): QueueStep {
  const { idleSince, messages, now } = run;
  if (idleSince === undefined) return { outbox: before };
  const outbox = withoutHope(before, idleSince, now);
  const head = outbox.entries.find(isWaiting);
  if (head?.state !== 'queued' || waitsForOthers(outbox, idleSince, now)) return { outbox };
  const doubt = run.unwatched.has(head.clientId) ? 'The run ended while nobody watched it.'
    : run.tone === 'stopped' ? 'The run was stopped.'
    : run.tone === 'failed' ? 'The run failed.'
    : mayHaveArrived(outbox, head.clientId, messages) ? 'The conversation has got a prompt with this very text since.'
    : undefined;
  if (doubt !== undefined) return { outbox: held(outbox, doubt) };
  return { outbox: sentAgain(outbox, head.clientId, now, messages), leaves: { clientId: head.clientId, text: head.text } };
}

/** Whether something is on its way, or was taken a short while ago and has not come into the conversation. @param idleSince when the run was first seen to be done. */
export function waitsForOthers(outbox: Outbox, idleSince: number, now: number): boolean {
  return outbox.entries.some((entry) => entry.state === 'sending' || (entry.state === 'accepted' && !isOverdue(entry, idleSince, now)));
}

/** What was accepted and never came becomes uncertain, and stops the whole queue. It is never sent again by itself. */
function withoutHope(outbox: Outbox, idleSince: number, now: number): Outbox {
  const overdue = outbox.entries.filter((entry) => entry.state === 'accepted' && isOverdue(entry, idleSince, now));
  if (overdue.length === 0) return outbox;
  return overdue.reduce((rest, { clientId }) => uncertain(rest, clientId, 'The server accepted this, but it has not come into the conversation.'),
    held(outbox, 'The prompt before it was accepted, but has not come into the conversation.'));
}

const isOverdue = ({ at }: Pick<OutboxItem, 'at'>, idleSince: number, now: number): boolean => now - Math.max(at, idleSince) >= ARRIVAL_GRACE_MS;
