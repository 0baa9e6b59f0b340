import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { timeout } from '../support/agentCloud';
import { AgentWorld, MIA, type, until } from './support/agentWorld';

suite('An agent that is new', () => {
  let world: AgentWorld;
  setup(() => {
    world = new AgentWorld();
  });
  teardown(() => world.close());

  test('opening and looking creates nothing; the first save creates the agent once and moves to it', async () => {
    const draft = await world.openNew();
    await draft.save();
    await type(draft, '# maxTurns: 50', 'maxTurns: 50');
    assert.equal(await draft.save(), false, 'it has no name');
    assert.equal(world.cloud.agents.size, 2);
    await type(draft, 'name: ', 'name: Momentum');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(2, 3, 2, 3);
    assert.equal(await draft.save(), true);
    assert.deepEqual(world.cloud.sent('createAgent'), [{ name: 'Momentum', maxTurns: 50 }]);
    const moved = await until("the agent's own document is shown", () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path === '/agents/100/Momentum.md' && active;
    });
    assert.deepEqual([moved.selection.active.line, moved.selection.active.character], [2, 3]);
    assert.equal(moved.document.getText(), draft.getText());
    await until(
      'the draft is closed',
      () =>
        !vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .some(({ input }) => input instanceof vscode.TabInputText && input.uri.path.startsWith('/new/')),
    );
    await type(moved.document, 'maxTurns: 50', 'maxTurns: 60');
    assert.equal(await moved.document.save(), true);
    assert.equal(world.cloud.sent('createAgent').length, 1);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ maxTurns: 60 }]);
  });

  test('a copy is an unsaved draft under another name', async () => {
    const draft = await world.openNew(MIA);
    assert.equal(draft.isDirty, true);
    assert.match(draft.getText(), /^---\nname: Copy of Mia\nmodel: claude-opus-4-7\n/);
    assert.deepEqual(world.cloud.sent('createAgent'), []);
    assert.equal(await draft.save(), true);
    assert.deepEqual(world.cloud.sent('createAgent'), [
      { name: 'Copy of Mia', model: 'claude-opus-4-7', maxTurns: 5, systemPrompt: 'Help.\n' },
    ]);
    await until(
      "the agent's own document is shown",
      () => vscode.window.activeTextEditor?.document.uri.path === '/agents/100/Copy of Mia.md',
    );
  });

  test('two saves of a draft at once create one agent', async () => {
    const draft = await world.openNew();
    await type(draft, 'name: ', 'name: Twice');
    let go = (): void => {};
    world.cloud.gate = new Promise((resolve) => {
      go = resolve;
    });
    const first = draft.save();
    await until('the first save looks at the agents', () => world.cloud.calls.length > 0);
    await type(draft, '# maxTurns: 50', 'maxTurns: 2');
    const second = draft.save();
    go();
    await Promise.all([first, second]);
    await until(
      "the agent's own document is shown",
      () => vscode.window.activeTextEditor?.document.uri.path === '/agents/100/Twice.md',
    );
    assert.equal(world.cloud.sent('createAgent').length, 1);
    await until('it shows what was typed last', () =>
      vscode.window.activeTextEditor?.document.getText().includes('\nmaxTurns: 2\n'),
    );
  });

  test('in a split both sides show the agent after its creation', async () => {
    const draft = await world.openNew();
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const tabs = (): string =>
      vscode.window.tabGroups.all
        .map(({ tabs: all }) =>
          all.map(({ input }) => (input instanceof vscode.TabInputText ? input.uri.path : '?')).join(),
        )
        .join(' | ');
    await until('it is split', () => vscode.window.tabGroups.all.length === 2);
    await type(draft, 'name: ', 'name: Momentum');
    assert.equal(await draft.save(), true);
    await until('both sides show the agent', () => tabs() === '/agents/100/Momentum.md | /agents/100/Momentum.md');
  });

  test('a draft that is closed by its save stays closed', async () => {
    const draft = await world.openNew();
    await type(draft, 'name: ', 'name: Momentum');
    assert.equal(await draft.save(), true);
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
    for (let round = 0; round < 10; round++)
      await vscode.commands.executeCommand('setContext', 'quantAgents.test', round);
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
      [],
    );
  });

  test('an unanswered creation is looked up, not repeated', async () => {
    const draft = await world.openNew();
    await type(draft, 'name: ', 'name: Momentum');
    world.cloud.failNext('createAgent', timeout('/agents/create'), 'after');
    assert.equal(await draft.save(), true);
    assert.equal(world.cloud.sent('createAgent').length, 1);
    assert.equal(world.cloud.agents.size, 3);
    await until(
      "the agent's own document is shown",
      () => vscode.window.activeTextEditor?.document.uri.path === '/agents/100/Momentum.md',
    );
  });

  test('what is typed while the agent is created goes along to its own document', async () => {
    const draft = await world.openNew();
    await type(draft, 'name: ', 'name: Momentum');
    await world.sessions.current?.store.refreshAgents();
    let release: () => void = () => {};
    world.cloud.gate = new Promise((resolve) => {
      release = resolve;
    });
    const saved = draft.save();
    await until('the agent is being created', () => world.cloud.sent('createAgent').length === 1);
    await type(draft, '# maxTurns: 50', 'maxTurns: 50');
    release();
    await saved;
    const moved = await until("the agent's own document is shown with the typing", () =>
      vscode.workspace.textDocuments.find(({ uri, isDirty }) => uri.path === '/agents/100/Momentum.md' && isDirty),
    );
    await until('the draft is closed', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length === 1);
    assert.match(moved.getText(), /^maxTurns: 50$/m);
    assert.equal(await moved.save(), true);
    assert.deepEqual(world.cloud.sent('createAgent'), [{ name: 'Momentum' }]);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ maxTurns: 50 }]);
  });
});
