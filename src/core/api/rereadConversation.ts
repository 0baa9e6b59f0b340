import { judge } from './answer';
import type { ConversationAnswer } from './api';
import { parseConversation, parseMessages } from './schemas';

/**
 * The answer that a text is, read by what differs from the one before: messages that are the same are the very objects
 * they were. The one before itself if nothing differs; undefined if the text has to be read as a whole.
 */
export function rereadConversation(previous: ConversationAnswer, text: string): ConversationAnswer | undefined {
  if (previous.text.isSame(text)) return previous;
  const difference = previous.text.differenceTo(text);
  if (!difference) return undefined;
  const verdict = judge({ status: 200, text: difference.envelope }, 0);
  const around = 'reply' in verdict ? parseConversation(verdict.reply.conversation) : undefined;
  if (!around || 'problem' in around) return undefined;
  const { start, removed, messages } = difference;
  const before = previous.conversation.messages;
  const read = [...before.slice(0, start), ...parseMessages(messages), ...before.slice(start + removed)];
  return { conversation: { ...around.value, messages: read }, text: difference.text };
}
