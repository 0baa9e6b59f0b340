import { judge } from './answer';
import type { AnswerBody } from './answerBody';
import type { ConversationAnswer } from './api';
import { parseConversation, parseMessages } from './schemas';

/**
 * Reads an answer by its differences from the previous one. Unchanged messages stay the same objects.
 * @returns the previous answer itself if nothing differs; undefined if the body must be read as a whole.
 */
export function rereadConversation(previous: ConversationAnswer, body: AnswerBody): ConversationAnswer | undefined {
  if (previous.text.isSame(body)) return previous;
  const difference = previous.text.differenceTo(body);
  if (!difference) return undefined;
  const verdict = judge({ status: 200, text: difference.envelope }, 0);
  const around = 'reply' in verdict ? parseConversation(verdict.reply.conversation) : undefined;
  if (!around || 'problem' in around) return undefined;
  const { start, removed, messages } = difference;
  const before = previous.conversation.messages;
  const read = [...before.slice(0, start), ...parseMessages(messages), ...before.slice(start + removed)];
  return { conversation: { ...around.value, messages: read }, text: difference.text };
}
