import fc from 'fast-check';
import type { Message, Part } from '../../../../src/core/conversation/transcript/transcript';

const words = fc.constantFrom('one', 'two', 'three');

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words, streaming: fc.boolean() }),
  fc.constant({ kind: 'step' as const }),
  fc.record({
    kind: fc.constant('tool' as const),
    name: words,
    state: fc.constantFrom('input-available', 'output-available'),
    input: fc.constantFrom<unknown>({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, null),
  }),
);

/** Only a few words, so that two transcripts often share messages and parts. */
export const transcript: fc.Arbitrary<readonly Message[]> = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    role: fc.constantFrom('user', 'assistant'),
    parts: fc.array(part, { maxLength: 4 }),
  }),
  { maxLength: 5 },
);
