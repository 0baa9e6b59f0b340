import { findMessage } from '../../../src/core/conversation/toolCalls/toolText';
import type { PartAddress } from '../../../src/core/conversation/transcript/partAddress';
import type { Message } from '../../../src/core/conversation/transcript/transcript';

/** The part of the timeline that shows a part: a sub-agent's messages are inside the part that called it. */
export function visibleAddress(
  messages: readonly Message[],
  messageId: string,
  partIndex: number,
): PartAddress | undefined {
  for (const { id, parts } of messages) {
    if (id === messageId) return { messageId, partIndex };
    const asking = parts.findIndex((part) => 'messages' in part && findMessage(part.messages, messageId));
    if (asking >= 0) return { messageId: id, partIndex: asking };
  }
  return undefined;
}
