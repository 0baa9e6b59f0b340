import type { AgentFields } from '../api/model';

/** A key of the front matter: each settable field of an agent except the system prompt, which is the body. */
export type AgentKey = Exclude<keyof AgentFields, 'systemPrompt'>;

export interface KeyDescription {
  readonly key: AgentKey;
  /** Its meaning, as Markdown for hovers and completions. */
  readonly meaning: string;
  /** Possible values, where there is a short list or an example. */
  readonly values?: readonly string[];
}

export const REASONING_EFFORTS = ['low', 'medium', 'high'] as const;

const NO_WAY_BACK = 'Once set, the API knows no way to unset it.';

/**
 * All keys in the order of a document: who the agent is, how it thinks, what it may do, which agents it works with, and
 * the rest.
 */
export const AGENT_KEYS: readonly KeyDescription[] = [
  { key: 'name', meaning: "The agent's name, as it stands in the tree. Required." },
  { key: 'description', meaning: 'What the agent is for, in a sentence.' },
  {
    key: 'model',
    meaning:
      "The language model. Without this key the agent runs on the organization's default model. Once set, the API knows no way back to the default.",
  },
  {
    key: 'reasoningEffort',
    meaning: `How much the model thinks before it acts: \`low\`, \`medium\` or \`high\`. ${NO_WAY_BACK}`,
    values: REASONING_EFFORTS,
  },
  {
    key: 'maxTurns',
    meaning: `How many turns the agent may take before it has to end: a whole number above 0. ${NO_WAY_BACK}`,
  },
  {
    key: 'toolChoice',
    meaning: `How the model chooses among its tools, for example \`auto\`. ${NO_WAY_BACK}`,
    values: ['auto'],
  },
  { key: 'tools', meaning: 'The tools that the agent may use, one per line. `tools: []` leaves it without tools.' },
  { key: 'public', meaning: 'Whether everyone in the organization sees the agent.', values: ['true', 'false'] },
  {
    key: 'useQCC',
    meaning:
      "`true`: runs on QuantConnect's provider and is paid with its credit. `false`: runs on a provider key of your own, which the command *Set Provider Token* sets; it is never written in a document.",
    values: ['true', 'false'],
  },
  {
    key: 'chainedAgents',
    meaning: 'Agents that run one after another: a list of `agentId` and `step`, the position in the chain.',
  },
  {
    key: 'subAgents',
    meaning:
      'Agents that this one may call as tools: a list of `agentId` and, if you like, `callableCount`, the most calls per deployment.',
  },
  { key: 'pipeline', meaning: `The pipeline that the agent belongs to. ${NO_WAY_BACK}` },
  { key: 'profileImage', meaning: `The file name of the agent's picture on QuantConnect. ${NO_WAY_BACK}` },
];

export const ITEM_KEYS = {
  chainedAgents: {
    agentId: 'The id of the agent that runs.',
    step: 'Its position in the chain.',
  },
  subAgents: {
    agentId: 'The id of the agent that may be called.',
    callableCount: 'The most calls of it per deployment; without this key there is no cap.',
  },
} as const;

const BY_NAME: ReadonlyMap<string, KeyDescription> = new Map(
  AGENT_KEYS.map((description) => [description.key, description]),
);

export function keyDescription(key: string): KeyDescription | undefined {
  return BY_NAME.get(key);
}

export function isAgentKey(key: string): key is AgentKey {
  return BY_NAME.has(key);
}
