import { findMessage } from '../../../src/core/conversation/toolCalls/toolText';
import type { PartAddress } from '../../../src/core/conversation/transcript/partAddress';
import type { Message } from '../../../src/core/conversation/transcript/transcript';

/** Where the timeline shows a part: sub-agents' messages stand inside of the part that asked them. */
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
