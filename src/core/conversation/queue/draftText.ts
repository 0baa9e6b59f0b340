/**
 * Whether a prompt that is given back is part of a draft already: as paragraphs of its own, not as letters of other
 * words.
 */
export function standsIn(prompt: string, draft: string): boolean {
  return `\n\n${draft}\n\n`.includes(`\n\n${prompt}\n\n`);
}
