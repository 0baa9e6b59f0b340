import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  forget,
  parseMemories,
  recall,
  remember,
  renamed,
  storedForm,
  withRename,
  type PromptFileMemories,
  type PromptFileMemory,
} from '../../../../src/core/prompts/memory';

const scope = { accountId: 'me', organizationId: 'desk' };
const task = { taskId: 1, agentId: 2, project: 'p', taskName: 'n', promptHash: 'h' };
const nothing: PromptFileMemories = new Map();
const memory: PromptFileMemory = {
  ...scope,
  chosenAgent: { agentId: 2, insteadOf: 'Mia' },
  chosenProject: 'p',
  wasOffered: true,
  task: { ...task, deploymentId: 'A-1' },
};

describe('what is remembered of prompt files', () => {
  test('survives being stored', () => {
    const memories = remember(nothing, 'file:///a.md', memory);
    expect(parseMemories(JSON.parse(JSON.stringify(storedForm(memories))))).toEqual(memories);
  });

  test('is kept apart for each account and organization', () => {
    const sandbox = { ...scope, accountId: 'sandbox' };
    const memories = remember(remember(nothing, 'f', memory), 'f', { ...sandbox, chosenProject: 'other' });
    expect(recall(memories, 'f', scope)).toEqual(memory);
    expect(recall(memories, 'f', sandbox).chosenProject).toBe('other');
    expect(recall(memories, 'f', { ...scope, organizationId: 'x' })).toEqual({ ...scope, organizationId: 'x' });
  });

  test('is renewed, not doubled', () => {
    expect(remember(remember(nothing, 'f', memory), 'f', { ...scope }).get('f')).toEqual([{ ...scope }]);
  });

  test('follows a renamed file and a renamed folder, but no namesake', () => {
    expect(renamed('file:///a/b.md', 'file:///a/b.md', 'file:///c.md')).toBe('file:///c.md');
    expect(renamed('file:///a/b.md', 'file:///a', 'file:///z')).toBe('file:///z/b.md');
    expect(renamed('file:///ab/b.md', 'file:///a', 'file:///z')).toBe('file:///ab/b.md');
    const memories = remember(remember(nothing, 'file:///a/b.md', memory), 'file:///ab/b.md', { ...scope });
    const moved = withRename(memories, 'file:///a', 'file:///z');
    expect(recall(moved, 'file:///z/b.md', scope)).toEqual(memory);
    expect([...moved.keys()].sort()).toEqual(['file:///ab/b.md', 'file:///z/b.md']);
    expect(withRename(memories, 'file:///q', 'file:///z')).toBe(memories);
  });

  test('of a file renamed over another one is what the renamed file had', () => {
    const memories = remember(remember(nothing, 'a', memory), 'b', { ...scope });
    expect(withRename(memories, 'a', 'b').get('b')).toEqual([memory]);
  });

  test('does not grow without end: the file that was deployed longest ago goes first', () => {
    let memories = nothing;
    for (let index = 0; index < 300; index++) memories = remember(memories, String(index), memory);
    memories = remember(remember(memories, '0', memory), 'new', memory);
    expect(memories.size).toBe(300);
    expect([memories.has('0'), memories.has('1'), memories.has('new')]).toEqual([true, false, true]);
  });

  test('can be forgotten', () => {
    expect(forget(remember(nothing, 'a', memory), 'a').size).toBe(0);
  });

  test('is read as far as it can be read', () => {
    expect(
      parseMemories({ a: [{ ...memory, task: { taskId: 'x' }, chosenAgent: 5 }, 'junk', { accountId: 1 }], b: 'junk' }),
    ).toEqual(
      new Map([
        ['a', [{ ...scope, chosenProject: 'p', wasOffered: true }]],
        ['b', []],
      ]),
    );
  });

  test('never breaks the start, whatever was stored', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(parseMemories(stored)).toBeInstanceOf(Map);
      }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.array(fc.record({ accountId: fc.anything(), organizationId: fc.string(), task: fc.anything() })),
        ),
        (stored) => {
          for (const list of parseMemories(stored).values())
            for (const entry of list) expect(entry.accountId).toBeTypeOf('string');
        },
      ),
    );
  });
});
