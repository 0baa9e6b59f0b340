import type { AgentFields } from '../api/model';
import { say, type Words } from '../words/words';

/** A key of the front matter: each settable field of an agent except the system prompt, which is the body. */
export type AgentKey = Exclude<keyof AgentFields, 'systemPrompt'>;

export interface KeyDescription {
  readonly key: AgentKey;
  /** Its meaning, for hovers and completions. Its template is Markdown. */
  readonly meaning: Words;
  /** Possible values, where there is a short list or an example. */
  readonly values?: readonly string[];
}

export const REASONING_EFFORTS = ['low', 'medium', 'high'] as const;

const NO_WAY_BACK = say('agentFile.noWayBack');

/**
 * All keys in the order of a document: who the agent is, how it thinks, what it may do, which agents it works with, and
 * the rest.
 */
export const AGENT_KEYS: readonly KeyDescription[] = [
  { key: 'name', meaning: say('agentFile.meaning.name') },
  { key: 'description', meaning: say('agentFile.meaning.description') },
  { key: 'model', meaning: say('agentFile.meaning.model') },
  { key: 'reasoningEffort', meaning: say('agentFile.meaning.reasoningEffort', NO_WAY_BACK), values: REASONING_EFFORTS },
  { key: 'maxTurns', meaning: say('agentFile.meaning.maxTurns', NO_WAY_BACK) },
  { key: 'toolChoice', meaning: say('agentFile.meaning.toolChoice', NO_WAY_BACK), values: ['auto'] },
  { key: 'tools', meaning: say('agentFile.meaning.tools') },
  { key: 'public', meaning: say('agentFile.meaning.public'), values: ['true', 'false'] },
  { key: 'useQCC', meaning: say('agentFile.meaning.useQCC'), values: ['true', 'false'] },
  { key: 'chainedAgents', meaning: say('agentFile.meaning.chainedAgents') },
  { key: 'subAgents', meaning: say('agentFile.meaning.subAgents') },
  { key: 'pipeline', meaning: say('agentFile.meaning.pipeline', NO_WAY_BACK) },
  { key: 'profileImage', meaning: say('agentFile.meaning.profileImage', NO_WAY_BACK) },
];

export const ITEM_KEYS = {
  chainedAgents: {
    agentId: say('agentFile.meaning.chainedAgents.agentId'),
    step: say('agentFile.meaning.chainedAgents.step'),
  },
  subAgents: {
    agentId: say('agentFile.meaning.subAgents.agentId'),
    callableCount: say('agentFile.meaning.subAgents.callableCount'),
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
