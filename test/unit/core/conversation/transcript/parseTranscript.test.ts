import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTranscript } from '../../../../../src/core/conversation/transcript/parseTranscript';
import type { Part } from '../../../../../src/core/conversation/transcript/transcript';

const parsed = (...parts: readonly unknown[]): readonly Part[] =>
  toTranscript({ messages: [{ id: 'm', role: 'assistant', parts }] })[0]?.parts ?? [];

describe('toTranscript: parts in the contract’s table', () => {
  it.each<[string, unknown, unknown]>([
    ['text', { type: 'text', text: 'Hi', state: 'done' }, { kind: 'text', text: 'Hi', streaming: false }],
    ['text without a state', { type: 'text', text: 'Hi' }, { kind: 'text', text: 'Hi', streaming: false }],
    ['streaming text', { type: 'text', text: 'H', state: 'streaming' }, { kind: 'text', text: 'H', streaming: true }],
    [
      'streaming text that has not begun',
      { type: 'text', text: null, state: 'streaming' },
      { kind: 'text', text: '', streaming: true },
    ],
    [
      'text with citations',
      { type: 'text', text: 'Hi', citations: [{ url: 'https://a.b', title: 'A' }, 'B'] },
      {
        kind: 'text',
        text: 'Hi',
        streaming: false,
        citations: [
          { kind: 'source', title: 'A', url: 'https://a.b' },
          { kind: 'source', title: 'B' },
        ],
      },
    ],
    [
      'reasoning',
      { type: 'reasoning', text: 'Hm', state: 'done', id: 'r' },
      { kind: 'reasoning', text: 'Hm', streaming: false },
    ],
    ['step-start', { type: 'step-start' }, { kind: 'step' }],
    [
      'source-url',
      { type: 'source-url', sourceId: 's', url: 'https://a.b' },
      { kind: 'source', title: 'https://a.b', url: 'https://a.b' },
    ],
    [
      'source-document',
      { type: 'source-document', sourceId: 's', mediaType: 'application/pdf', title: 'Paper', filename: 'p.pdf' },
      { kind: 'source', title: 'Paper', mediaType: 'application/pdf', filename: 'p.pdf' },
    ],
    [
      'file',
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
      { kind: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
    ],
    [
      'reasoning-file',
      { type: 'reasoning-file', mediaType: 'text/csv', url: 'https://a.b/c', filename: 'c.csv' },
      { kind: 'file', mediaType: 'text/csv', url: 'https://a.b/c', filename: 'c.csv', reasoning: true },
    ],
    [
      'data',
      { type: 'data-weather', id: 'd', data: { degrees: 4 } },
      { kind: 'data', name: 'weather', data: { degrees: 4 } },
    ],
    ['data that is null', { type: 'data-weather', data: null }, { kind: 'data', name: 'weather', data: null }],
    ['custom', { type: 'custom', kind: 'x' }, { kind: 'unknown', type: 'custom', raw: { type: 'custom', kind: 'x' } }],
    [
      'steering-message',
      { type: 'steering-message', id: 's', parts: [{ type: 'text', text: 'Rather SPY' }, { type: 'new' }] },
      {
        kind: 'steering',
        parts: [
          { kind: 'text', text: 'Rather SPY', streaming: false },
          { kind: 'unknown', type: 'new', raw: { type: 'new' } },
        ],
      },
    ],
    [
      'a type nobody knows',
      { type: 'hologram', depth: 3 },
      { kind: 'unknown', type: 'hologram', raw: { type: 'hologram', depth: 3 } },
    ],
    [
      'version 4’s tool invocation',
      { type: 'tool-invocation', toolInvocation: {} },
      { kind: 'unknown', type: 'tool-invocation', raw: { type: 'tool-invocation', toolInvocation: {} } },
    ],
  ])('%s', (_name, raw, part) => {
    expect(parsed(raw)).toEqual([part]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['input-streaming', {}, {}],
    ['input-available', { input: { a: 1 } }, { input: { a: 1 } }],
    [
      'approval-requested',
      { input: 1, approval: { id: 'x', isAutomatic: true } },
      { input: 1, approval: { isAutomatic: true } },
    ],
    [
      'approval-responded',
      { approval: { id: 'x', approved: true, reason: 'Fine' } },
      { approval: { approved: true, reason: 'Fine' } },
    ],
    ['output-available', { input: 1, output: [1], preliminary: true }, { input: 1, output: [1], preliminary: true }],
    ['output-error', { rawInput: '{"a', errorText: 'Broken' }, { input: '{"a', errorText: 'Broken' }],
    ['output-denied', { approval: { id: 'x', approved: false } }, { approval: { approved: false } }],
    ['a-state-to-come', { input: 1 }, { input: 1 }],
  ])('a tool call in state %s, by either name of the type', (state, fields, expected) => {
    const common = { toolCallId: 'c', state, title: 'Titled', ...fields };
    const part = { kind: 'tool', name: 'create_file', callId: 'c', title: 'Titled', state, ...expected };
    expect(
      parsed({ type: 'tool-create_file', ...common }, { type: 'dynamic-tool', toolName: 'create_file', ...common }),
    ).toEqual([part, part]);
  });

  it('finds the state of a tool call that does not name it', () => {
    const states = parsed(
      { type: 'tool-a' },
      { type: 'tool-a', input: 1 },
      { type: 'tool-a', output: 0 },
      { type: 'tool-a', errorText: 'x' },
    ).map((part) => (part.kind === 'tool' ? part.state : part.kind));
    expect(states).toEqual(['input-streaming', 'input-available', 'output-available', 'output-error']);
  });
});

describe('toTranscript: broken parts', () => {
  it.each<[string, unknown]>([
    ['no object', 7],
    ['null', null],
    ['a list', []],
    ['no type', { text: 'x' }],
    ['text without text', { type: 'text' }],
    ['text that is a number', { type: 'text', text: 1 }],
    ['reasoning without text', { type: 'reasoning' }],
    ['a source without an address', { type: 'source-url', title: 'x' }],
    ['a document without a title', { type: 'source-document' }],
    ['a file without anything', { type: 'file' }],
    ['data without data', { type: 'data-x' }],
    ['a tool without a name', { type: 'dynamic-tool', state: 'output-available' }],
    ['a tool whose type ends early', { type: 'tool-' }],
    ['a state that is no word', { type: 'tool-a', state: {} }],
    ['steering without parts', { type: 'steering-message', parts: {} }],
  ])('%s is shown as broken, its neighbours as ever', (_name, raw) => {
    const [before, part, after] = parsed({ type: 'text', text: 'before' }, raw, { type: 'text', text: 'after' });
    expect(before).toMatchObject({ kind: 'text', text: 'before' });
    expect(part).toMatchObject({ kind: 'unknown', raw, problem: expect.stringMatching(/^This .+\.$/) as string });
    expect(after).toMatchObject({ kind: 'text', text: 'after' });
  });

  it('does not read keys of Object.prototype as fields', () => {
    expect(parsed(JSON.parse('{"type":"tool-x","__proto__":{"output":1},"state":"input-available"}'))).toEqual([
      { kind: 'tool', name: 'x', state: 'input-available' },
    ]);
    expect(parsed({ type: 'data-constructor', data: 1 })).toEqual([{ kind: 'data', name: 'constructor', data: 1 }]);
  });
});

describe('toTranscript: messages', () => {
  it('gives unique ids that stay the same between reads', () => {
    const read = () =>
      toTranscript({
        messages: [
          { role: 'user', parts: [] },
          { id: 'a', role: 'user', parts: [] },
          { id: 'a', role: 'user', parts: [] },
          { id: '#0', role: 'user', parts: [] },
        ],
      });
    const ids = read().map(({ id }) => id);
    expect(ids).toEqual(['#0', 'a', 'a~2', '#0~2']);
    expect(read().map(({ id }) => id)).toEqual(ids);
  });

  it('keeps the time, and invents none', () => {
    const [timed, timeless] = toTranscript({
      messages: [
        { id: 'a', role: 'user', parts: [], time: 5 },
        { id: 'b', role: 'user', parts: [] },
      ],
    });
    expect(timed).toHaveProperty('time', 5);
    expect(timeless).not.toHaveProperty('time');
  });

  it('nests a sub-agent’s messages in its call, with their own ids and times in UTC', () => {
    const [part] = parsed({
      type: 'tool-ask',
      state: 'output-available',
      output: 'x',
      messages: [
        { id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'In' }], time: '2026-05-12 17:08:53' },
        { parts: 'none' },
      ],
    });
    expect(part).toMatchObject({
      messages: [
        {
          id: 'm/0/a',
          role: 'assistant',
          time: Date.UTC(2026, 4, 12, 17, 8, 53),
          parts: [{ kind: 'text', text: 'In' }],
        },
        { id: 'm/0/#1', role: 'unknown', parts: [{ kind: 'unknown', problem: expect.any(String) as string }] },
      ],
    });
  });

  it('does not overflow if messages are nested very deeply', () => {
    let part: Record<string, unknown> = { type: 'text', text: 'deepest' };
    for (let depth = 0; depth < 2_000; depth++)
      part = { type: 'tool-ask', state: 'output-available', messages: [{ role: 'assistant', parts: [part] }] };
    expect(parsed(part)[0]).toMatchObject({ kind: 'tool', name: 'ask' });
  });

  it('reads any JSON without throwing, and loses no part', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(
            fc.oneof(
              fc.jsonValue(),
              fc.record(
                { type: fc.constantFrom('text', 'tool-x', 'dynamic-tool', 'file', 'data-x', 'steering-message') },
                { noNullPrototype: true },
              ),
            ),
          ),
        ),
        (lists) => {
          const transcript = toTranscript({ messages: lists.map((parts) => ({ role: 'assistant', parts })) });
          expect(transcript.map(({ parts }) => parts.length)).toEqual(lists.map((parts) => parts.length));
          expect(JSON.stringify(JSON.parse(JSON.stringify(transcript)))).toBe(JSON.stringify(transcript));
        },
      ),
    );
  });
});
