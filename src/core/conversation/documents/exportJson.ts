/** A conversation as JSON, for scripts. */
import { asJson } from '../../base/jsonText';
import { withoutKeys } from '../../secrets/withoutKeys';
import type { PartTimes } from '../times/partTimes';
import type { ConversationRecord } from './record';

/** The format's version: raised when something that is in it changes its meaning or goes away. */
const VERSION = 1;

/**
 * The transcript as the API gave it, nothing left out and nothing interpreted, beside what is known around it,
 * `observed` and `runTime` (how long the agent worked, in milliseconds) among it: how long parts took, in milliseconds give or take `within`, as far as somebody watched. Times as
 * ISO 8601. The user's provider keys are masked wherever they stand.
 */
export function exportJson({ facts, conversation, readAt, times }: ConversationRecord): string {
  const document = {
    format: 'quantconnect-agent-conversation',
    version: VERSION,
    readAt: isoInstant(readAt),
    deployment: {
      ...facts,
      created: isoInstant(facts.created),
      started: isoInstant(facts.started),
      ended: isoInstant(facts.ended),
      ...(facts.runTime && { runTime: { ...facts.runTime, since: isoInstant(facts.runTime.since) } }),
    },
    ...(times && { observed: observedParts(times) }),
    conversation: {
      ...conversation,
      messages: conversation.messages.map((message) => ({ ...message, time: isoInstant(message.time) })),
    },
  };
  // Valid in JSON, but not in every program that JSON is pasted into; editors warn of them.
  const escaped = asJson(withoutKeys(document)).replace(/[\u2028\u2029]/g, (sign) =>
    sign === '\u2028' ? '\\u2028' : '\\u2029',
  );
  return `${escaped}\n`;
}

/** By the part's place: the message's id, and the part's index in it. What is at work has no duration yet. */
function observedParts(times: PartTimes): readonly object[] {
  return [...times]
    .filter(([, { ms }]) => ms !== undefined)
    .map(([part, { since, ms, within }]) => ({ part, began: isoInstant(since), ms, within }));
}

function isoInstant(epochMs: number | undefined): string | undefined {
  if (epochMs === undefined) return undefined;
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
