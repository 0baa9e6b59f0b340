import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AgentWorld, SCHEME, sessionOf, type, until } from './support/agentWorld';

/** By then, VS Code has received and answered everything that a save started. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) await vscode.commands.executeCommand('setContext', 'quantAgents.test', round);
}

suite('Saving an agent', () => {
  let world: AgentWorld;
  setup(() => {
    world = new AgentWorld();
  });
  teardown(() => world.close());

  test('saving sends only what changed', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ systemPrompt: 'Help well.\n' }]);
    assert.equal(document.isDirty, false);
    await type(document, 'maxTurns: 5', 'maxTurns: 9');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent')[1], { maxTurns: 9 });
    assert.deepEqual(world.asked, []);
  });

  test('comments and order that the user wrote stay as they are', async () => {
    const document = await world.open();
    await type(document, 'maxTurns: 5', '# plenty\nmaxTurns: 9');
    await document.save();
    assert.match(document.getText(), /# plenty\nmaxTurns: 9/);
    assert.equal(document.isDirty, false);
  });

  test('the editor shows what QuantConnect made of it', async () => {
    world.cloud.normalize = (fields) => ({
      ...fields,
      ...(fields.maxTurns && { maxTurns: Math.min(fields.maxTurns, 20) }),
    });
    const document = await world.open();
    await type(document, 'maxTurns: 5', 'maxTurns: 99');
    assert.equal(await document.save(), true);
    await until('the document shows 20 turns', () => document.getText().includes('maxTurns: 20'));
    assert.equal(document.isDirty, false);
    await type(document, 'maxTurns: 20', 'maxTurns: 7');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.asked, []);
  });

  test('a new name leaves the document, its split and its undo where they are', async () => {
    const document = await world.open();
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const tabs = (): readonly string[] =>
      vscode.window.tabGroups.all.map(({ tabs: all }) =>
        all.map(({ input }) => (input instanceof vscode.TabInputText ? input.uri.path : '?')).join(),
      );
    await until('it is split', () => tabs().length === 2);
    await type(document, 'name: Mia', 'name: Maia');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ name: 'Maia' }]);
    await settled();
    assert.deepEqual(tabs(), ['/agents/47/Mia.md', '/agents/47/Mia.md']);
    await vscode.commands.executeCommand('undo');
    await until('the old name is back', () => document.getText().includes('name: Mia\n'));
    assert.equal(
      (await world.open({ ...world.cloud.agents.get(47)!, name: 'Maia' })).uri.toString(),
      document.uri.toString(),
      'one address for one agent',
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('a new name is the name of the document when it is opened again', async () => {
    const document = await world.open();
    await type(document, 'name: Mia', 'name: Maia');
    assert.equal(await document.save(), true);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal((await world.open(world.cloud.agents.get(47))).uri.path, '/agents/47/Maia.md');
  });

  test('a document that is closed by its save stays closed, whatever its new name', async () => {
    const document = await world.open();
    await type(document, 'name: Mia', 'name: Maia');
    assert.equal(await document.save(), true);
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
    await settled();
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
      [],
    );
  });

  test('signed out, a save fails, the text stays, and a save after the sign-in goes through', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    const signedIn = world.sessions.current;
    world.sessions.switchTo(undefined);
    assert.equal(await document.save(), false);
    assert.match(document.getText(), /Help well/);
    assert.equal(document.isDirty, true);
    world.sessions.switchTo(sessionOf(world.cloud, 'f'.repeat(32)));
    assert.equal(await document.save(), false, 'another organization');
    world.sessions.switchTo(signedIn);
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ systemPrompt: 'Help well.\n' }]);
  });

  test('an agent that was deleted elsewhere cannot be saved, and the text stays', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    await world.cloud.deleteAgent(47);
    assert.equal(await document.save(), false);
    assert.match(document.getText(), /Help well/);
    assert.equal(document.isDirty, true);
    assert.deepEqual(world.cloud.sent('updateAgent'), []);
    assert.deepEqual(world.cloud.sent('createAgent'), []);
  });

  test('VS Code does not save an agent by itself', async () => {
    const settings = vscode.workspace.getConfiguration('files');
    const reasons: vscode.TextDocumentSaveReason[] = [];
    const listener = vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (document.uri.scheme === SCHEME) reasons.push(reason);
    });
    await settings.update('autoSaveDelay', 100, vscode.ConfigurationTarget.Global);
    await settings.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
    try {
      const document = await world.open();
      await type(document, 'Help.', 'Help well.');
      await until('VS Code tries', () => reasons.includes(vscode.TextDocumentSaveReason.AfterDelay));
      await settings.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
      assert.equal(await document.save(), true);
      assert.deepEqual(reasons, [vscode.TextDocumentSaveReason.AfterDelay, vscode.TextDocumentSaveReason.Manual]);
      assert.equal(world.cloud.sent('updateAgent').length, 1);
    } finally {
      listener.dispose();
      await settings.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
