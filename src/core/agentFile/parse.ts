/** Reads an agent's document: its fields, and all problems with their positions. Never throws. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { AgentFields, ChainedAgent, SubAgent } from '../api/model';
import { rangesIn, type TextRange } from '../markdownFile/positions';
import type { FileProblem } from '../markdownFile/problem';
import { ALIAS, isEmptyNode, isNode, offsetsOf, readYaml, type Offsets } from '../markdownFile/yaml';
import { keyShapesIn } from '../secrets/keyShapes';
import { joined, say, type Words } from '../words/words';
import { splitDocument } from './body';
import { AGENT_KEYS, isAgentKey, ITEM_KEYS, REASONING_EFFORTS, type AgentKey } from './keys';
import { looksLikeSecretKey } from './secrets';

export interface Problem extends FileProblem {
  /** The field that the problem is about, if there is one. */
  readonly key?: AgentKey;
}

export interface AgentDocument {
  /** The fields that could be read. `systemPrompt` is always set. A key without a value counts as left out. */
  readonly fields: AgentFields;
  readonly problems: readonly Problem[];
  /** Where each key is, whether it has a value or not. */
  readonly keys: ReadonlyMap<AgentKey, TextRange>;
}

/** Reports a problem with a value. Offsets count from the start of the YAML text. */
type Report = (at: Offsets, message: Words, severity?: Problem['severity']) => void;

const NAME_MISSING = say('agentFile.nameNeeded');
const SET_PROVIDER_TOKEN = say('agentFile.noProviderToken');

/** Reads the fields of an agent from its document. */
export function parseAgentDocument(text: string): AgentDocument {
  const parts = splitDocument(text);
  const rangeOf = rangesIn(text);
  const problems: Problem[] = [];
  const keys = new Map<AgentKey, TextRange>();
  if (parts.kind !== 'closed') {
    const problem: Problem =
      parts.kind === 'none'
        ? {
            severity: 'error',
            range: rangeOf(0, 0),
            message: say('agentFile.noFrontMatter'),
          }
        : {
            severity: 'error',
            range: rangeOf(parts.fenceStart, parts.fenceEnd),
            message: say('agentFile.frontMatterOpen'),
          };
    return { fields: {}, keys, problems: [problem] };
  }

  const { yaml, yamlStart, body } = parts;
  const rangeAt = ([start, end]: Offsets): TextRange => rangeOf(yamlStart + start, yamlStart + end);
  let currentKey: AgentKey | undefined;
  const report: Report = (at, message, severity = 'error') => {
    problems.push({ message, severity, range: rangeAt(at), ...(currentKey && { key: currentKey }) });
  };

  for (const place of keyShapesIn(yaml)) report(place, say('agentFile.looksLikeKey', SET_PROVIDER_TOKEN));

  const fields: AgentFields = {};
  const map = readMap(yaml, report);
  if (map) {
    for (const pair of map.items) {
      const name = keyOf(pair);
      const at = offsetsOf(pair.key) ?? [0, 0];
      if (name === undefined) report(at, say('agentFile.keyPlainWord'));
      else if (!isAgentKey(name)) {
        const known = AGENT_KEYS.map(({ key }) => key);
        reportUnknownKey(name, at, known, report);
      } else if (!keys.has(name)) {
        currentKey = name;
        keys.set(name, rangeAt(at));
        const value = filledIn(pair.value);
        if (value) readField(name, value, fields, report);
        currentKey = undefined;
      }
    }
    if (fields.name === undefined && !problems.some(({ key }) => key === 'name')) {
      const range = keys.get('name') ?? rangeOf(parts.fenceStart, yamlStart - 1);
      problems.push({ message: NAME_MISSING, severity: 'error', key: 'name', range });
    }
  }
  return { fields: { ...fields, systemPrompt: body }, problems: problems.sort(byPosition), keys };
}

/** The front matter as a map. Undefined if it is none; then the problem has been reported. */
function readMap(yaml: string, report: Report): YAMLMap | undefined {
  const { document, problems } = readYaml(yaml);
  // A YAML warning means that the parser guessed a value, so nothing of this front matter is sent.
  for (const { at, message } of problems) report(at, message);
  if (!document || document.warnings.length > 0) return undefined;
  const { contents } = document;
  if (isMap(contents)) return contents;
  if (isEmptyNode(contents)) report([0, 0], NAME_MISSING);
  else report(offsetsOf(contents) ?? [0, 0], say('agentFile.frontMatterLines'));
  return undefined;
}

/** Reads a value, or reports what is wrong with it. */
type Reader<T> = (node: Node, report: Report) => T | undefined;

const readText: Reader<string> = (node, report) => {
  if (isScalar(node) && typeof node.value === 'string') return node.value;
  return wrong(node, report, isScalar(node) ? say('agentFile.quoteText') : say('agentFile.mustBeText'));
};

const readBoolean: Reader<boolean> = (node, report) =>
  isScalar(node) && typeof node.value === 'boolean' ? node.value : wrong(node, report, say('agentFile.mustBeBoolean'));

function wholeNumber(least: number): Reader<number> {
  return (node, report) => {
    if (!isScalar(node) || typeof node.value !== 'number' || !Number.isSafeInteger(node.value))
      return wrong(node, report, say('agentFile.mustBeWhole'));
    if (node.value < least) report(offsetsOf(node) ?? [0, 0], say('agentFile.mustBeWholeFrom', least));
    return node.value;
  };
}

const readName: Reader<string> = (node, report) => {
  const name = readText(node, report);
  return name?.trim() === '' ? wrong(node, report, NAME_MISSING) : name;
};

const readReasoningEffort: Reader<string> = (node, report) => {
  const effort = readText(node, report);
  if (effort !== undefined && !(REASONING_EFFORTS as readonly string[]).includes(effort)) {
    report(offsetsOf(node) ?? [0, 0], say('agentFile.knownValues', REASONING_EFFORTS.join(', ')), 'warning');
  }
  return effort;
};

function listOf<T>(readItem: Reader<T>, what: Words): Reader<readonly T[]> {
  return (node, report) => {
    if (!isSeq(node)) return wrong(node, report, say('agentFile.mustBeList', what));
    const list = node.items.flatMap((item) => {
      const value = isNode(item) ? readItem(item, report) : undefined;
      return value === undefined ? [] : [value];
    });
    // Without its wrong item, the list would mean something else. The item has been reported.
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
      say(
        'agentFile.mustHaveKeys',
        joined(
          Object.keys(readers).map((key) => say('agentFile.keyAndValue', key)),
          ', ',
        ),
      ),
    );
  const entry: Partial<Record<Key, number>> = {};
  for (const pair of node.items) {
    const name = keyOf(pair);
    const at = offsetsOf(pair.key) ?? offsetsOf(node) ?? [0, 0];
    const value = filledIn(pair.value);
    if (name === undefined) report(at, say('agentFile.keyPlainWord'));
    else if (!Object.hasOwn(readers, name)) reportUnknownKey(name, at, Object.keys(readers), report);
    else if (value) {
      const number = readers[name as Key](value, report);
      if (number !== undefined) entry[name as Key] = number;
      else return undefined;
    }
  }
  return entry;
}

const readChainedAgent: Reader<ChainedAgent> = (node, report) => {
  const entry = readEntry(node, report, { agentId: wholeNumber(0), step: wholeNumber(0) });
  if (!entry) return undefined;
  const { agentId, step } = entry;
  return agentId === undefined || step === undefined
    ? wrong(node, report, say('agentFile.needsAgentIdAndStep'))
    : { agentId, step };
};

const readSubAgent: Reader<SubAgent> = (node, report) => {
  const entry = readEntry(node, report, { agentId: wholeNumber(0), callableCount: wholeNumber(0) });
  if (!entry) return undefined;
  const { agentId, callableCount } = entry;
  if (agentId === undefined) return wrong(node, report, say('agentFile.needsAgentId'));
  return callableCount === undefined ? { agentId } : { agentId, callableCount };
};

function keysOfEntry(list: keyof typeof ITEM_KEYS): Words {
  const [first, second] = Object.keys(ITEM_KEYS[list]);
  return say('agentFile.twoKeys', first ?? '', second ?? '');
}

const READERS: { readonly [Key in AgentKey]: Reader<Required<AgentFields>[Key]> } = {
  name: readName,
  description: readText,
  model: readText,
  reasoningEffort: readReasoningEffort,
  maxTurns: wholeNumber(1),
  toolChoice: readText,
  tools: listOf(readText, say('agentFile.toolNames')),
  public: readBoolean,
  useQCC: readBoolean,
  chainedAgents: listOf(readChainedAgent, keysOfEntry('chainedAgents')),
  subAgents: listOf(readSubAgent, keysOfEntry('subAgents')),
  pipeline: readText,
  profileImage: readText,
};

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it ties a key to the type of its value
function readField<Key extends AgentKey>(key: Key, node: Node, fields: AgentFields, report: Report): void {
  const read: Reader<Required<AgentFields>[Key]> = READERS[key];
  const value = read(node, report);
  if (value !== undefined) fields[key] = value;
}

function wrong(node: Node, report: Report, message: Words): undefined {
  report(offsetsOf(node) ?? [0, 0], isAlias(node) ? ALIAS : message);
  return undefined;
}

function reportUnknownKey(name: string, at: Offsets, known: readonly string[], report: Report): void {
  if (looksLikeSecretKey(name)) {
    report(at, SET_PROVIDER_TOKEN);
    return;
  }
  const meant = known.find((key) => key.toLowerCase() === name.toLowerCase().replace(/[-_ ]/g, ''));
  report(at, meant ? say('agentFile.unknownKeyLike', name, meant) : say('agentFile.unknownKey', name), 'warning');
}

function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : undefined;
}

function filledIn(value: unknown): Node | undefined {
  return isNode(value) && !isEmptyNode(value) ? value : undefined;
}

function byPosition({ range: a }: Problem, { range: b }: Problem): number {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}
