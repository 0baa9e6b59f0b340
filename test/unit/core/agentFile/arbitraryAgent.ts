import fc from 'fast-check';
import { agentFieldsOf } from '../../../../src/core/agentFile/changes';
import type { Agent, AgentFields } from '../../../../src/core/api/model';

const id = fc.integer({ min: 1, max: 2_000_000_000 });
/** Text as people, servers and accidents write it. */
export const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\r\n',
      '\r',
      '\t',
      '-',
      '---',
      '---\n',
      ':',
      '#',
      '"',
      "'",
      '{',
      '|',
      '%',
      '&',
      '*',
      '!',
      '\u2028',
      '\u0085',
      '\uFEFF',
      'é',
      '0',
      'null',
      'yes',
    ),
  }),
);
const anyName = anyText.filter((text) => text.trim() !== '');

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

export const anyAgent: fc.Arbitrary<Agent> = fc.record({
  id,
  name: anyName,
  description: optional(anyText),
  profileImage: optional(anyText),
  systemPrompt: optional(anyText),
  reasoningEffort: optional(fc.oneof(fc.constantFrom('low', 'medium', 'high'), anyText)),
  maxTurns: optional(fc.integer({ min: 1, max: 10_000 })),
  toolChoice: optional(anyText),
  tools: optional(fc.array(anyText, { maxLength: 5 })),
  public: optional(fc.boolean()),
  useQCC: optional(fc.boolean()),
  model: optional(anyText),
  pipeline: optional(anyText),
  chainedAgents: optional(fc.array(fc.record({ agentId: id, step: fc.nat(50) }), { maxLength: 4 })),
  subAgents: optional(fc.array(fc.record({ agentId: id, callableCount: optional(fc.nat(50)) }), { maxLength: 4 })),
});

export const anyFields: fc.Arbitrary<AgentFields> = anyAgent.map(agentFieldsOf);
