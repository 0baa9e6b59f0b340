import { MAX_PROMPT_LENGTH } from '../../base/limits';

/** Displaced drafts that crossed a border, oldest first: what of them is text, and of a hoard of it the newest. */
export function parseAsides(value: unknown): readonly string[] {
  const texts = Array.isArray(value)
    ? value.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
    : [];
  let room = MAX_PROMPT_LENGTH;
  const tooOld = texts.findLastIndex((text) => (room -= text.length) < 0);
  return texts.slice(tooOld + 1);
}
