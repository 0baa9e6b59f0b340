import { expect, it } from 'vitest';
import { plainLine } from '../../../../src/core/words/plain';

it('a line shows the controls that would turn it around', () => {
  expect(plainLine('exe.\u202Egpj\n  x')).toBe('exe.‹U+202E›gpj x');
});
