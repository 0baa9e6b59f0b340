import { describe, expect, it } from 'vitest';
import { readPosition, readSentPrompts } from '../../../../../src/core/pages/conversation/readers';
import { MAX_TEXT_LENGTH } from '../../../../../src/core/pages/conversation/protocol';

const prompt = { clientId: 'c-1', text: 'Use SPY', how: 'queue', at: 5 };

describe('readPosition', () => {
  it('reads a position with or without a row', () => {
    expect(readPosition({ messageId: 'm', offset: -3.5 })).toEqual({ messageId: 'm', offset: -3.5 });
    expect(readPosition({ messageId: 'm', offset: 0, segment: 2 })).toEqual({ messageId: 'm', offset: 0, segment: 2 });
  });

  it.each([0, -1, 0.5, '2', null])('leaves out the row %j: the first row has no number', (segment) => {
    expect(readPosition({ messageId: 'm', offset: 0, segment })).toEqual({ messageId: 'm', offset: 0 });
  });

  it.each([
    undefined,
    null,
    'm',
    { offset: 1 },
    { messageId: 'm' },
    { messageId: 'm', offset: Number.NaN },
    { messageId: 'm'.repeat(2_001), offset: 1 },
  ])('refuses %j', (value) => {
    expect(readPosition(value)).toBeUndefined();
  });
});

describe('readSentPrompts', () => {
  it('reads what the page saved, and sends what is not queued', () => {
    expect(readSentPrompts([prompt])).toEqual([prompt]);
    expect(readSentPrompts([{ ...prompt, how: 'other' }])).toEqual([{ ...prompt, how: 'send' }]);
  });

  it('leaves out what is no prompt', () => {
    const broken = [
      7,
      { ...prompt, clientId: '../a' },
      { ...prompt, text: ' ' },
      { ...prompt, text: 'x'.repeat(MAX_TEXT_LENGTH + 1) },
      { ...prompt, at: '5' },
    ];
    expect(readSentPrompts([...broken, prompt])).toEqual([prompt]);
    expect(readSentPrompts('none')).toEqual([]);
  });

  it('keeps the newest hundred, and the last one of an id', () => {
    const many = Array.from({ length: 150 }, (_, at) => ({ ...prompt, clientId: `c-${String(at)}`, at }));
    expect(readSentPrompts(many).map(({ at }) => at)).toEqual(many.slice(50).map(({ at }) => at));
    expect(readSentPrompts([prompt, { ...prompt, at: 9 }])).toEqual([{ ...prompt, at: 9 }]);
  });
});
