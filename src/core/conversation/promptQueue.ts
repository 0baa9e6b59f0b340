/**
 * When a queued prompt leaves: one at a time, in order, when a read has seen the run done and everything sent before it arrived. Whatever makes that
 * doubtful stops the queue, and the user decides. Why: docs/decisions/023-queued-prompts.md.
 */
import { held, isWaiting, mayHaveArrived, sentAgain, type Outbox } from './outbox';
import type { StatusTone } from './protocol';
import type { Message } from './transcript';

/** How long a prompt that the server accepted is waited for. It stays in sight after that, but nothing is asked for its sake alone. */
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

/** The next step of the queue after a read of run and conversation that went well. */
export function queueStep(outbox: Outbox, run: RunSeen): QueueStep {
  const { idleSince, messages, now } = run;
  const head = outbox.entries.find(isWaiting);
  if (head?.state !== 'queued' || idleSince === undefined) return { outbox };
  if (waitsForOthers(outbox, idleSince, now)) return { outbox };
  const doubt = outbox.entries.some(({ state }) => state === 'accepted') ? 'The prompt before it was accepted, but has not come into the conversation.'
    : run.unwatched.has(head.clientId) ? 'The run ended while nobody watched it.'
    : run.tone === 'stopped' ? 'The run was stopped.'
    : run.tone === 'failed' ? 'The run failed.'
    : mayHaveArrived(outbox, head.clientId, messages) ? 'The conversation has got a prompt with this very text since.'
    : undefined;
  if (doubt !== undefined) return { outbox: held(outbox, doubt) };
  return { outbox: sentAgain(outbox, head.clientId, now, messages), leaves: { clientId: head.clientId, text: head.text } };
}

/** Whether something is on its way, or was taken a short while ago and has not come into the conversation. @param idleSince when the run was first seen to be done. */
export function waitsForOthers(outbox: Outbox, idleSince: number, now: number): boolean {
  return outbox.entries.some(({ state, at }) => state === 'sending' || (state === 'accepted' && now - Math.max(at, idleSince) < ARRIVAL_GRACE_MS));
}
