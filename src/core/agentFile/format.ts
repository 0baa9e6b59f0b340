/** Writes an agent as the Markdown document in which the user edits it. */
import { stringify } from 'yaml';
import type { Agent, AgentFields } from '../api/model';
import { agentFieldsOf } from './changes';
import { joinDocument } from './body';
import { AGENT_KEYS, type AgentKey } from './keys';

export interface FormatContext {
  /** The name of another agent, written as a comment beside its id. */
  readonly nameOf?: ((agentId: number) => string | undefined) | undefined;
}

/**
 * The agent's settings as YAML front matter, and its system prompt as the unchanged body. Values that this version does
 * not know stay in it. The provider token is not part of it.
 */
export function formatAgent(agent: Agent, context: FormatContext = {}): string {
  return formatFields(agentFieldsOf(agent), context);
}

export function formatFields(fields: AgentFields, context: FormatContext = {}): string {
  const yaml = AGENT_KEYS.map(({ key }) => formatKey(key, fields, context)).join('');
  return joinDocument(yaml, fields.systemPrompt ?? '');
}

/**
 * The fields of a new agent that starts as a copy. The provider token is missing, because the API does not return it.
 */
export function copyOf(agent: Agent): AgentFields {
  return { ...agentFieldsOf(agent), name: `Copy of ${agent.name}` };
}

/**
 * The document of an agent that does not exist yet. It lacks a name, so an accidental save reports a problem and
 * creates nothing.
 */
export const NEW_AGENT_DOCUMENT = joinDocument(
  `name: 
description: 
# Everything below is optional. What is left out is decided by QuantConnect and can be set later; the system prompt goes below the closing line.
# model: claude-opus-4-7     # without it: the organization's default, to which the API knows no way back
# reasoningEffort: medium    # low, medium or high
# maxTurns: 50
# toolChoice: auto
# tools:
#   - create_file
#   - create_backtest
# public: false              # true: everyone in the organization sees it
# useQCC: true               # false: runs on your own provider key
# chainedAgents:             # run one after another
#   - agentId: 47
#     step: 1
# subAgents:                 # called as tools
#   - agentId: 47
#     callableCount: 3
`,
  '',
);

function formatKey(key: AgentKey, fields: AgentFields, context: FormatContext): string {
  switch (key) {
    case 'model':
      return fields.model === undefined
        ? "# model: not set, so the organization's default. Once set, the API knows no way back to the default.\n"
        : formatValue(key, fields.model);
    case 'useQCC':
      return fields.useQCC === false
        ? 'useQCC: false # Runs on a provider key of your own: the command "Set Provider Token" sets it.\n'
        : formatValue(key, fields.useQCC);
    case 'chainedAgents':
      return formatAgentList(key, fields.chainedAgents, context, ({ step }) => `    step: ${String(step)}\n`);
    case 'subAgents':
      return formatAgentList(key, fields.subAgents, context, ({ callableCount }) =>
        callableCount === undefined ? '' : `    callableCount: ${String(callableCount)}\n`,
      );
    case 'name':
    case 'description':
    case 'reasoningEffort':
    case 'maxTurns':
    case 'toolChoice':
    case 'tools':
    case 'public':
    case 'pipeline':
    case 'profileImage':
      return formatValue(key, fields[key]);
  }
}

function formatValue(key: AgentKey, value: unknown): string {
  if (value === undefined) return '';
  // Editors and single YAML lines change some characters. These are escaped in double quotes.
  const quoted = Array.isArray(value)
    ? value.some((item) => typeof item === 'string' && (item.includes('\n') || FRAGILE.test(item)))
    : typeof value === 'string' && FRAGILE.test(value);
  return stringify(
    { [key]: value },
    {
      lineWidth: 0,
      schema: 'core',
      aliasDuplicateObjects: false,
      ...(quoted && { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', blockQuote: false }),
    },
  );
}

// eslint-disable-next-line no-control-regex
const FRAGILE = /[\u0000-\u0009\u000B-\u001F\u007F-\u00A0\u2028\u2029\uFEFF\uFFFE\uFFFF\uD800-\uDFFF]|[ \t]\n|\n$/u;

function formatAgentList<T extends { readonly agentId: number }>(
  key: AgentKey,
  list: readonly T[] | undefined,
  context: FormatContext,
  rest: (item: T) => string,
): string {
  if (list === undefined) return '';
  if (list.length === 0) return `${key}: []\n`;
  const items = list.map((item) => {
    const name = context
      .nameOf?.(item.agentId)
      ?.replace(/[\p{C}\p{Z}]+/gu, ' ')
      .trim();
    return `  - agentId: ${String(item.agentId)}${name ? ` # ${name}` : ''}\n${rest(item)}`;
  });
  return `${key}:\n${items.join('')}`;
}
