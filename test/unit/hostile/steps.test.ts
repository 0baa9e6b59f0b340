import { afterEach, describe, expect, it, vi } from 'vitest';
import { Budget } from '../../../src/core/base/budget';
import { compareFiles } from '../../../src/core/conversation/documents/compareFiles';
import { FileMemory, unknownReasonWords, writtenFiles } from '../../../src/core/conversation/files/files';
import { lineChanges, MAX_EDITS, STEP_COST } from '../../../src/core/conversation/files/lineChanges';
import { toTranscript } from '../../../src/core/conversation/transcript/parseTranscript';
import type { Message, ToolPart } from '../../../src/core/conversation/transcript/transcript';
import { MAX_EDITED_CHARACTERS, MAX_LINE_STEPS } from '../../../src/core/base/limits';

afterEach(() => {
  vi.restoreAllMocks();
});

const call = (name: string, input: unknown): ToolPart => ({
  kind: 'tool',
  name,
  state: 'output-available',
  input,
  output: 'done',
});
const message = (...parts: readonly ToolPart[]): Message => ({ id: 'm', role: 'assistant', parts });
const create = (filePath: string, content: string): ToolPart => call('create_file', { filePath, content });

/** Lines in an order that has little in common with another step's. */
const shuffled = (step: number): string =>
  Array.from({ length: 10_007 }, (_, index) => `line ${String((index * step) % 10_007)}`).join('\n');

/** The steps that the slowest count of lines takes from a budget, without the characters. */
const MAX_STEPS = (STEP_COST * MAX_EDITS * (MAX_EDITS + 1)) / 2;

describe('toTranscript', () => {
  it('asks a constant number of times for each of many equal ids', () => {
    const asked = (size: number): number => {
      const has = vi.spyOn(Set.prototype, 'has');
      toTranscript({ messages: Array.from({ length: size }, () => ({ id: 'a', role: 'user', parts: [] })) });
      const count = has.mock.calls.length;
      has.mockRestore();
      return count;
    };
    expect(asked(10_000)).toBeLessThan(asked(1_000) * 11);
  });
});

describe('lineChanges', () => {
  it('takes steps for the lines that differ alone', () => {
    const steps = (size: number): number => {
      const budget = new Budget();
      const lines = Array.from({ length: size }, (_, index) => `line ${String(index)}`);
      lineChanges(lines.join('\n'), lines.with(size / 2, 'changed').join('\n'), budget);
      return budget.used;
    };
    expect(steps(100_000)).toBeLessThan(steps(1_000) + 100);
  });

  it('takes no more steps than its longest way for lines that share no order', () => {
    const budget = new Budget();
    lineChanges(shuffled(1), shuffled(4_001), budget);
    expect(budget.used).toBeLessThanOrEqual(MAX_STEPS + shuffled(1).length * 2);
  });
});

describe('writtenFiles', () => {
  it('leaves out the counts of lines once they took too many steps, and gives the same with a memory', () => {
    const orders = [shuffled(1), shuffled(4_001)];
    const parts = Array.from({ length: 40 }, (_, index) => create('main.py', orders[index % 2] ?? ''));
    const spent = vi.spyOn(Budget.prototype, 'spend');
    const files = writtenFiles([message(...parts)]);
    // Each step counts twice: in the version's own budget, and in that of the conversation.
    expect(spent.mock.calls.reduce((sum, [steps]) => sum + steps, 0) / 2).toBeLessThan(
      MAX_LINE_STEPS + MAX_STEPS + 1_000_000,
    );
    const counted = files[0]?.versions.map(({ lines }) => lines !== undefined) ?? [];
    expect([counted[0], counted.at(-1)]).toEqual([true, false]);
    expect(counted.lastIndexOf(true)).toBe(counted.indexOf(false) - 1);
    const memory = new FileMemory();
    for (let count = 1; count <= parts.length; count += 13) writtenFiles([message(...parts.slice(0, count))], memory);
    expect(writtenFiles([message(...parts)], memory)).toEqual(files);
  });

  it('stops following passages once the texts are too many, says so, and goes on with the next whole file', () => {
    const text = 'x'.repeat(1_000_000);
    const edits = Array.from({ length: MAX_EDITED_CHARACTERS / 1_000_000 + 5 }, (_, index) =>
      call('edit_file', { filePath: 'a.py', oldString: `<${String(index)}>`, newString: `<${String(index + 1)}>` }),
    );
    const [file] = writtenFiles([message(create('a.py', `${text}<0>`), ...edits, create('a.py', 'short'))]);
    const contents = file?.versions.map(({ content }) => content) ?? [];
    expect(contents[10]).toEqual({ kind: 'known', text: `${text}<10>` });
    expect(contents.find(({ kind }) => kind === 'unknown')).toMatchObject({
      reason: 'tooMuch',
      passage: { before: '<64>', after: '<65>' },
    });
    expect(contents.at(-1)).toEqual({ kind: 'known', text: 'short' });
    expect(unknownReasonWords('tooMuch')).toContain('too often');
  });
});

describe('compareFiles', () => {
  it('says of a file that it changed, and no more, once counting took too many steps', () => {
    const side = (content: string): readonly Message[] => [
      message(...Array.from({ length: 20 }, (_, index) => create(`f${String(index).padStart(2, '0')}.py`, content))),
    ];
    const compared = compareFiles(side(shuffled(1)), side(shuffled(4_001)));
    expect(compared.map(({ state }) => state)).toEqual(Array.from({ length: 20 }, () => 'changed'));
    expect([compared[0]?.lines !== undefined, compared.at(-1)?.lines]).toEqual([true, undefined]);
  });
});
