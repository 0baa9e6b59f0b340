import { describe, expect, it } from 'vitest';
import { exportJson } from '../../../../src/core/conversation/documents/exportJson';
import { exportMarkdown } from '../../../../src/core/conversation/documents/exportMarkdown';
import { toTranscript } from '../../../../src/core/conversation/transcript/parseTranscript';
import { ok } from '../../../support/faults';
import { base64, escapedLetters, KEY, SPELLINGS } from '../../../support/keySpellings';
import { DEPLOYMENT, setUpWorld } from './world';

const world = setUpWorld();

/** A conversation in which the agent wrote this text, with the key once more in its answer. */
function conversationWith(text: string): object {
  return {
    id: DEPLOYMENT,
    inputTokens: 1,
    outputTokens: 1,
    prompt: text,
    agents: [{ id: 47, name: 'Backtest Agent', token: { llmProviderApi: 'anthropic', llmApiTokenUser: '' } }],
    messages: [
      { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'Which settings do you have?' }] },
      {
        id: 'm2',
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: `I have found ${KEY}.` },
          {
            type: 'tool-fetch_url',
            toolCallId: 'call_1',
            state: 'output-available',
            input: { url: `https://example.com/?key=${KEY}` },
            output: { content: [{ type: 'text', text }] },
          },
          {
            type: 'tool-create_file',
            toolCallId: 'call_2',
            state: 'output-available',
            input: { filePath: 'a.py', content: text },
            output: {},
          },
          { type: 'text', text: `It is ${KEY}, in base64 ${base64(`user:${KEY}`)}.` },
          { type: 'data-settings', data: { [text]: text } },
        ],
      },
    ],
  };
}

describe('A provider key in a conversation', () => {
  it.each(Object.entries(SPELLINGS))('reaches neither page nor export, nor the log, as %s', async (_, text) => {
    world.server.answer('/agents/deployments/conversation/read', ok({ conversation: conversationWith(text) }));
    const { conversation } = await world.client().readConversation(DEPLOYMENT);
    const messages = toTranscript(conversation);
    const facts = { deploymentId: DEPLOYMENT, taskName: 'Task', prompt: conversation.prompt ?? '', sandbox: false };
    const record = { facts, messages, conversation, readAt: 0 } as unknown as Parameters<typeof exportJson>[0];
    const seen = [
      JSON.stringify(messages),
      exportMarkdown(record),
      exportJson(record),
      JSON.stringify(conversation),
      JSON.stringify(world.records),
    ];
    for (const secret of [KEY, KEY.slice(0, 16), escapedLetters(KEY), base64(KEY).slice(4, 24)]) {
      expect(seen.filter((one) => one.includes(secret))).toEqual([]);
    }
    expect(messages.map(({ id, parts }) => [id, parts.map(({ kind }) => kind)])).toEqual([
      ['m1', ['text']],
      ['m2', ['reasoning', 'tool', 'tool', 'text', 'data']],
    ]);
  });
});
