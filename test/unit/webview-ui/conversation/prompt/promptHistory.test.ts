import { expect, it } from 'vitest';
import type { Message, Part } from '../../../../../src/core/conversation/transcript/transcript';
import { ownPrompts } from '../../../../../webview-ui/conversation/prompt/promptHistory';

const text = (words: string): Part => ({ kind: 'text', text: words, streaming: false });

it('own prompts are what was asked for in messages, what steered a run, and what is on its way, newest first', () => {
  const messages: readonly Message[] = [
    { id: '1', role: 'user', parts: [text('Build it')] },
    {
      id: '2',
      role: 'assistant',
      parts: [
        text('Yes'),
        { kind: 'steering', parts: [text('Rather '), text('SPY')] },
        { kind: 'steering', parts: [text(' ')] },
      ],
    },
    { id: '3', role: 'user', parts: [text('Go live')] },
  ];
  expect(ownPrompts(messages, [{ clientId: 'a', text: 'Stop', at: 1, state: 'queued' }])).toEqual([
    'Stop',
    'Go live',
    'Rather SPY',
    'Build it',
  ]);
});
