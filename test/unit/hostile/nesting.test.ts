import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { LiveConversation } from '../../../src/conversation/live/liveConversation';
import { judge } from '../../../src/core/api/answer';
import { AnswerBody } from '../../../src/core/api/answerBody';
import { ConversationText } from '../../../src/core/api/conversationText';
import { rereadConversation } from '../../../src/core/api/rereadConversation';
import { parseConversation } from '../../../src/core/api/schemas';
import { parseWithoutKeys } from '../../../src/core/secrets/secrets';
import { systemClock } from '../../../src/core/base/clock';
import { sameJson } from '../../../src/core/base/json';
import { toTranscript } from '../../../src/core/conversation/transcript/parseTranscript';
import { readToolOutput } from '../../../src/core/conversation/toolCalls/toolOutput';
import { toolText } from '../../../src/core/conversation/toolCalls/toolText';
import type { ToolPart } from '../../../src/core/conversation/transcript/transcript';
import { TOO_DEEP } from '../../../src/core/base/nesting';
import { ok, text } from '../../support/faults';
import { startFaultServer, type FaultServer } from '../../support/faultServer';
import { openMemory } from '../../support/savedInputFolders';
import { beginSession, type TestSession } from '../../support/session';
import { DEPLOYMENT, errorOf } from '../core/api/world';

const lists = (depth: number, inner = ''): string => '['.repeat(depth) + inner + ']'.repeat(depth);

/**
 * The number of lists and objects around the innermost value. It counts brackets in the text, where no string has one.
 */
function depthOf(json: string): number {
  let [depth, most] = [0, 0];
  for (const character of json.replaceAll(TOO_DEEP, '')) {
    if (character === '[' || character === '{') most = Math.max(most, ++depth);
    if (character === ']' || character === '}') depth--;
  }
  return most;
}

describe('parseWithoutKeys', () => {
  it('keeps 200 levels, and says so in the place of what is deeper', () => {
    expect(parseWithoutKeys(lists(200))).toEqual(JSON.parse(lists(200)));
    expect(JSON.stringify(parseWithoutKeys(lists(201)))).toBe(
      lists(200, JSON.stringify('[nested deeper than 200 levels: left out]')),
    );
  });

  it('leaves out what is too deep, and nothing beside it', () => {
    const text = `{"a":1,"deep":${lists(300)},"wide":[${'[],'.repeat(1_000)}{}],"__proto__":${lists(300)},"z":"[["}`;
    const read = parseWithoutKeys(text) as Record<string, unknown>;
    expect(Object.keys(read)).toEqual(['a', 'deep', 'wide', '__proto__', 'z']);
    expect([read['a'], read['z'], (read['wide'] as unknown[]).length]).toEqual([1, '[[', 1_001]);
    expect(JSON.stringify(read).split(TOO_DEEP)).toHaveLength(3);
  });

  it('does not count brackets in strings', () => {
    const value = { a: '['.repeat(5_000), b: '\\"[{'.repeat(500), c: ['{"a":'.repeat(300)] };
    expect(parseWithoutKeys(JSON.stringify(value))).toEqual(value);
  });

  it('gives what JSON gives for anything that is not as deep', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseWithoutKeys(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('ends for a million levels, closed or not', () => {
    expect(depthOf(JSON.stringify(parseWithoutKeys(`{"a":${lists(1_000_000)}}`)))).toBe(200);
    expect(depthOf(JSON.stringify(parseWithoutKeys(`${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`)))).toBe(
      200,
    );
    expect(() => parseWithoutKeys('['.repeat(1_000_000))).toThrow(SyntaxError);
  });
});

describe('judge', () => {
  it('reads an answer that nests a million levels', () => {
    expect(judge({ status: 200, text: `{"success":true,"a":${lists(1_000_000)}}` }, 0)).toHaveProperty(
      'reply.success',
      true,
    );
  });
});

describe('rereadConversation', () => {
  const body = (parts: readonly string[]): string =>
    `{"conversation":{"id":"c","messages":[${parts.map((part, index) => `{"id":"m${String(index)}","role":"assistant","parts":[${part}]}`).join(',')}]},"success":true}`;
  const whole = (text: string): unknown => {
    const verdict = judge({ status: 200, text }, 0);
    const read = 'reply' in verdict ? parseConversation(verdict.reply['conversation']) : undefined;
    return read && 'value' in read ? read.value : undefined;
  };

  it('cuts at the same depth as a whole read does', () => {
    for (const depth of [190, 193, 194, 195, 196, 197, 198, 250, 5_000]) {
      const first = body(['{"type":"text","text":"a"}']);
      const second = body(['{"type":"text","text":"a"}', `{"type":"tool-x","output":${lists(depth)}}`]);
      const read = parseConversation((JSON.parse(first) as { conversation: unknown }).conversation);
      if (!('value' in read)) throw new Error(read.problem);
      const again = rereadConversation(
        { conversation: read.value, text: new ConversationText(AnswerBody.of(first)) },
        AnswerBody.of(second),
      );
      expect(again?.conversation).toEqual(whole(second));
    }
  });
});

describe('sameJson', () => {
  const value = fc.jsonValue({ maxDepth: 4 });

  it('says what the texts of two values say', () => {
    const sorted = (some: unknown): unknown =>
      Array.isArray(some)
        ? some.map(sorted)
        : typeof some === 'object' && some !== null
          ? Object.fromEntries(
              Object.entries(some)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, inner]) => [`.${key}`, sorted(inner)]),
            )
          : some;
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [left, right] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))] as unknown[];
        expect(sameJson(left, right)).toBe(JSON.stringify(sorted(left)) === JSON.stringify(sorted(right)));
        expect(sameJson(left, JSON.parse(JSON.stringify(left)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('compares values that are nested deeper than the call stack', () => {
    expect(sameJson(JSON.parse(lists(100_000)), JSON.parse(lists(100_000)))).toBe(true);
    expect(sameJson(JSON.parse(lists(100_000, '1')), JSON.parse(lists(100_000, '2')))).toBe(false);
  });
});

describe('readToolOutput', () => {
  it('reads JSON in a text that nests too deeply', () => {
    const output = readToolOutput({
      output: { content: [{ type: 'text', text: `{"success":false,"errors":[${lists(50_000)}]}` }] },
    });
    expect(output.failed).toBe(true);
    expect(output.errors[0]).toContain(TOO_DEEP);
  });
});

describe('toTranscript', () => {
  it('keeps sub-agents below the twelfth as raw JSON', () => {
    let inner = '{"type":"text","text":"end"}';
    for (let depth = 0; depth < 5_000; depth++)
      inner = `{"type":"tool-a","messages":[{"id":"m","role":"assistant","parts":[${inner}]}]}`;
    const transcript = toTranscript({ messages: [{ id: 'm', role: 'assistant', parts: [parseWithoutKeys(inner)] }] });
    let parts = transcript[0]?.parts ?? [];
    let levels = 0;
    for (let part = parts[0]; part !== undefined && 'messages' in part; part = parts[0]) {
      parts = part.messages[0]?.parts ?? [];
      levels++;
    }
    expect([levels, parts[0]?.kind]).toEqual([13, 'unknown']);
    expect(() => JSON.stringify(transcript)).not.toThrow();
  });
});

describe('a running conversation with a tool output of 5,000 nested lists, over HTTP', () => {
  let server: FaultServer | undefined;
  let session: TestSession | undefined;
  let live: LiveConversation | undefined;
  afterEach(async () => {
    live?.dispose();
    session?.end();
    await server?.close();
  });

  const message = (...parts: readonly string[]): string =>
    `{"id":"m1","role":"assistant","parts":[${parts.join(',')}]}`;
  const answer = (...messages: readonly string[]): string =>
    `{"conversation":{"id":"c","messages":[${messages.join(',')}]},"success":true}`;
  const tool = (depth: number): string =>
    `{"type":"tool-read_file","toolCallId":"t","state":"output-available","input":{},"output":${lists(depth)}}`;

  it('is read, goes to the page, is read again, and can be stopped', async () => {
    server = await startFaultServer();
    const deployment = {
      deploymentId: DEPLOYMENT,
      taskId: 332,
      status: 'Running',
      created: '2026-05-12 17:08:53',
      started: '2026-05-12 17:08:55',
    };
    server.answer('/agents/tasks/list', ok({ tasks: [] }));
    server.answer('/agents/list', ok({ agents: [] }));
    server.answer('/agents/deployments/read', ok({ deployment }));
    server.answer('/agents/deployments/stop', ok({}));
    server.answer(
      '/agents/deployments/conversation/read',
      text(200, answer(message(tool(5_000)))),
      text(200, answer(message(tool(5_000), '{"type":"text","text":"next"}'), message(tool(5_001)))),
    );
    session = beginSession({ url: server.url, userId: '1', apiToken: 'token', organizationId: 'o' } as Parameters<
      typeof beginSession
    >[0]);
    live = new LiveConversation(session, DEPLOYMENT, await openMemory(), systemClock);
    await live.readNow();
    const state = live.state();
    expect(state.freshness.problem).toBeUndefined();
    expect(state.header.canStop).toBe(true);
    // VS Code sends a message to the page as JSON.
    expect(JSON.stringify(state)).toContain(TOO_DEEP);
    const changes: unknown[] = [];
    live.onDidChange((some) => changes.push(...some));
    await live.readNow();
    expect(live.state().freshness.problem).toBeUndefined();
    expect(live.messages).toHaveLength(2);
    expect(() => JSON.stringify(changes)).not.toThrow();
    const [part] = live.messages[0]?.parts ?? [];
    expect(toolText(part as ToolPart, 'output')?.text).toContain(TOO_DEEP);
    await live.stop();
    expect(server.arrivalsAt('/agents/deployments/stop')).toHaveLength(1);
  });

  it('ends as an answer that cannot be understood when it is cut off in its depths', async () => {
    server = await startFaultServer();
    server.answer(
      '/agents/deployments/conversation/read',
      text(200, `{"conversation":{"messages":${'['.repeat(1_000_000)}`),
    );
    session = beginSession(
      { url: server.url, userId: '1', apiToken: 'token', organizationId: 'o' } as Parameters<typeof beginSession>[0],
      { timeoutMs: 1_000 },
    );
    expect((await errorOf(session.client.readConversation(DEPLOYMENT))).kind).toBe('contract');
  });
});
