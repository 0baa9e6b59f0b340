/** Notices names of secrets where no secret may be. What looks like a key itself: `core/secrets/keyShapes.ts`. */

const SECRET_KEY = /token|secret|passw|credential|api[-_ ]?key|^llm/i;

export function looksLikeSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}
