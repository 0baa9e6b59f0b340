import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AgentWorld, MIA, type, until } from './support/agentWorld';

suite('Agents as documents', () => {
  let world: AgentWorld;
  setup(() => {
    world = new AgentWorld();
  });
  teardown(() => world.close());

  test('an agent opens as front matter and system prompt', async () => {
    const document = await world.open();
    assert.equal(document.languageId, 'markdown');
    assert.equal(document.getText(), '---\nname: Mia\nmodel: claude-opus-4-7\nmaxTurns: 5\n---\n\nHelp.\n');
    assert.equal(document.isDirty, false);
  });

  test('an agent that is open is shown, not opened again', async () => {
    const document = await world.open();
    assert.equal((await world.open({ ...MIA, name: 'Another name' })).uri.toString(), document.uri.toString());
  });

  test('a document with an error is marked, not sent, and stays unsaved', async () => {
    const document = await world.open();
    await type(document, 'maxTurns: 5', 'maxTurns: many');
    assert.equal(await document.save(), false);
    assert.deepEqual(world.cloud.sent('updateAgent'), []);
    assert.equal(document.isDirty, true);
    const [diagnostic, ...others] = vscode.languages.getDiagnostics(document.uri);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [diagnostic?.range.start.line, diagnostic?.range.start.character, diagnostic?.severity],
      [3, 10, vscode.DiagnosticSeverity.Error],
    );
    await type(document, 'many', '6');
    assert.equal(await document.save(), true);
    await until('the mark goes', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  test('problems are marked while typing', async () => {
    const document = await world.open();
    await type(document, 'model: claude-opus-4-7\n', '');
    const [diagnostic] = await until('the removed model is marked', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 && found;
    });
    assert.match(diagnostic?.message ?? '', /cannot go back/);
  });

  test('the agent of another organization does not open', async () => {
    const uri = world.documents.open.uri('f'.repeat(32), '/agents/47/Mia.md');
    await assert.rejects(async () => vscode.workspace.openTextDocument(uri), /does not belong to the organization/);
  });

  test('keys, values, tools and agents complete, and keys explain themselves', async () => {
    await world.sessions.current?.store.refreshAgents();
    const document = await world.open();
    await type(document, 'maxTurns: 5\n', 'reasoningEffort: \ntools:\n  - \nsubAgents:\n  - agentId: \n');
    const labels = async (text: string): Promise<readonly string[]> => {
      const position = document.positionAt(document.getText().indexOf(text) + text.length);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const includes = (all: readonly string[], some: readonly string[]) => {
      for (const one of some) assert.ok(all.includes(one), `${one} is not among ${all.join(', ')}`);
    };
    includes(await labels('reasoningEffort: '), ['low', 'medium', 'high']);
    includes(await labels('tools:\n  - '), ['create_backtest', 'liquidate_live_algorithm']);
    includes(await labels('agentId: '), ['Mia', 'Backtest']);
    includes(await labels('model: '), ['claude-opus-4-7']);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(2, 2),
    );
    assert.match(
      hovers.map(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value).join()).join(),
      /language model/,
    );
  });
});
