import type { Message } from '../../../src/core/conversation/transcript/transcript';
import type { RichText } from '../rich/richText';

/**
 * Puts a whole message on the clipboard, as the export writes it: Markdown, tool calls folded, code fenced safely,
 * provider keys masked.
 */
export async function copyMessage(message: Message, rich: Pick<RichText, 'copyText'>): Promise<void> {
  const { messageMarkdown } = await import('../../../src/core/conversation/documents/exportMarkdown');
  rich.copyText(messageMarkdown(message));
}
