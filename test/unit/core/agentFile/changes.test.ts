import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentFields } from '../../../../src/core/api/model';
import { changedFields, conflicts, isSameAgent, removedFields } from '../../../../src/core/agentFile/changes';
import { parseAgentDocument } from '../../../../src/core/agentFile/parse';
import { hasErrors, reviewDocument } from '../../../../src/core/agentFile/review';
import { anyFields } from './arbitraryAgent';
import { render } from '../../../../src/core/words/render';

const base: AgentFields = {
  name: 'Mia',
  description: 'Helps.',
  model: 'm1',
  maxTurns: 5,
  tools: ['a'],
  systemPrompt: 'Help.',
};

describe('what a save sends', () => {
  it('is nothing when nothing changed', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        expect(changedFields(fields, structuredClone(fields))).toEqual({});
      }),
    );
  });

  it('brings the agent to what the document says, where that can be said', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (before, mine) => {
        const after = { ...before, ...changedFields(before, mine) };
        const unsettable = removedFields(before, mine);
        for (const field of unsettable) expect(after[field]).toEqual(before[field]);
        expect(
          isSameAgent(after, { ...Object.fromEntries(unsettable.map((field) => [field, before[field]])), ...mine }),
        ).toBe(true);
      }),
    );
  });

  it('contains only the changed fields', () => {
    expect(changedFields(base, { ...base, maxTurns: 9 })).toEqual({ maxTurns: 9 });
    expect(changedFields(base, { ...base, systemPrompt: 'Help!' })).toEqual({ systemPrompt: 'Help!' });
    expect(changedFields(base, { ...base, tools: ['a', 'b'], reasoningEffort: 'high' })).toEqual({
      tools: ['a', 'b'],
      reasoningEffort: 'high',
    });
  });

  it('empties what was removed and can be empty', () => {
    const { description: _, ...mine } = base;
    expect(changedFields(base, mine)).toEqual({ description: '' });
    expect(
      changedFields({ ...base, subAgents: [{ agentId: 1 }], chainedAgents: [{ agentId: 1, step: 1 }] }, base),
    ).toEqual({ subAgents: [], chainedAgents: [] });
    expect(changedFields(mine, { ...mine, description: '' })).toEqual({});
  });

  it('never invents a value, let alone null, for what cannot be unset', () => {
    const mine = { name: 'Mia', systemPrompt: 'Help.' };
    expect(changedFields(base, mine)).toEqual({ description: '' });
    expect(removedFields(base, mine)).toEqual(['model', 'maxTurns', 'tools']);
  });

  it('does not count other line ends as another prompt', () => {
    expect(changedFields({ ...base, systemPrompt: 'a\r\nb\n' }, { ...base, systemPrompt: 'a\nb\n' })).toEqual({});
  });
});

describe('a change by someone else', () => {
  it('is a conflict in the fields that are neither what they were nor what I want', () => {
    expect(
      conflicts(base, { ...base, model: 'm2', maxTurns: 9, tools: ['b'] }, { ...base, maxTurns: 9, tools: ['c'] }),
    ).toEqual(['model', 'tools']);
  });

  it('is none when there is none, or when it is my own save whose answer was lost', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (before, mine) => {
        expect(conflicts(before, before, mine)).toEqual([]);
        expect(conflicts(before, mine, mine)).toEqual([]);
      }),
    );
  });
});

describe('reviewing a document', () => {
  const review = (text: string, before: AgentFields | undefined = base) =>
    reviewDocument(parseAgentDocument(text), before);
  const whole = ['name: Mia', 'description: Helps.', 'model: m1', 'maxTurns: 5', 'tools: [a]'];
  const text = (lines: readonly string[]) => `---\n${lines.join('\n')}\n---\n\nHelp.`;

  it('finds nothing in what is as it was', () => {
    expect(review(text(whole))).toEqual([]);
  });

  it('stops a save that removes the model, because the API cannot go back to the default', () => {
    const problems = review(text(whole.filter((line) => !line.startsWith('model'))));
    expect(problems).toMatchObject([
      { severity: 'error', key: 'model', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } } },
    ]);
    expect(render(problems[0]?.message ?? '', 'diagnostic')).toContain(
      'cannot go back to the organization’s default model',
    );
  });

  it('points at the key when only its value was removed', () => {
    expect(review(text(whole.map((line) => (line.startsWith('model') ? 'model:' : line))))).toMatchObject([
      { severity: 'error', range: { start: { line: 3, character: 0 } } },
    ]);
  });

  it('says how to leave an agent without tools', () => {
    expect(review(text(whole.slice(0, 4))).map(({ message }) => render(message, 'diagnostic'))).toEqual([
      expect.stringContaining('tools: []'),
    ]);
    expect(review(text([...whole.slice(0, 4), 'tools: []']))).toEqual([]);
  });

  it('does not take a wrong value for a removed one', () => {
    expect(review(text(whole.map((line) => (line.startsWith('maxTurns') ? 'maxTurns: many' : line))))).toHaveLength(1);
  });

  it('lets everything else be saved when QuantConnect itself answered a strange value', () => {
    const strange = text(whole.map((line) => (line.startsWith('maxTurns') ? 'maxTurns: 0' : line)));
    expect(hasErrors(review(strange))).toBe(true);
    expect(review(strange, { ...base, maxTurns: 0 })).toMatchObject([{ severity: 'warning', key: 'maxTurns' }]);
  });

  it('says nothing of removed keys while the front matter cannot be read', () => {
    expect(review('Help.')).toHaveLength(1);
    expect(review('---\nname: A: B\n---\n')).toHaveLength(1);
  });
});
