import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AgentWorld, comparisons, SCHEME, type, until } from './support/agentWorld';

suite('An agent that changes elsewhere', () => {
  let world: AgentWorld;
  setup(() => {
    world = new AgentWorld();
  });
  teardown(() => world.close());

  test('changed elsewhere: nothing is overwritten, both versions are shown, and “later” leaves all as it is', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    world.cloud.change(47, { model: 'other-model' });
    assert.equal(await document.save(), false);
    await until('the user is world.asked', () => world.asked.length === 1);
    assert.deepEqual(world.asked[0]?.fields, ['model']);
    assert.deepEqual(world.cloud.sent('updateAgent'), []);
    assert.equal(document.isDirty, true);
    const [comparison] = await until('a comparison is open', () => comparisons().length === 1 && comparisons());
    assert.equal(comparison?.modified.toString(), document.uri.toString());
    const theirs = await vscode.workspace.openTextDocument(comparison.original);
    assert.match(theirs.getText(), /other-model/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(SCHEME), true);
    assert.equal((await vscode.workspace.fs.stat(theirs.uri)).permissions, vscode.FilePermission.Readonly);
    await assert.rejects(async () => {
      await vscode.workspace.fs.writeFile(theirs.uri, Buffer.from('x'));
    });
    assert.equal(await document.save(), false, 'the next save asks again');
    await until('the user is world.asked again', () => world.asked.length === 2);
  });

  test('changed elsewhere: “Keep Mine” saves my text over it', async () => {
    world.choice = 'mine';
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    world.cloud.change(47, { maxTurns: 77 });
    assert.equal(await document.save(), false);
    await until('my text is saved', () => world.cloud.sent('updateAgent').length === 1 && !document.isDirty);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ maxTurns: 5, systemPrompt: 'Help well.\n' }]);
    await until('the comparison is closed', () => comparisons().length === 0);
    assert.equal(world.asked.length, 1);
  });

  test('changed elsewhere: “Use Theirs” replaces my text, which can be undone', async () => {
    world.choice = 'theirs';
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    world.cloud.change(47, { maxTurns: 77 });
    assert.equal(await document.save(), false);
    await until('their text is there', () => document.getText().includes('maxTurns: 77') && !document.isDirty);
    assert.doesNotMatch(document.getText(), /well/);
    assert.deepEqual(world.cloud.sent('updateAgent'), []);
    await until('the comparison is closed', () => comparisons().length === 0);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /Help well/);
  });

  test('a document without unsaved changes follows what happens elsewhere', async () => {
    const document = await world.open();
    world.cloud.change(47, { maxTurns: 77 });
    await world.sessions.current?.store.refreshAgents();
    await until('the document shows 77 turns', () => document.getText().includes('maxTurns: 77'));
    await type(document, 'maxTurns: 77', 'maxTurns: 78');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ maxTurns: 78 }]);
    assert.deepEqual(world.asked, []);
  });

  test('a document with unsaved changes stands still, and after a revert catches up', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    const before = await vscode.workspace.fs.stat(document.uri);
    world.cloud.change(47, { maxTurns: 77 });
    await world.sessions.current?.store.refreshAgents();
    assert.deepEqual(await vscode.workspace.fs.stat(document.uri), before);
    assert.match(document.getText(), /Help well/);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the document shows 77 turns', () => document.getText().includes('maxTurns: 77'));
    await type(document, 'Help.', 'Help again.');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ systemPrompt: 'Help again.\n' }]);
    assert.deepEqual(world.asked, []);
  });

  test('unsaved text that outlives the extension still tells what somebody else changed meanwhile', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    world.documents.dispose();
    world.cloud.change(47, { maxTurns: 77 });
    world.documents = world.register();
    assert.equal(await document.save(), false);
    await until('the user is world.asked', () => world.asked.length === 1);
    assert.deepEqual(world.asked[0]?.fields, ['maxTurns']);
    assert.deepEqual(world.cloud.sent('updateAgent'), []);
  });

  test('a document that outlives the extension is brought up to date', async () => {
    const document = await world.open();
    world.documents.dispose();
    world.cloud.change(47, { maxTurns: 77, updated: 1 });
    world.documents = world.register();
    await until('the document shows 77 turns', () => document.getText().includes('maxTurns: 77'));
    await type(document, 'Help.', 'Help well.');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ systemPrompt: 'Help well.\n' }]);
  });
});
