import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportJson } from '../../../../src/core/conversation/documents/exportJson';
import { exportMarkdown } from '../../../../src/core/conversation/documents/exportMarkdown';
import type { ConversationRecord } from '../../../../src/core/conversation/documents/record';
import { toTranscript } from '../../../../src/core/conversation/transcript/parseTranscript';
import { NOON } from '../../../support/conversations';
import { FACTS } from '../conversation/documents/exportWorld';

const KEY = 'sk-ant-this-must-not-be-seen';

describe('A provider key', () => {
  const place = fc.constantFrom<(key: string) => unknown>(
    (key) => ({ llmApiTokenUser: key }),
    (key) => ({ agent: { token: [{ LLMAPITOKENUSER: key }] } }),
    (key) => JSON.stringify({ llmApiTokenUser: key }),
    (key) => `llmApiTokenUser: ${key}`,
    (key) => JSON.stringify(JSON.stringify({ token: { llmApiTokenUser: key } })),
  );
  it('is in no export, wherever it was', () => {
    fc.assert(
      fc.property(place, fc.constantFrom('input', 'output', 'data', 'text', 'error', 'raw', 'nested'), (put, where) => {
        const value = put(KEY);
        const words = typeof value === 'string' ? value : JSON.stringify(value);
        const raw = {
          input: { type: 'dynamic-tool', toolName: 'x', state: 'input-available', input: value },
          output: { type: 'tool-create_file', state: 'output-available', output: value },
          data: { type: 'data-agent', data: value },
          text: { type: 'text', text: words },
          error: { type: 'tool-x', state: 'output-error', errorText: words },
          raw: { type: 'hologram', value },
          nested: {
            type: 'tool-x',
            state: 'output-available',
            messages: [
              {
                role: 'assistant',
                parts: [
                  { type: 'text', text: words },
                  { type: 'data-x', data: value },
                ],
              },
            ],
          },
        }[where];
        const conversation = { messages: [{ role: 'assistant', parts: [raw] }], prompt: words };
        const held: ConversationRecord = {
          facts: { ...FACTS, prompt: words, runtimeError: words, taskName: words },
          conversation,
          messages: toTranscript(conversation),
          readAt: NOON,
        };
        for (const written of [exportMarkdown(held), exportJson(held)]) {
          expect(written.replaceAll('\\', '')).not.toContain(KEY);
          expect(written.replaceAll('\\', '')).toContain('***');
        }
      }),
      { numRuns: 200 },
    );
  });
});
