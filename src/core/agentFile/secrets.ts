/** Notices secrets where none may stand. Their text goes nowhere: callers get places only. */

const SECRET_KEY = /token|secret|passw|credential|api[-_ ]?key|^llm/i;
/** Keys of LLM providers begin with `sk-`. */
const SECRET_VALUE = /\bsk-[\w-]{16,}/g;

export function looksLikeSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}

export function secretsIn(text: string): readonly (readonly [start: number, end: number])[] {
  return [...text.matchAll(SECRET_VALUE)].map((match) => [match.index, match.index + match[0].length] as const);
}
