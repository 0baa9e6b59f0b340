/**
 * Finds keys named like a secret in front matter, where no secret may be. `core/secrets/keyShapes.ts` finds values that
 * look like keys.
 */

const SECRET_KEY = /token|secret|passw|credential|api[-_ ]?key|^llm/i;

export function looksLikeSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}
