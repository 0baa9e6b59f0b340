/** What leaves the extension as an export or a copy holds no key of a provider. */
import { parseWithoutKeys, withoutSecrets } from './secrets';
import { maskKeyShapes, maskKeyShapesIn } from './keyShapes';

/**
 * A copy of plain JSON without keys: by the name that a key stands under, in objects and in texts, and by their shape.
 */
export function withoutKeys<T>(value: T): T {
  return maskKeyShapesIn(parseWithoutKeys(JSON.stringify(value)) as T);
}

/** The same for a text. */
export function textWithoutKeys(text: string): string {
  return maskKeyShapes(withoutSecrets([text], []).join());
}
