import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportJson } from '../../../../src/core/conversation/documents/exportJson';
import { exportMarkdown } from '../../../../src/core/conversation/documents/exportMarkdown';
import { asJson } from '../../../../src/core/base/jsonText';
import { toTranscript } from '../../../../src/core/conversation/transcript/parseTranscript';
import type { ConversationRecord } from '../../../../src/core/conversation/documents/record';

const nested = (depth: number, inner: unknown = 1): unknown => {
  let value = inner;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};

describe('asJson', () => {
  it('equals the indented JSON.stringify, unless that is too large', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(asJson(value)).toBe(JSON.stringify(value, undefined, 2));
      }),
      { numRuns: 500 },
    );
    for (const value of [{}, [], [[]], { a: {} }, '', '\\', '"\\"', { '\\"': ['\\\\', '{[,:]}'] }, null, undefined])
      expect(asJson(value)).toBe(value === undefined ? '' : JSON.stringify(value, undefined, 2));
  });

  it('writes the points of a long curve one to a line', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => [1_577_836_800 + index * 86_400, 100_000 + index]);
    const chart = {
      structuredContent: { backtest: { charts: { 'Strategy Equity': { series: { Equity: { values } } } } } },
    };
    const lines = asJson(chart).split('\n');
    expect(lines.slice(0, 3).concat(lines.slice(8, 10))).toEqual([
      '{',
      '  "structuredContent": {',
      '    "backtest": {',
      '                [1577836800,100000],',
      '                [1577923200,100001],',
    ]);
  });

  it.each<[string, (size: number) => unknown]>([
    ['nested lists', (size) => nested(size)],
    [
      'nested lists with a long one in the middle',
      (size) =>
        nested(
          Math.min(size, 200),
          Array.from({ length: size }, () => 1),
        ),
    ],
    [
      'nested objects',
      (size) => {
        let value: unknown = 0;
        for (let level = 0; level < size; level++) value = { a: value, b: 1 };
        return value;
      },
    ],
    ['many deep things', (size) => Array.from({ length: size / 100 }, () => nested(200))],
  ])('stays within three times the JSON without spaces: %s', (_name, make) => {
    for (const size of [200, 2_000]) {
      const value = make(size);
      const compact = JSON.stringify(value);
      const text = asJson(value);
      expect(text.length).toBeLessThanOrEqual(3 * compact.length + 4_096);
      expect(JSON.stringify(JSON.parse(text)) === compact).toBe(true);
    }
  });

  it('reads ten megabytes of escapes and signs in linear time', () => {
    const value = { a: '\\"'.repeat(2_000_000), b: '{[,:'.repeat(1_000_000) };
    expect(asJson(value).length).toBe(JSON.stringify(value).length + 9);
  });
});

describe('The size of an export', () => {
  /** An answer with messages inside messages: 162 kB of it became 90 MB of Markdown. */
  const answerOf = (depth: number): ConversationRecord => {
    let messages: unknown[] = [];
    for (let level = 0; level < depth; level++)
      messages = [{ role: 'assistant', parts: [{ type: 'hologram', messages }] }];
    const conversation = { messages } as unknown as ConversationRecord['conversation'];
    return {
      facts: {
        deploymentId: 'A-1',
        taskName: 'Deep',
        agentName: '',
        organizationName: '',
        status: 'Completed',
        sandbox: false,
      },
      conversation,
      messages: toTranscript(conversation),
      readAt: 0,
    };
  };

  it.each<[string, (record: ConversationRecord) => string]>([
    ['Markdown', exportMarkdown],
    ['JSON', exportJson],
  ])('is linear in what was read: %s', (_format, write) => {
    for (const depth of [100, 1_000]) {
      const record = answerOf(depth);
      expect(write(record).length).toBeLessThan(4 * JSON.stringify(record.conversation).length + 20_000);
    }
  });

  it('does not repeat what is inside of unknown parts at each of their levels', () => {
    const record = answerOf(12);
    const marked = JSON.parse(
      JSON.stringify(record.conversation).replace(
        '"parts":[{"type":"hologram","messages":[]}]',
        '"parts":[{"type":"hologram","text":"ONCE"}]',
      ),
    ) as ConversationRecord['conversation'];
    const written = exportMarkdown({ ...record, conversation: marked, messages: toTranscript(marked) });
    expect(written.split('ONCE')).toHaveLength(2);
  });
});
