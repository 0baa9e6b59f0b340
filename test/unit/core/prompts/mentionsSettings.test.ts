import { describe, expect, it } from 'vitest';
import { mentionsSettings } from '../../../../src/core/prompts/mentionsSettings';

describe('prompts/mentionsSettings', () => {
  it.each([
    ['---\nquantconnect:\n---\n', true],
    ['---\n"quantconnect" : {}\n---\n', true],
    ['---\na: {quantconnect: 1}\n---\n', true],
    ['---\nquantconnect:', true],
    ['---\nnotquantconnect:\n---\n', false],
    ['---\na: 1\n---\nquantconnect:', false],
    ['quantconnect:', false],
  ])('%j: %s', (text, does) => {
    expect(mentionsSettings(text)).toBe(does);
  });
});
