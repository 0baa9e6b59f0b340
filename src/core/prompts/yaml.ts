/** YAML of front matter, read in linear time whatever it holds. */
import { isMap, isPair, isScalar, isSeq, parseDocument, YAMLParseError, type Document } from 'yaml';
import { MAX_FRONT_MATTER } from '../base/limits';

/** YAML knows no lone carriage return as a line break, editors do. Offsets stay. */
export function yamlSource(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n');
}

/**
 * Parses front matter. Errors are taken from the document; pretty ones would repeat the source in their text. Front
 * matter that is too long is not read:
 * that is its one error.
 */
export function parseYaml(source: string): Document.Parsed {
  if (source.length > MAX_FRONT_MATTER) {
    return refused(
      `it has ${source.length.toLocaleString('en-US')} characters, and at most ${MAX_FRONT_MATTER.toLocaleString('en-US')} are read.`,
    );
  }
  try {
    // The parser compares each key with all others of its map, which takes the square of their number.
    const document = parseDocument(source, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
    if (document.errors.length === 0)
      for (const at of repeatedKeys(document.contents)) document.errors.push(errorAt(at, 'Map keys must be unique'));
    return document;
  } catch {
    return refused('it is nested too deeply.');
  }
}

function refused(why: string): Document.Parsed {
  const document = parseDocument('', { logLevel: 'silent' });
  document.errors.push(errorAt(0, why));
  return document;
}

function errorAt(offset: number, message: string): YAMLParseError {
  return new YAMLParseError([offset, offset + 1], 'DUPLICATE_KEY', message);
}

/** Where keys stand that an earlier one of the same map equals, in order. */
function repeatedKeys(contents: unknown): readonly number[] {
  const found: number[] = [];
  const open: unknown[] = [contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isMap(node)) {
      const seen = new Set<unknown>();
      for (const { key, value } of node.items) {
        if (isScalar(key)) {
          if (seen.has(key.value)) found.push(key.range?.[0] ?? 0);
          seen.add(key.value);
        }
        open.push(key, value);
      }
    } else if (isSeq(node)) {
      for (const item of node.items) open.push(item);
    } else if (isPair(node)) {
      open.push(node.key, node.value);
    }
  }
  return found.sort((a, b) => a - b);
}
