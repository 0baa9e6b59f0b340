import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerBody } from '../../../../src/core/api/answerBody';
import type { ConversationAnswer } from '../../../../src/core/api/api';
import { ConversationText } from '../../../../src/core/api/conversationText';
import { rereadConversation as rereadBody } from '../../../../src/core/api/rereadConversation';
import { parseConversation } from '../../../../src/core/api/schemas';
import { parseWithoutKeys } from '../../../../src/core/secrets/secrets';

const rereadConversation = (previous: ConversationAnswer, text: string): ConversationAnswer | undefined =>
  rereadBody(previous, AnswerBody.of(text));

function readWhole(text: string): ConversationAnswer {
  const parsed = parseConversation((parseWithoutKeys(text) as { conversation: unknown }).conversation);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return { conversation: parsed.value, text: new ConversationText(AnswerBody.of(text)) };
}

const words = fc.oneof(
  fc.constantFrom('one', 'two', '"', '\\', '],', '}]', '{"messages":[', '"conversation"', 'é', '\u2028'),
  fc.string({ maxLength: 6 }),
);
const part = fc.oneof(
  fc.record({ type: fc.constant('text'), text: words }),
  fc.record({
    type: fc.constant('dynamic-tool'),
    toolName: words,
    input: fc.jsonValue({ maxDepth: 2 }),
    output: fc.record({ content: fc.array(words, { maxLength: 2 }) }),
  }),
);
const message = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  role: fc.constantFrom('user', 'assistant'),
  parts: fc.array(part, { maxLength: 3 }),
});
const odd = fc.oneof(
  { weight: 20, arbitrary: message },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(1, 12, 'x', null, [1]) },
);
const envelope = fc.record({ tokens: fc.nat(2_000), status: words, tokensFirst: fc.boolean(), spaced: fc.boolean() });

interface Around {
  readonly tokens: number;
  readonly status: string;
  readonly tokensFirst: boolean;
  readonly spaced: boolean;
}

function textOf(messages: readonly unknown[], { tokens, status, tokensFirst, spaced }: Around): string {
  const conversation = tokensFirst
    ? { id: 'A-1', inputTokens: tokens, messages, aggregateStatus: status, lists: [[], [1]] }
    : { messages, inputTokens: tokens, aggregateStatus: status };
  return JSON.stringify({ success: true, conversation, errors: [] }, undefined, spaced ? 1 : undefined);
}

/** A list and a possible next state of it: some items removed, others inserted. */
const edit = fc.tuple(fc.array(odd, { maxLength: 8 }), fc.nat(8), fc.nat(3), fc.array(odd, { maxLength: 3 }));

describe('a conversation that is read again', () => {
  it('by its differences equals the conversation read as a whole, read after read', () => {
    let told = 0;
    fc.assert(
      fc.property(
        edit,
        fc.array(fc.tuple(fc.nat(8), fc.nat(3), fc.array(odd, { maxLength: 2 }), envelope), {
          minLength: 1,
          maxLength: 4,
        }),
        envelope,
        ([first], edits, around) => {
          let messages: unknown[] = first;
          let previous = readWhole(textOf(messages, around));
          for (const [at, removed, added, next] of edits) {
            messages = [...messages.slice(0, at), ...added, ...messages.slice(at + removed)];
            const text = textOf(messages, { ...next, tokensFirst: around.tokensFirst });
            const whole = readWhole(text);
            const reread = rereadConversation(previous, text);
            if (reread) {
              told++;
              expect(reread.conversation).toEqual(whole.conversation);
            }
            previous = reread ?? whole;
          }
        },
      ),
      { numRuns: 400 },
    );
    // Always reading the whole would be correct but useless.
    expect(told).toBeGreaterThan(300);
  });

  it('keeps every unchanged message as the same object', () => {
    const around: Around = { tokens: 1, status: 'Running', tokensFirst: false, spaced: false };
    const messages = Array.from({ length: 30 }, (_, index) => ({
      id: `m${String(index)}`,
      role: 'user',
      parts: [{ type: 'text', text: 'Same' }],
    }));
    const previous = readWhole(textOf(messages, around));
    const changed = messages.map((item, index) =>
      index === 12 ? { ...item, parts: [{ type: 'text', text: 'Other' }] } : item,
    );
    const next = rereadConversation(
      previous,
      textOf([...changed, messages[0]], { ...around, tokens: 2_000, status: 'Completed' }),
    );
    expect(next?.conversation.messages).toHaveLength(31);
    expect(next?.conversation.messages[11]).toBe(previous.conversation.messages[11]);
    expect(next?.conversation.messages[12]?.parts).toEqual([{ type: 'text', text: 'Other' }]);
    expect(next?.conversation).toMatchObject({ inputTokens: 2_000, aggregateStatus: 'Completed' });
  });

  it('is the same object while nothing differs, even if its text was not kept', () => {
    for (const status of ['Running', 'llmApiTokenUser']) {
      const text = textOf([], { tokens: 1, status, tokensFirst: false, spaced: false });
      const previous = readWhole(text);
      expect(rereadConversation(previous, text)).toBe(previous);
      expect(rereadConversation(previous, `${text} `)).not.toBe(previous);
    }
  });

  it('is read as a whole if the difference may have a provider key, and if it is cut off', () => {
    const around: Around = { tokens: 1, status: 'Running', tokensFirst: false, spaced: false };
    const previous = readWhole(textOf([{ id: 'a', role: 'user', parts: [] }], around));
    const withKey = textOf(
      [
        { id: 'a', role: 'user', parts: [] },
        { id: 'b', role: 'user', parts: [{ llmApiTokenUser: 'sk-1' }] },
      ],
      around,
    );
    expect(rereadConversation(previous, withKey)).toBeUndefined();
    expect(
      rereadConversation(previous, textOf([{ id: 'a', role: 'user', parts: [] }], around).slice(0, -20)),
    ).toBeUndefined();
    expect(JSON.stringify(readWhole(withKey))).not.toContain('sk-1');
  });
});
