import { beforeEach, describe, expect, it, vi } from 'vitest';
import { registerFiles } from '../../../support/registering';
import { ConversationDocuments } from '../../../../src/conversation/documents/conversationDocuments';
import { exportMarkdown } from '../../../../src/core/conversation/documents/exportMarkdown';
import type * as markdown from '../../../../src/core/conversation/documents/exportMarkdown';
import type { ConversationRecord } from '../../../../src/core/conversation/documents/record';
import { message, text } from '../../../support/conversations';

vi.mock('vscode', async () => ({
  ...(await import('../../../support/vscodeStub')),
  workspace: { registerFileSystemProvider: () => ({ dispose() {} }) },
  FileType: { File: 1 },
  FilePermission: { Readonly: 1 },
  Uri: { from: (parts: { path: string }) => ({ ...parts, toString: () => parts.path }) },
}));
vi.mock('../../../../src/core/conversation/documents/exportMarkdown', async (original) => {
  const { exportMarkdown: whole } = await original<typeof markdown>();
  return { exportMarkdown: vi.fn(whole) };
});

const saying = (words: string): ConversationRecord => ({
  facts: {
    deploymentId: 'A-1',
    taskName: 'T',
    agentName: 'A',
    organizationName: 'O',
    status: 'Running',
    sandbox: false,
  },
  conversation: { messages: [] },
  messages: [message('m1', 'assistant', text(words))],
  readAt: 1_000,
});

let current: ConversationRecord;
let documents: ConversationDocuments;

beforeEach(() => {
  vi.mocked(exportMarkdown).mockClear();
  current = saying('First words');
  documents = new ConversationDocuments(
    { last: () => Promise.resolve(current) },
    registerFiles('quantagents-file', true),
  );
});

describe('An open transcript', () => {
  it('is written once for each reading of the conversation, however often it is asked for', async () => {
    const uri = documents.uri(current, { kind: 'transcript', title: 'My task' });
    const { size, mtime } = await documents.stat(uri);
    const bytes = await documents.readFile(uri);
    expect(bytes.byteLength).toBe(size);
    expect(await documents.stat(uri)).toMatchObject({ size, mtime });
    expect(exportMarkdown).toHaveBeenCalledTimes(1);
    await documents.readFile(documents.uri(current, { kind: 'transcript', title: 'Another name' }));
    expect(exportMarkdown).toHaveBeenCalledTimes(2);
  });

  it('is another one, with another time, once the conversation was read again', async () => {
    const uri = documents.uri(current, { kind: 'transcript', title: 'My task' });
    vi.useFakeTimers({ now: 5_000 });
    const before = await documents.stat(uri);
    vi.setSystemTime(8_000);
    current = saying('Other words');
    const after = await documents.stat(uri);
    vi.useRealTimers();
    expect(new TextDecoder().decode(await documents.readFile(uri))).toContain('Other words');
    expect([after.size, after.mtime > before.mtime]).toEqual([before.size, true]);
  });
});
