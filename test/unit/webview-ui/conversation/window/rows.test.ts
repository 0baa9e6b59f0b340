import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../../src/core/conversation/transcript/transcript';
import { message, text } from '../../../../support/conversations';
import { rowOf, RowsOfMessages, type PartChoice } from '../../../../../webview-ui/conversation/window/rows';

const withParts = (id: string, count: number): Message =>
  message(id, 'assistant', ...Array.from({ length: count }, (_, index) => text(`${id} ${String(index)}`)));
const everySecond: PartChoice = ({ parts }) => parts.map((_, index) => index).filter((index) => index % 2 === 1);

describe('the rows of a conversation', () => {
  it('show every part once, in order, and a message without parts as well', () => {
    const rows = new RowsOfMessages().of([withParts('a', 0), withParts('b', 3), withParts('c', 900)]);
    expect(rows.filter(({ message: { id } }) => id === 'a')).toHaveLength(1);
    expect(rows.filter(({ message: { id } }) => id === 'c').flatMap(({ parts }) => parts)).toEqual(
      Array.from({ length: 900 }, (_, index) => index),
    );
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(Math.max(...rows.map(({ parts }) => parts.length))).toBeLessThan(20);
  });

  it('keep their keys while their message grows', () => {
    const rows = new RowsOfMessages();
    const before = rows.of([withParts('a', 21)]).map(({ key }) => key);
    expect(
      rows
        .of([withParts('a', 100)])
        .map(({ key }) => key)
        .slice(0, before.length),
    ).toEqual(before);
  });

  it('leave out hidden parts, and messages without visible parts', () => {
    const rows = new RowsOfMessages().of([withParts('a', 1), withParts('b', 4)], everySecond);
    expect(rows.map(({ key, parts }) => [key, parts])).toEqual([['b', [1, 3]]]);
    expect(rowOf(rows, 'b', 3)?.key).toBe('b');
    expect(rowOf(rows, 'a')).toBeUndefined();
  });

  it('are the same whether they were kept from state to state or made from the last one alone, and the same objects where nothing changed', () => {
    const states = fc.array(
      fc.record({ sizes: fc.array(fc.nat(40), { maxLength: 12 }), chosen: fc.boolean(), begins: fc.nat(3) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(states, (sequence) => {
        const pool = new Map<string, Message>();
        const kept = new RowsOfMessages();
        for (const { sizes, chosen, begins } of sequence) {
          const messages = sizes.map((size, index) => {
            const key = `${String(index + begins)} ${String(size)}`;
            const known = pool.get(key) ?? withParts(`m${String(index + begins)}`, size);
            pool.set(key, known);
            return known;
          });
          const choice = chosen ? everySecond : undefined;
          const rows = kept.of(messages, choice);
          expect(rows).toEqual(new RowsOfMessages().of(messages, choice));
          expect(kept.of([...messages], choice)).toBe(rows);
        }
      }),
    );
  });
});
