import { MAX_PROMPT_LENGTH } from '../../base/limits';

/** Reads earlier drafts from outside, oldest first. Drops what is not text, and the oldest ones over the limit. */
export function parseEarlierDrafts(value: unknown): readonly string[] {
  const texts = Array.isArray(value)
    ? value.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
    : [];
  let room = MAX_PROMPT_LENGTH;
  const tooOld = texts.findLastIndex((text) => (room -= text.length) < 0);
  return texts.slice(tooOld + 1);
}
