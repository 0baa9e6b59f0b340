/**
 * Whether a draft already contains a returned prompt as whole paragraphs. Part of a longer paragraph does not count.
 */
export function containsParagraphs(prompt: string, draft: string): boolean {
  return `\n\n${draft}\n\n`.includes(`\n\n${prompt}\n\n`);
}
