import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentFieldsOf } from '../../../../src/core/agentFile/changes';
import { copyOf, formatAgent, formatFields, NEW_AGENT_DOCUMENT } from '../../../../src/core/agentFile/format';
import { withPlainLineBreaks } from '../../../../src/core/markdownFile/text';
import { parseAgentDocument } from '../../../../src/core/agentFile/parse';
import { anyAgent, anyText } from './arbitraryAgent';

/**
 * The body of a document, read in the plainest way there is: everything after the second fence line and the blank line.
 */
const PROMPTS = [
  '',
  '\n',
  '\n\n',
  'You trade.',
  'You trade.\n',
  '\nYou trade.\n\n',
  '---\nname: not front matter\n---\n',
  'a\n---\nb',
  'a\r\nb\r\n',
  '\r\n---\r\n',
  'one\r\ntwo\nthree\r\n',
  '   ',
  '\t\n',
  '# Heading\n\n- item',
  '\uFEFFtext',
  'a\u2028---\u2028b',
  '---',
];

describe("an agent's document", () => {
  it('restores every agent as it was, whatever its fields contain', () => {
    fc.assert(
      fc.property(anyAgent, (agent) => {
        const { fields, problems } = parseAgentDocument(formatAgent(agent));
        expect(fields).toEqual(agentFieldsOf(agent));
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it.each(PROMPTS)('keeps the system prompt %j to the last character', (systemPrompt) => {
    expect(parseAgentDocument(formatAgent({ id: 1, name: 'A', systemPrompt })).fields.systemPrompt).toBe(systemPrompt);
  });

  it('keeps any system prompt to the last character', () => {
    fc.assert(
      fc.property(anyText, (systemPrompt) => {
        expect(parseAgentDocument(formatAgent({ id: 1, name: 'A', systemPrompt })).fields.systemPrompt).toBe(
          systemPrompt,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('survives an editor that turns all its line ends into one kind', () => {
    fc.assert(
      fc.property(anyAgent, fc.constantFrom('\n', '\r\n'), (agent, lineEnd) => {
        const edited = withPlainLineBreaks(formatAgent(agent)).replaceAll('\n', lineEnd);
        const { systemPrompt: editedPrompt = '', ...edit } = parseAgentDocument(edited).fields;
        const { systemPrompt = '', ...fields } = agentFieldsOf(agent);
        expect(edit).toEqual(fields);
        expect(withPlainLineBreaks(editedPrompt)).toBe(withPlainLineBreaks(systemPrompt));
      }),
      { numRuns: 500 },
    );
  });

  it('has one kind of line end when the system prompt has', () => {
    const document = formatAgent({ id: 1, name: 'A', description: 'b', systemPrompt: 'one\r\ntwo\r\n' });
    expect(document.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('reads like a page: fields in a fixed order, then the prompt', () => {
    const document = formatAgent(
      {
        id: 47,
        name: 'Momentum',
        description: 'Finds momentum: in stocks.',
        model: 'claude-opus-4-7',
        reasoningEffort: 'high',
        maxTurns: 50,
        toolChoice: 'auto',
        tools: ['create_file', 'create_backtest'],
        public: false,
        useQCC: false,
        chainedAgents: [{ agentId: 48, step: 1 }],
        subAgents: [{ agentId: 49, callableCount: 3 }, { agentId: 50 }],
        pipeline: 'research',
        profileImage: 'face.png',
        systemPrompt: 'You research.\n',
      },
      { nameOf: (id) => (id === 48 ? 'Back\ntest' : undefined) },
    );
    expect(document).toBe(`---
name: Momentum
description: "Finds momentum: in stocks."
model: claude-opus-4-7
reasoningEffort: high
maxTurns: 50
toolChoice: auto
tools:
  - create_file
  - create_backtest
public: false
useQCC: false # Runs on a provider key of your own: the command "Set Provider Token" sets it.
chainedAgents:
  - agentId: 48 # Back test
    step: 1
subAgents:
  - agentId: 49
    callableCount: 3
  - agentId: 50
pipeline: research
profileImage: face.png
---

You research.
`);
  });

  it("says that a model which is not set is the organization's default", () => {
    expect(formatAgent({ id: 1, name: 'A' })).toMatch(/^# model: not set, so the organization's default/m);
  });

  it('never sends back whole agents that an answer put inside a chain', () => {
    const step = { agentId: 48, step: 1, agent: { id: 48, token: { llmApiTokenUser: 'x' } } };
    expect(formatAgent({ id: 1, name: 'A', chainedAgents: [step] })).not.toContain('token');
    expect(agentFieldsOf({ id: 1, name: 'A', chainedAgents: [step] }).chainedAgents).toEqual([
      { agentId: 48, step: 1 },
    ]);
  });

  it('contains nothing of the provider token', () => {
    expect(formatAgent({ id: 1, name: 'A', token: { llmProviderApi: 'anthropic', hasKey: true } })).not.toMatch(
      /anthropic|hasKey|token:/,
    );
  });
});

describe('the document of a new agent', () => {
  it('only lacks a name', () => {
    expect(parseAgentDocument(NEW_AGENT_DOCUMENT)).toMatchObject({
      fields: { systemPrompt: '' },
      problems: [
        {
          severity: 'error',
          message: { template: 'agentFile.nameNeeded' },
          range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
        },
      ],
    });
    expect(parseAgentDocument(NEW_AGENT_DOCUMENT.replace('name:', 'name: Mine')).problems).toEqual([]);
  });

  it('offers keys that are valid as soon as the comment sign goes', () => {
    const all = NEW_AGENT_DOCUMENT.replace('name:', 'name: Mine').replace(/^# (?=[a-z]\w+:| {2})/gm, '');
    const { fields, problems } = parseAgentDocument(all);
    expect(problems).toEqual([]);
    expect(Object.keys(fields).sort()).toEqual([
      'chainedAgents',
      'maxTurns',
      'model',
      'name',
      'public',
      'reasoningEffort',
      'subAgents',
      'systemPrompt',
      'toolChoice',
      'tools',
      'useQCC',
    ]);
  });

  it('starts as a copy under another name', () => {
    const copy = formatFields(copyOf({ id: 1, name: 'Mia', model: 'm', systemPrompt: 'Help.' }));
    expect(parseAgentDocument(copy).fields).toEqual({ name: 'Copy of Mia', model: 'm', systemPrompt: 'Help.' });
  });
});
