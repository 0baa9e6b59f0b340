/** Exports a conversation as JSON, for scripts. */
import { asJson } from '../../base/jsonText';
import { withoutKeys } from '../../secrets/withoutKeys';
import type { PartTimes } from '../times/partTimes';
import type { ConversationRecord } from './record';

/** The format's version. Raise it when a field changes its meaning or is removed. */
const VERSION = 1;

/**
 * The conversation as the API sent it, complete and unchanged, with the facts around it. `runTime.ms` is how long the
 * agent worked, in milliseconds. `observed` has the measured times of parts, in milliseconds, give or take `within`.
 * Dates are ISO 8601. The user's provider keys are masked everywhere.
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
  // Valid in JSON, but not in every program that people paste JSON into. Editors warn about them.
  const escaped = asJson(withoutKeys(document)).replace(/[\u2028\u2029]/g, (sign) =>
    sign === '\u2028' ? '\\u2028' : '\\u2029',
  );
  return `${escaped}\n`;
}

/** The measured times by the key of their part. Running parts have no duration yet and are left out. */
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
