/** Removes provider keys from what leaves the extension as an export or a copy. */
import { parseWithoutKeys, withoutSecrets } from './secrets';
import { maskKeyShapes, maskKeyShapesIn } from './keyShapes';

/** A copy of plain JSON without keys. It finds them by name, in objects and texts, and by shape. */
export function withoutKeys<T>(value: T): T {
  return maskKeyShapesIn(parseWithoutKeys(JSON.stringify(value)) as T);
}

/** The same for a text. */
export function textWithoutKeys(text: string): string {
  return maskKeyShapes(withoutSecrets([text], []).join());
}
