import { describe, expect, it } from 'vitest';
import { exportJson } from '../../../../../src/core/conversation/documents/exportJson';
import { NOON } from '../../../../support/conversations';
import { FACTS, record, timed } from './exportWorld';

describe('exportJson', () => {
  it('contains the conversation as it was read', () => {
    const parts = [
      { type: 'text', text: 'Hi' },
      { type: 'hologram', depth: 3 },
      { type: 'tool-x', state: 'output-available', output: { a: [null, 1] } },
    ];
    const read = {
      ...record([]),
      conversation: { id: 'A-1', messages: [{ id: 'm1', role: 'assistant', parts, time: NOON }], inputTokens: 3 },
    };
    expect(JSON.parse(exportJson(read))).toMatchObject({
      format: 'quantconnect-agent-conversation',
      version: 1,
      readAt: '2026-11-23T13:05:31.000Z',
      deployment: {
        deploymentId: FACTS.deploymentId,
        taskName: 'Momentum on QQQ',
        started: '2026-11-23T13:02:11.000Z',
      },
      conversation: {
        id: 'A-1',
        inputTokens: 3,
        messages: [{ id: 'm1', role: 'assistant', parts, time: '2026-11-23T13:02:11.000Z' }],
      },
    });
  });
});

describe('exportJson: measured times', () => {
  it('are beside the conversation, and never in it', () => {
    const written = JSON.parse(exportJson(timed)) as {
      observed: unknown;
      conversation: unknown;
    };
    expect(written.observed).toEqual([
      { part: 'm1/0', began: '2026-11-23T13:02:11.000Z', ms: 8_200, within: 1_500 },
      { part: 'm1/1', began: '2026-11-23T13:02:11.000Z', ms: 61_400, within: 6_000 },
      { part: 'm1/2/n/0', began: '2026-11-23T13:02:11.000Z', ms: 3_000, within: 1_000 },
    ]);
    expect(written.conversation).toEqual(
      (JSON.parse(exportJson(record(timed.messages))) as { conversation: unknown }).conversation,
    );
  });
});
