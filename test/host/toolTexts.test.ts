import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { ToolTexts } from '../../src/conversation/documents/toolTexts';
import type { Message } from '../../src/core/conversation/transcript/transcript';
import { until } from '../support/poll.mjs';
import { registerTexts } from '../support/registering';

suite("A tool call's text that is too long for the page", () => {
  const call = (input: unknown): Message => ({
    id: 'm1',
    role: 'assistant',
    parts: [{ kind: 'tool', name: 'create_file', state: 'output-available', input, output: { ok: true } }],
  });
  let texts: ToolTexts;

  setup(() => {
    texts = new ToolTexts(registerTexts('quantagents-text-test'), 'quantagents-text-test');
  });
  teardown(async () => {
    texts.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const opened = (): vscode.TextDocument => {
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document, 'a document is open');
    return document;
  };

  test('opens as a read-only document in its language', async () => {
    await texts.open('A-1', [call({ filePath: 'src/main.py', content: 'print(1)\n' })], {
      type: 'openToolText',
      messageId: 'm1',
      partIndex: 0,
      side: 'input',
    });
    assert.strictEqual(opened().getText(), 'print(1)\n');
    assert.strictEqual(opened().languageId, 'python');
    assert.strictEqual(opened().uri.path.split('/').at(-1), 'main.py');
  });

  test("is found inside a sub-agent's messages", async () => {
    const outer: Message = {
      id: 'm0',
      role: 'assistant',
      parts: [
        {
          kind: 'tool',
          name: 'agent',
          state: 'output-available',
          messages: [call({ filePath: 'a.json', content: '{}' })],
        },
      ],
    };
    await texts.open('A-1', [outer], { type: 'openToolText', messageId: 'm1', partIndex: 0, side: 'output' });
    assert.deepStrictEqual(JSON.parse(opened().getText()), { ok: true });
  });

  test('with a path that climbs stays in its own scheme', async () => {
    await texts.open('A-1', [call({ filePath: '../../../etc/passwd', content: 'x' })], {
      type: 'openToolText',
      messageId: 'm1',
      partIndex: 0,
      side: 'input',
    });
    assert.strictEqual(opened().uri.scheme, 'quantagents-text-test');
    assert.ok(opened().uri.path.startsWith('/A-1/'));
  });

  test('shows what the call has written since, where it is open already', async () => {
    const request = { type: 'openToolText', messageId: 'm1', partIndex: 0, side: 'input' } as const;
    await texts.open('A-1', [call({ filePath: 'main.py', content: 'half' })], request);
    await texts.open('A-1', [call({ filePath: 'main.py', content: 'half and whole' })], request);
    await until('the document follows', () => opened().getText() === 'half and whole');
    assert.strictEqual(opened().isDirty, false);
  });

  test('says so when the call is gone', async () => {
    await assert.rejects(
      texts.open('A-1', [], { type: 'openToolText', messageId: 'm1', partIndex: 0, side: 'input' }),
      /no longer in the conversation/,
    );
  });
});
