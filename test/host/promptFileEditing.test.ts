import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, MIA, PromptFileWorld, replaceAll, show } from './support/promptFileWorld';

suite('Writing a prompt file', () => {
  let world: PromptFileWorld;
  setup(() => { world = new PromptFileWorld(); });
  teardown(() => world.close());

  test('agents and project preferences complete, and an agent that is not there is underlined', async () => {
    await world.session.store.refreshAgents();
    const { document } = await show(world.write('a.md', '---\nquantconnect:\n  agent: \n  project: \n---\nGo'));
    const complete = async (line: number, character: number): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(line, character));
      return list.items.map(({ insertText }) => String(insertText));
    };
    const agents = await complete(2, 9);
    assert.ok(agents.includes('Backtest Agent') && agents.includes('"Mia: the second"'), agents.join());
    assert.ok((await complete(3, 11)).includes('project-each-task-deployment'));
    await replaceAll(document, document.getText().replace('agent: ', 'agent: Nobody'));
    await eventually('it is underlined', () => vscode.languages.getDiagnostics(document.uri).some(({ message }) => message === 'No agent is named “Nobody” in “Trading Desk”.'));
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
});
