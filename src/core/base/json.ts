/** Reading unknown JSON: what a value is, and whether two values are the same. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an own property. So a key such as `toString` never finds a member of `Object.prototype`. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A text that is present and not empty. */
export function textField(value: unknown, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function numberField(value: unknown, key: string): number | undefined {
  const found = field(value, key);
  if (typeof found === 'number') return Number.isFinite(found) ? found : undefined;
  if (typeof found !== 'string' || found.trim() === '') return undefined;
  const parsed = Number(found);
  return Number.isFinite(parsed) ? parsed : undefined;
}

export function listField(value: unknown, key: string): readonly unknown[] {
  const found = field(value, key);
  return Array.isArray(found) ? found : [];
}

/**
 * Whether two plain JSON values are equal. A key with `undefined` counts as absent, and the order of keys does not
 * matter. It uses its own stack, because values can nest deeper than the call stack allows.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  const open: object[] = [];
  /** False if the two differ for certain. Two objects are compared later. */
  const mayBeSame = (left: unknown, right: unknown): boolean => {
    if (Object.is(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
    open.push(left, right);
    return true;
  };
  if (!mayBeSame(a, b)) return false;
  for (let right = open.pop(), left = open.pop(); left && right; right = open.pop(), left = open.pop()) {
    if (Array.isArray(left)) {
      if (!Array.isArray(right) || left.length !== right.length) return false;
      for (let index = 0; index < left.length; index++) if (!mayBeSame(left[index], right[index])) return false;
    } else {
      if (!isObject(left) || !isObject(right)) return false;
      for (const key of Object.keys(left)) {
        if (left[key] !== undefined && !Object.hasOwn(right, key)) return false;
        if (!mayBeSame(left[key], field(right, key))) return false;
      }
      for (const key of Object.keys(right)) if (right[key] !== undefined && !Object.hasOwn(left, key)) return false;
    }
  }
  return true;
}
