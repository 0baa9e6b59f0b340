import { describe, expect, it } from 'vitest';
import { finalAnswer, promptsOf } from '../../../../../src/core/conversation/documents/record';
import { message, text, tool } from '../../../../support/conversations';
import { record } from './exportWorld';

describe('promptsOf and finalAnswer', () => {
  it('return every prompt, also the first one if the conversation leaves it out', () => {
    const more = message('m2', 'user', text('Now on SPY'));
    expect(
      promptsOf(record([message('m0', 'user', text('Build')), message('m1', 'assistant', text('Done')), more])),
    ).toEqual(['Build', 'Now on SPY']);
    expect(promptsOf(record([message('m1', 'assistant', text('Done')), more]))).toEqual([
      'Build a momentum strategy',
      'Now on SPY',
    ]);
    expect(promptsOf(record([]))).toEqual(['Build a momentum strategy']);
  });

  it('return the agent’s texts after its last call', () => {
    expect(
      finalAnswer([
        message('m1', 'assistant', text('I begin'), tool('x'), text('Done.'), text('Sharpe 1.2')),
        message('m2', 'user', text('Thanks')),
      ]),
    ).toBe('Done.\n\nSharpe 1.2');
    expect(finalAnswer([message('m1', 'assistant', text('I begin'), tool('x'))])).toBe('I begin');
    expect(finalAnswer([message('m1', 'assistant', text('First')), message('m2', 'assistant', tool('x'))])).toBe(
      'First',
    );
    expect(finalAnswer([message('m1', 'user', text('Hi'))])).toBeUndefined();
  });
});
