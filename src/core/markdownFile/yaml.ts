/** Reads the YAML of front matter, in linear time for any text. */
import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { MAX_FRONT_MATTER } from '../base/limits';
import { say, type Words } from '../words/words';
import type { FileProblem } from './problem';

/** Two offsets in the YAML text. */
export type Offsets = readonly [start: number, end: number];

interface YamlProblem {
  readonly at: Offsets;
  readonly message: Words;
  readonly severity: FileProblem['severity'];
}

export interface FrontMatterYaml {
  /** Undefined if the text cannot be read. A key that appears twice is a problem, but the rest can be read. */
  readonly document: Document.Parsed | undefined;
  readonly problems: readonly YamlProblem[];
}

/** Parses front matter. Never throws. Problems have offsets in `yaml`. */
export function readYaml(yaml: string): FrontMatterYaml {
  if (yaml.length > MAX_FRONT_MATTER) {
    const message = say(
      'markdownFile.tooLong',
      yaml.length.toLocaleString('en-US'),
      MAX_FRONT_MATTER.toLocaleString('en-US'),
    );
    return { document: undefined, problems: [{ at: [0, 3], message, severity: 'error' }] };
  }
  let document: Document.Parsed;
  try {
    // `uniqueKeys` compares each key of a map with all others, which takes quadratic time. Pretty errors repeat the
    // text, which may contain a secret.
    document = parseDocument(yamlSource(yaml), { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  } catch {
    const message = say('markdownFile.tooDeep');
    return { document: undefined, problems: [{ at: [0, yaml.length], message, severity: 'error' }] };
  }
  const within = (offset: number): number => Math.min(offset, yaml.length);
  const located = ({
    code,
    message,
    pos,
  }: Document.Parsed['errors'][number] | Document.Parsed['warnings'][number]) => ({
    at: [within(pos[0]), within(pos[1])] as const,
    message: YAML_ERRORS[code] ?? say('markdownFile.invalid', message),
  });
  const problems: readonly YamlProblem[] = [
    ...document.errors.map((error) => ({ ...located(error), severity: 'error' as const })),
    ...document.warnings.map((warning) => ({ ...located(warning), severity: 'warning' as const })),
  ];
  if (document.errors.length > 0) return { document: undefined, problems };
  return { document, problems: [...problems, ...repeatedKeys(document.contents)] };
}

/** The text as YAML sees it. A lone `\r` ends a line for editors but not for YAML. Offsets stay the same. */
export function yamlSource(yaml: string): string {
  return yaml.replace(/\r(?!\n)/g, '\n');
}

/** The offsets of a YAML node, or undefined if it has none. */
export function offsetsOf(node: unknown): Offsets | undefined {
  if (!isNode(node) || !node.range) return undefined;
  return [node.range[0], node.range[1]];
}

export function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value) || isAlias(value);
}

/** Whether a key has no value: `model:` and `model: ~`. */
export function isEmptyNode(node: unknown): boolean {
  return node === undefined || node === null || (isScalar(node) && (node.value === null || node.value === undefined));
}

/** The value of a key. If the key appears twice, the first value counts. */
export function valueOf(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
}

export const ALIAS = say('markdownFile.alias');

/** The most common YAML mistakes, with advice. All others show the parser's own message. */
const YAML_ERRORS: Readonly<Record<string, Words>> = {
  BLOCK_AS_IMPLICIT_KEY: say('markdownFile.colon'),
  TAB_AS_INDENT: say('markdownFile.tabs'),
  BAD_ALIAS: ALIAS,
  BAD_SCALAR_START: say('markdownFile.character'),
  MULTIPLE_DOCS: say('markdownFile.oneDocument'),
  UNEXPECTED_TOKEN: say('markdownFile.unexpected'),
  TAG_RESOLVE_FAILED: say('markdownFile.tags'),
  BAD_DIRECTIVE: say('markdownFile.directives'),
};

/** Keys that appear in one map a second time, in the order of the text. */
function repeatedKeys(contents: unknown): readonly YamlProblem[] {
  const found: YamlProblem[] = [];
  const open: unknown[] = [contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isMap(node)) {
      const seen = new Set<unknown>();
      for (const { key, value } of node.items) {
        if (isScalar(key)) {
          if (seen.has(key.value)) {
            const message = say('markdownFile.twice', String(key.value));
            found.push({ at: offsetsOf(key) ?? [0, 0], message, severity: 'error' });
          }
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
  return found.sort((a, b) => a.at[0] - b.at[0]);
}
