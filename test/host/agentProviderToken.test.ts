import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { setProviderToken } from '../../src/agentDocuments/providerToken';
import { AgentWorld, MIA, type, until } from './support/agentWorld';

suite('The provider token of an agent', () => {
  let world: AgentWorld;
  setup(() => {
    world = new AgentWorld();
  });
  teardown(() => world.close());

  const KEY = 'canary-key-0123456789';
  const original = vscode.window.showInputBox;
  let questions: vscode.InputBoxOptions[];

  function answer(...answers: readonly (string | undefined)[]): void {
    questions = [];
    const left = [...answers];
    (vscode.window as { showInputBox: unknown }).showInputBox = (options: vscode.InputBoxOptions) => {
      questions.push(options);
      return Promise.resolve(left.shift());
    };
  }

  teardown(() => {
    (vscode.window as { showInputBox: unknown }).showInputBox = original;
  });

  const sentKeys = () =>
    world.cloud.calls.flatMap(({ token }) => (token ? [[token.llmProviderApi, token.llmApiTokenUser.reveal()]] : []));

  test('is asked for in a password box, sent, and shown nowhere', async () => {
    await world.sessions.current?.store.refreshAgents();
    const document = await world.open();
    answer('anthropic', ` ${KEY} `);
    assert.equal(await setProviderToken(world.sessions.current!, MIA), true);
    assert.deepEqual(
      questions.map(({ password }) => password ?? false),
      [false, true],
    );
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ useQCC: false }]);
    assert.deepEqual(sentKeys(), [['anthropic', KEY]]);
    await until('the document shows what the agent runs on', () => document.getText().includes('useQCC: false'));
    assert.doesNotMatch(document.getText(), new RegExp(KEY));
    assert.equal(document.isDirty, false);
  });

  test('sends nothing when the user gives up', async () => {
    answer('anthropic', undefined);
    assert.equal(await setProviderToken(world.sessions.current!, MIA), false);
    answer(undefined);
    assert.equal(await setProviderToken(world.sessions.current!, MIA), false);
    assert.deepEqual(world.cloud.calls, []);
  });

  test('is asked for before an agent that needs it is created', async () => {
    const draft = await world.openNew();
    await type(draft, 'name: ', 'name: Own Key');
    await type(draft, '# useQCC: true ', 'useQCC: false');
    answer(undefined);
    assert.equal(await draft.save(), false);
    assert.deepEqual(world.cloud.sent('createAgent'), []);
    answer('anthropic', KEY);
    assert.equal(await draft.save(), true);
    assert.deepEqual(sentKeys(), [['anthropic', KEY]]);
    await until(
      "the agent's own document is shown",
      () => vscode.window.activeTextEditor?.document.uri.path === '/agents/100/Own Key.md',
    );
  });
});
