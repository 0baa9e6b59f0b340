/** Reads an agent's document: its fields, and everything that is wrong with it, at its place. Never throws. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { AgentFields, ChainedAgent, SubAgent } from '../api/model';
import { keyShapesIn } from '../secrets/keyShapes';
import { MAX_FRONT_MATTER } from '../base/limits';
import { splitDocument } from './frontMatter';
import { AGENT_KEYS, isAgentKey, ITEM_KEYS, REASONING_EFFORTS, type AgentKey } from './keys';
import { LineIndex, type Range } from './position';
import { looksLikeSecretKey } from './secrets';

export interface Problem extends Range {
  readonly message: string;
  /** A document with an error is not sent; a warning is only shown. */
  readonly severity: 'error' | 'warning';
  /** The field that it is about, if there is one. */
  readonly key?: AgentKey;
}

export interface AgentDocument {
  /** What could be read. `systemPrompt` is always there; a key without a value counts as left out. */
  readonly fields: AgentFields;
  readonly problems: readonly Problem[];
  /** Where each key stands, whether it has a value or not. */
  readonly keys: ReadonlyMap<AgentKey, Range>;
}

/** What readers of values report to: where, as offsets in the YAML text, and what. */
type Report = (at: Place, message: string, severity?: Problem['severity']) => void;
type Place = readonly [start: number, end: number];

const SET_PROVIDER_TOKEN =
  'The provider token is never written in a document: use the command “Set Provider Token”. Remove it here';

export function parseAgentDocument(text: string): AgentDocument {
  const split = splitDocument(text);
  const lines = new LineIndex(text);
  const problems: Problem[] = [];
  const keys = new Map<AgentKey, Range>();
  if (split.kind !== 'complete') {
    const [end, message] =
      split.kind === 'none'
        ? [
            0,
            'An agent begins with front matter: a line “---”, a line “name: …”, the other fields, and a line “---”. The system prompt follows.',
          ]
        : [split.fenceEnd, 'The front matter has no end: a line “---” is missing before the system prompt.'];
    return { fields: {}, keys, problems: [{ message, severity: 'error', ...lines.rangeOf(0, end) }] };
  }

  const { yaml, yamlStart, body } = split;
  const rangeOf = ([start, end]: Place): Range => lines.rangeOf(yamlStart + start, yamlStart + end);
  let currentKey: AgentKey | undefined;
  const report: Report = (at, message, severity = 'error') => {
    problems.push({ message, severity, ...rangeOf(at), ...(currentKey && { key: currentKey }) });
  };

  for (const place of keyShapesIn(yaml))
    report(place, `This looks like an API key. ${SET_PROVIDER_TOKEN}, and renew the key if others have seen it.`);

  const fields: AgentFields = {};
  const map = readYaml(yaml, report);
  if (map) {
    const seen = new Set<string>();
    for (const pair of map.items) {
      const name = keyOf(pair);
      const at = placeOf(pair.key) ?? [0, 0];
      if (name === undefined) report(at, 'A key must be a plain word.');
      else if (seen.has(name)) report(at, `“${name}” stands here twice.`);
      else if (!isAgentKey(name))
        reportUnknownKey(
          name,
          at,
          AGENT_KEYS.map(({ key }) => key),
          report,
        );
      else {
        currentKey = name;
        keys.set(name, rangeOf(at));
        const value = valueOf(pair);
        if (value) readField(name, value, fields, report);
        currentKey = undefined;
      }
      if (name !== undefined) seen.add(name);
    }
    const nameAt = keys.get('name');
    if (nameAt ? fields.name === undefined && !problems.some(({ key }) => key === 'name') : true) {
      problems.push({
        message: 'An agent needs a name.',
        severity: 'error',
        key: 'name',
        ...(nameAt ?? lines.rangeOf(0, Math.max(0, yamlStart - 1))),
      });
    }
  }
  return { fields: { ...fields, systemPrompt: body }, problems: problems.sort(byPosition), keys };
}

/**
 * The map that the front matter is, or undefined after saying why it is none. Nothing in it is ever turned into an
 * object of ours by YAML's tags.
 */
function readYaml(yaml: string, report: Report): YAMLMap | undefined {
  if (yaml.length > MAX_FRONT_MATTER) {
    report(
      [0, 3],
      `The front matter is too long: it has ${yaml.length.toLocaleString('en-US')} characters, and at most ${MAX_FRONT_MATTER.toLocaleString('en-US')} are read.`,
    );
    return undefined;
  }
  let document: Document.Parsed;
  try {
    // Duplicate keys are found below, in linear time and with a message of our own.
    document = parseDocument(yaml, {
      schema: 'core',
      version: '1.2',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      strict: true,
      logLevel: 'error',
    });
  } catch {
    report([0, yaml.length], 'The front matter cannot be read: it is nested too deeply.');
    return undefined;
  }
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    report(
      [Math.min(pos[0], yaml.length), Math.min(pos[1], yaml.length)],
      YAML_ERRORS[code] ?? `This is not valid YAML: ${message}`,
    );
  }
  if (document.errors.length + document.warnings.length > 0) return undefined;
  const { contents } = document;
  if (isMap(contents)) return contents;
  if (contents === null || isNothing(contents)) {
    report([0, 0], 'An agent needs a name.');
    return undefined;
  }
  report(placeOf(contents) ?? [0, 0], 'The front matter must consist of lines “key: value”.');
  return undefined;
}

/** Aliases are refused rather than followed: they can multiply without end, and nobody needs them here. */
const ALIAS = 'YAML takes * for an alias, which means nothing here. If it is text, put quotes around the value.';

/** YAML's commonest accidents, in words that say what to do. What is not here is told in the words of the parser. */
const YAML_ERRORS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'A value with a colon and a space in it needs quotes around it.',
  TAB_AS_INDENT: 'Indent with spaces: YAML takes no tabs.',
  BAD_ALIAS: ALIAS,
  BAD_SCALAR_START: 'A value that begins with this character needs quotes around it.',
  MULTIPLE_DOCS: 'The front matter can be one YAML document only.',
  UNEXPECTED_TOKEN: 'YAML does not expect this here. If it is text, put quotes around the whole value.',
  TAG_RESOLVE_FAILED: 'Tags (words that begin with !) mean nothing here. If it is text, put quotes around the value.',
  BAD_DIRECTIVE: 'Directives (lines that begin with %) mean nothing here.',
};

type Reader<T> = (node: Node, report: Report) => T | undefined;

const readText: Reader<string> = (node, report) => {
  if (isScalar(node) && typeof node.value === 'string') return node.value;
  return wrong(node, report, isScalar(node) ? 'This must be text: put quotes around it.' : 'This must be text.');
};

const readBoolean: Reader<boolean> = (node, report) =>
  isScalar(node) && typeof node.value === 'boolean' ? node.value : wrong(node, report, 'This must be true or false.');

function wholeNumber(least: number): Reader<number> {
  return (node, report) => {
    if (!isScalar(node) || typeof node.value !== 'number' || !Number.isSafeInteger(node.value))
      return wrong(node, report, 'This must be a whole number.');
    if (node.value < least) report(placeOf(node) ?? [0, 0], `This must be a whole number of ${String(least)} or more.`);
    return node.value;
  };
}

const readName: Reader<string> = (node, report) => {
  const name = readText(node, report);
  return name?.trim() === '' ? wrong(node, report, 'An agent needs a name.') : name;
};

const readReasoningEffort: Reader<string> = (node, report) => {
  const effort = readText(node, report);
  if (effort !== undefined && !(REASONING_EFFORTS as readonly string[]).includes(effort)) {
    report(
      placeOf(node) ?? [0, 0],
      `Known values are ${REASONING_EFFORTS.join(', ')}. QuantConnect may refuse another one.`,
      'warning',
    );
  }
  return effort;
};

function listOf<T>(readItem: Reader<T>, what: string): Reader<readonly T[]> {
  return (node, report) => {
    if (!isSeq(node)) return wrong(node, report, `This must be a list of ${what}, one per line, each after “- ”.`);
    const list = node.items.flatMap((item) => {
      const value = isNode(item) ? readItem(item, report) : undefined;
      return value === undefined ? [] : [value];
    });
    // A list with a gap says something else than its author: the problem at the gap has been reported.
    return list.length === node.items.length ? list : undefined;
  };
}

/** One entry of `chainedAgents` or `subAgents`. */
function readEntry<Key extends string>(
  node: Node,
  report: Report,
  readers: Readonly<Record<Key, Reader<number>>>,
): Partial<Record<Key, number>> | undefined {
  if (!isMap(node))
    return wrong(
      node,
      report,
      `This must consist of ${Object.keys(readers)
        .map((key) => `“${key}: …”`)
        .join(' and ')}.`,
    );
  const entry: Partial<Record<Key, number>> = {};
  const seen = new Set<string>();
  for (const pair of node.items) {
    const name = keyOf(pair);
    const at = placeOf(pair.key) ?? placeOf(node) ?? [0, 0];
    const value = valueOf(pair);
    if (name === undefined) report(at, 'A key must be a plain word.');
    else if (seen.has(name)) report(at, `“${name}” stands here twice.`);
    else if (!Object.hasOwn(readers, name)) reportUnknownKey(name, at, Object.keys(readers), report);
    else if (value) {
      const number = readers[name as Key](value, report);
      if (number !== undefined) entry[name as Key] = number;
      else return undefined;
    }
    if (name !== undefined) seen.add(name);
  }
  return entry;
}

const readChainedAgent: Reader<ChainedAgent> = (node, report) => {
  const entry = readEntry(node, report, { agentId: wholeNumber(0), step: wholeNumber(0) });
  if (!entry) return undefined;
  const { agentId, step } = entry;
  return agentId === undefined || step === undefined
    ? wrong(node, report, 'This needs both “agentId” and “step”.')
    : { agentId, step };
};

const readSubAgent: Reader<SubAgent> = (node, report) => {
  const entry = readEntry(node, report, { agentId: wholeNumber(0), callableCount: wholeNumber(0) });
  if (!entry) return undefined;
  const { agentId, callableCount } = entry;
  if (agentId === undefined) return wrong(node, report, 'This needs an “agentId”.');
  return callableCount === undefined ? { agentId } : { agentId, callableCount };
};

const READERS: { readonly [Key in AgentKey]: Reader<Required<AgentFields>[Key]> } = {
  name: readName,
  description: readText,
  model: readText,
  reasoningEffort: readReasoningEffort,
  maxTurns: wholeNumber(1),
  toolChoice: readText,
  tools: listOf(readText, 'tool names'),
  public: readBoolean,
  useQCC: readBoolean,
  chainedAgents: listOf(readChainedAgent, `“${Object.keys(ITEM_KEYS.chainedAgents).join('” and “')}”`),
  subAgents: listOf(readSubAgent, `“${Object.keys(ITEM_KEYS.subAgents).join('” and “')}”`),
  pipeline: readText,
  profileImage: readText,
};

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it ties a key to the type of its value
function readField<Key extends AgentKey>(key: Key, node: Node, fields: AgentFields, report: Report): void {
  const read: Reader<Required<AgentFields>[Key]> = READERS[key];
  const value = read(node, report);
  if (value !== undefined) fields[key] = value;
}

function wrong(node: Node, report: Report, message: string): undefined {
  report(placeOf(node) ?? [0, 0], isAlias(node) ? ALIAS : message);
  return undefined;
}

function reportUnknownKey(name: string, at: Place, known: readonly string[], report: Report): void {
  if (looksLikeSecretKey(name)) {
    report(at, `${SET_PROVIDER_TOKEN}.`);
    return;
  }
  const meant = known.find((key) => key.toLowerCase() === name.toLowerCase().replace(/[-_ ]/g, ''));
  report(
    at,
    meant
      ? `“${name}” is not known and is not sent. Did you mean “${meant}”?`
      : `“${name}” is not known and is not sent.`,
    'warning',
  );
}

function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : undefined;
}

/** The value, or undefined where there is none: `model:` says as little as no such line at all. */
function valueOf(pair: Pair): Node | undefined {
  return isNode(pair.value) && !isNothing(pair.value) ? pair.value : undefined;
}

function isNothing(node: unknown): boolean {
  return isScalar(node) && node.value === null;
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function placeOf(node: unknown): Place | undefined {
  if (!isNode(node) || !node.range) return undefined;
  return [node.range[0], node.range[1]];
}

function byPosition(a: Problem, b: Problem): number {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}
