import type { Message } from '../../../src/core/conversation/transcript/transcript';
import type { RichText } from '../rich/richText';

/**
 * Copies a whole message in the form of the export: Markdown, folded tool calls, safely fenced code, masked provider
 * keys.
 */
export async function copyMessage(message: Message, rich: Pick<RichText, 'copyText'>): Promise<void> {
  const { messageMarkdown } = await import('../../../src/core/conversation/documents/exportMarkdown');
  rich.copyText(messageMarkdown(message));
}
