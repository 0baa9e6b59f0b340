import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, MIA, PromptFileWorld, replaceAll, show } from './support/promptFileWorld';

suite('Writing a prompt file', () => {
  let world: PromptFileWorld;
  setup(() => {
    world = new PromptFileWorld();
  });
  teardown(() => world.close());

  test('agents and project preferences complete, and an agent that is not there is underlined', async () => {
    await world.session.store.refreshAgents();
    const { document } = await show(world.write('a.md', '---\nquantconnect:\n  agent: \n  project: \n---\nGo'));
    const complete = async (line: number, character: number): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(line, character),
      );
      return list.items.map(({ insertText }) =>
        typeof insertText === 'string' ? insertText : (insertText?.value ?? ''),
      );
    };
    const agents = await complete(2, 9);
    assert.ok(agents.includes('Backtest Agent') && agents.includes('"Mia: the second"'), agents.join());
    assert.ok((await complete(3, 11)).includes('project-each-task-deployment'));
    await replaceAll(document, document.getText().replace('agent: ', 'agent: Nobody'));
    await eventually('it is underlined', () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .some(({ message }) => message === 'No agent is named “Nobody” in “Trading Desk”.'),
    );
    await replaceAll(document, document.getText().replace('Nobody', 'Backtest Agent'));
    await eventually('it is not underlined any more', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  test('a new prompt file says where it goes and has the cursor where the prompt begins', async () => {
    await world.session.store.refreshAgents();
    await world.files.openNew({ agent: MIA, task: 'Idea' });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(), '---\nquantconnect:\n  agent: "Mia: the second"\n  task: Idea\n---\n\n');
    assert.deepEqual([editor.document.languageId, editor.selection.active.line], ['markdown', 6]);
  });

  test('what is written into a file is seen where it is open, and covers nothing', async () => {
    const uri = world.write('beside.md', 'Trade it.');
    await show(uri);
    const panel = vscode.window.createWebviewPanel('quantAgents.test', 'Conversation', {
      viewColumn: vscode.ViewColumn.Two,
    });
    const tabs = (): string =>
      vscode.window.tabGroups.all
        .map(({ tabs: all }) => all.map(({ label, isActive }) => `${label}${isActive ? '*' : ''}`).join())
        .join(' | ');
    await eventually(
      'the file and the conversation are side by side',
      () => tabs() === 'beside.md* | Conversation*' && panel.active,
    );
    world.press = ['Write to File'];
    assert.ok(await world.files.deploy(uri));
    const document = await vscode.workspace.openTextDocument(uri);
    await eventually('the settings are in the file', () => document.getText().includes('agent: Backtest Agent'));
    await vscode.commands.executeCommand('setContext', 'quantAgents.test', true);
    assert.equal(tabs(), 'beside.md* | Conversation*');
    panel.dispose();
  });

  test('a file that was closed meanwhile opens where it covers no conversation', async () => {
    const uri = world.write('closed.md', 'Trade it.');
    await show(world.write('other.md', 'Something else.'));
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    const panel = vscode.window.createWebviewPanel('quantAgents.test', 'Conversation', {
      viewColumn: vscode.ViewColumn.Two,
    });
    await eventually('the conversation is in front', () => panel.active);
    world.press = ['Write to File'];
    assert.ok(await world.files.deploy(uri));
    await eventually(
      'the file is open beside the conversation',
      () =>
        vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === vscode.ViewColumn.One)?.activeTab?.label ===
        'closed.md',
    );
    assert.equal(panel.visible, true);
    panel.dispose();
  });

  test('a prompt that is saved under a name stays what it was: nothing is asked again, and the same task runs', async () => {
    const untitled = await vscode.workspace.openTextDocument({ language: 'markdown', content: 'Trade momentum' });
    await vscode.window.showTextDocument(untitled);
    assert.ok(await world.files.deploy(untitled.uri));
    assert.equal(world.asked.length, 2);
    const saved = vscode.commands.executeCommand('workbench.action.files.save');
    await eventually('it is saved under a name', async () => {
      await vscode.commands.executeCommand('quickInput.accept');
      return vscode.window.activeTextEditor?.document.uri.scheme === 'file' && untitled.isClosed;
    });
    await saved;
    const file = vscode.window.activeTextEditor?.document.uri;
    assert.ok(file);
    try {
      assert.ok(await world.files.deploy(file));
      assert.deepEqual([world.asked.length, world.cloud.created.length, world.cloud.deployments.length], [2, 1, 2]);
      const next = await vscode.workspace.openTextDocument({ language: 'markdown', content: 'Another idea' });
      await vscode.window.showTextDocument(next);
      assert.ok(await world.files.deploy(next.uri));
      assert.equal(world.asked.length, 4, 'the next untitled file is another one');
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });
});
