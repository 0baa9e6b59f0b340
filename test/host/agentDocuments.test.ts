import * as assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { AgentDocuments } from '../../src/agentDocuments/agentDocuments';
import { setProviderToken } from '../../src/agentDocuments/providerToken';
import type { AskAboutConflict } from '../../src/agentDocuments/conflictChoice';
import type { QuantConnectApi } from '../../src/core/api/api';
import type { Agent } from '../../src/core/api/model';
import { systemClock } from '../../src/core/clock';
import { Emitter } from '../../src/core/events';
import type { AgentsSession, SessionSource } from '../../src/core/organization/session';
import { OrganizationStore } from '../../src/core/organization/store';
import { AgentCloud, timeout } from '../support/agentCloud';
import { memento } from '../support/memories';

const SCHEME = 'quantagents-test';
const MIA: Agent = { id: 47, name: 'Mia', model: 'claude-opus-4-7', maxTurns: 5, systemPrompt: 'Help.\n', created: 1_000_000, updated: 2_000_000 };
const BACKTEST: Agent = { id: 48, name: 'Backtest', systemPrompt: 'Test.', updated: 2_000_000 };

function session(cloud: AgentCloud, organizationId: string): AgentsSession {
  const client = cloud as unknown as QuantConnectApi;
  const { signal } = new AbortController();
  return {
    account: { id: 'a', kind: 'sandbox', userId: '1', label: 'A', origin: 'sandbox' }, organization: { id: organizationId, name: 'Here' }, client, signal,
    store: new OrganizationStore(organizationId, client, systemClock, signal),
  };
}

class Sessions implements SessionSource {
  private readonly changed = new Emitter<AgentsSession | undefined>();
  readonly onDidChange = this.changed.event;
  current: AgentsSession | undefined;

  ready = (): Promise<AgentsSession | undefined> => Promise.resolve(this.current);
  require = (): Promise<AgentsSession | undefined> => Promise.resolve(this.current);

  switchTo(next: AgentsSession | undefined): void {
    this.current = next;
    this.changed.fire(next);
  }
}

/** Waits for something that happens by itself, and tells what it was when it does not. */
async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`This did not happen: ${what}`);
}

/** Replaces the first occurrence of a text, as typing would. */
async function type(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  assert.notEqual(start, -1, `“${from}” is not in the document`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  await vscode.workspace.applyEdit(edit);
}

function comparisons(): readonly vscode.TabInputTextDiff[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []));
}

suite('Agents as documents', () => {
  let cloud: AgentCloud;
  /** A new one for each test, or VS Code would still hold the documents of the last. */
  let organizationId: string;
  let sessions: Sessions;
  let documents: AgentDocuments;
  let memory: vscode.Memento;
  let choice: 'mine' | 'theirs' | undefined;
  let asked: Parameters<AskAboutConflict>[0][];
  const failures: unknown[] = [];

  setup(() => {
    cloud = new AgentCloud([MIA, BACKTEST]);
    sessions = new Sessions();
    organizationId = randomUUID().replaceAll('-', '');
    sessions.current = session(cloud, organizationId);
    choice = undefined;
    asked = [];
    failures.length = 0;
    memory = memento();
    documents = register();
  });

  function register(): AgentDocuments {
    return AgentDocuments.register({
      sessions, clock: systemClock, scheme: SCHEME, memory,
      feedback: { failed: (error) => { failures.push(error); return Promise.resolve(); } },
      askAboutConflict: (conflict) => { asked.push(conflict); return Promise.resolve(choice); },
    });
  }

  teardown(async () => {
    for (const document of vscode.workspace.textDocuments.filter(({ uri, isDirty }) => uri.scheme === SCHEME && isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
    documents.dispose();
    assert.deepEqual(failures, []);
  });

  async function open(agent: Agent = MIA): Promise<vscode.TextDocument> {
    const editor = await documents.openAgent(agent);
    assert.ok(editor);
    return editor.document;
  }

  async function openNew(seed?: Agent): Promise<vscode.TextDocument> {
    const editor = await documents.openNewAgent(seed);
    assert.ok(editor);
    return editor.document;
  }

  test('an agent opens as front matter and system prompt', async () => {
    const document = await open();
    assert.equal(document.languageId, 'markdown');
    assert.equal(document.getText(), '---\nname: Mia\nmodel: claude-opus-4-7\nmaxTurns: 5\n---\n\nHelp.\n');
    assert.equal(document.isDirty, false);
  });

  test('an agent that is open is shown, not opened again', async () => {
    const document = await open();
    assert.equal((await open({ ...MIA, name: 'Another name' })).uri.toString(), document.uri.toString());
  });

  test('saving sends only what changed', async () => {
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    assert.equal(await document.save(), true);
    assert.deepEqual(cloud.sent('updateAgent'), [{ systemPrompt: 'Help well.\n' }]);
    assert.equal(document.isDirty, false);
    await type(document, 'maxTurns: 5', 'maxTurns: 9');
    assert.equal(await document.save(), true);
    assert.deepEqual(cloud.sent('updateAgent')[1], { maxTurns: 9 });
    assert.deepEqual(asked, []);
  });

  test('comments and order that the user wrote stay as they are', async () => {
    const document = await open();
    await type(document, 'maxTurns: 5', '# plenty\nmaxTurns: 9');
    await document.save();
    assert.match(document.getText(), /# plenty\nmaxTurns: 9/);
    assert.equal(document.isDirty, false);
  });

  test('the editor shows what QuantConnect made of it', async () => {
    cloud.normalize = (fields) => ({ ...fields, ...(fields.maxTurns && { maxTurns: Math.min(fields.maxTurns, 20) }) });
    const document = await open();
    await type(document, 'maxTurns: 5', 'maxTurns: 99');
    assert.equal(await document.save(), true);
    await until('the document shows 20 turns', () => document.getText().includes('maxTurns: 20'));
    assert.equal(document.isDirty, false);
    await type(document, 'maxTurns: 20', 'maxTurns: 7');
    assert.equal(await document.save(), true);
    assert.deepEqual(asked, []);
  });

  test('a document with an error is marked, not sent, and stays unsaved', async () => {
    const document = await open();
    await type(document, 'maxTurns: 5', 'maxTurns: many');
    assert.equal(await document.save(), false);
    assert.deepEqual(cloud.sent('updateAgent'), []);
    assert.equal(document.isDirty, true);
    const [diagnostic, ...others] = vscode.languages.getDiagnostics(document.uri);
    assert.deepEqual(others, []);
    assert.deepEqual([diagnostic?.range.start.line, diagnostic?.range.start.character, diagnostic?.severity], [3, 10, vscode.DiagnosticSeverity.Error]);
    await type(document, 'many', '6');
    assert.equal(await document.save(), true);
    await until('the mark goes', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  test('problems are marked while typing', async () => {
    const document = await open();
    await type(document, 'model: claude-opus-4-7\n', '');
    const [diagnostic] = await until('the removed model is marked', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 && found;
    });
    assert.match(diagnostic?.message ?? '', /no way back/);
  });

  test('changed elsewhere: nothing is overwritten, both versions are shown, and “later” leaves all as it is', async () => {
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    cloud.change(47, { model: 'other-model' });
    assert.equal(await document.save(), false);
    await until('the user is asked', () => asked.length === 1);
    assert.deepEqual(asked[0]?.fields, ['model']);
    assert.deepEqual(cloud.sent('updateAgent'), []);
    assert.equal(document.isDirty, true);
    const [comparison] = await until('a comparison is open', () => comparisons().length === 1 && comparisons());
    assert.equal(comparison?.modified.toString(), document.uri.toString());
    const theirs = await vscode.workspace.openTextDocument(comparison!.original);
    assert.match(theirs.getText(), /other-model/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(SCHEME), true);
    assert.equal((await vscode.workspace.fs.stat(theirs.uri)).permissions, vscode.FilePermission.Readonly);
    await assert.rejects(async () => { await vscode.workspace.fs.writeFile(theirs.uri, Buffer.from('x')); });
    assert.equal(await document.save(), false, 'the next save asks again');
    await until('the user is asked again', () => asked.length === 2);
  });

  test('changed elsewhere: “Keep Mine” saves my text over it', async () => {
    choice = 'mine';
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    cloud.change(47, { maxTurns: 77 });
    assert.equal(await document.save(), false);
    await until('my text is saved', () => cloud.sent('updateAgent').length === 1 && !document.isDirty);
    assert.deepEqual(cloud.sent('updateAgent'), [{ maxTurns: 5, systemPrompt: 'Help well.\n' }]);
    await until('the comparison is closed', () => comparisons().length === 0);
    assert.equal(asked.length, 1);
  });

  test('changed elsewhere: “Use Theirs” replaces my text, which can be undone', async () => {
    choice = 'theirs';
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    cloud.change(47, { maxTurns: 77 });
    assert.equal(await document.save(), false);
    await until('their text is there', () => document.getText().includes('maxTurns: 77') && !document.isDirty);
    assert.doesNotMatch(document.getText(), /well/);
    assert.deepEqual(cloud.sent('updateAgent'), []);
    await until('the comparison is closed', () => comparisons().length === 0);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /Help well/);
  });

  test('a document without unsaved changes follows what happens elsewhere', async () => {
    const document = await open();
    cloud.change(47, { maxTurns: 77 });
    await sessions.current?.store.refreshAgents();
    await until('the document shows 77 turns', () => document.getText().includes('maxTurns: 77'));
    await type(document, 'maxTurns: 77', 'maxTurns: 78');
    assert.equal(await document.save(), true);
    assert.deepEqual(cloud.sent('updateAgent'), [{ maxTurns: 78 }]);
    assert.deepEqual(asked, []);
  });

  test('a document with unsaved changes stands still, and after a revert catches up', async () => {
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    const before = await vscode.workspace.fs.stat(document.uri);
    cloud.change(47, { maxTurns: 77 });
    await sessions.current?.store.refreshAgents();
    assert.deepEqual(await vscode.workspace.fs.stat(document.uri), before);
    assert.match(document.getText(), /Help well/);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the document shows 77 turns', () => document.getText().includes('maxTurns: 77'));
    await type(document, 'Help.', 'Help again.');
    assert.equal(await document.save(), true);
    assert.deepEqual(cloud.sent('updateAgent'), [{ systemPrompt: 'Help again.\n' }]);
    assert.deepEqual(asked, []);
  });

  test('unsaved text that outlives the extension still tells what somebody else changed meanwhile', async () => {
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    documents.dispose();
    cloud.change(47, { maxTurns: 77 });
    documents = register();
    assert.equal(await document.save(), false);
    await until('the user is asked', () => asked.length === 1);
    assert.deepEqual(asked[0]?.fields, ['maxTurns']);
    assert.deepEqual(cloud.sent('updateAgent'), []);
  });

  test('a document that outlives the extension is brought up to date', async () => {
    const document = await open();
    documents.dispose();
    cloud.change(47, { maxTurns: 77, updated: 1 });
    documents = register();
    await until('the document shows 77 turns', () => document.getText().includes('maxTurns: 77'));
    await type(document, 'Help.', 'Help well.');
    assert.equal(await document.save(), true);
    assert.deepEqual(cloud.sent('updateAgent'), [{ systemPrompt: 'Help well.\n' }]);
  });

  test('opening and looking creates nothing; the first save creates the agent once and moves to it', async () => {
    const draft = await openNew();
    await draft.save();
    await type(draft, '# maxTurns: 50', 'maxTurns: 50');
    assert.equal(await draft.save(), false, 'it has no name');
    assert.equal(cloud.agents.size, 2);
    await type(draft, 'name: ', 'name: Momentum');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(2, 3, 2, 3);
    assert.equal(await draft.save(), true);
    assert.deepEqual(cloud.sent('createAgent'), [{ name: 'Momentum', maxTurns: 50 }]);
    const moved = await until('the agent\'s own document is shown', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path === '/agents/100/Momentum.md' && active;
    });
    assert.deepEqual([moved.selection.active.line, moved.selection.active.character], [2, 3]);
    assert.equal(moved.document.getText(), draft.getText());
    await until('the draft is closed', () => !vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ input }) => input instanceof vscode.TabInputText && input.uri.path.startsWith('/new/')));
    await type(moved.document, 'maxTurns: 50', 'maxTurns: 60');
    assert.equal(await moved.document.save(), true);
    assert.equal(cloud.sent('createAgent').length, 1);
    assert.deepEqual(cloud.sent('updateAgent'), [{ maxTurns: 60 }]);
  });

  test('a copy is an unsaved draft under another name', async () => {
    const draft = await openNew(MIA);
    assert.equal(draft.isDirty, true);
    assert.match(draft.getText(), /^---\nname: Copy of Mia\nmodel: claude-opus-4-7\n/);
    assert.deepEqual(cloud.sent('createAgent'), []);
    assert.equal(await draft.save(), true);
    assert.deepEqual(cloud.sent('createAgent'), [{ name: 'Copy of Mia', model: 'claude-opus-4-7', maxTurns: 5, systemPrompt: 'Help.\n' }]);
    await until('the agent\'s own document is shown', () => vscode.window.activeTextEditor?.document.uri.path === '/agents/100/Copy of Mia.md');
  });

  test('two saves of a draft at once create one agent', async () => {
    const uri = documents.files.uri(organizationId, '/new/n1/New Agent.md');
    const write = (turns: number) => documents.files.writeFile(uri, Buffer.from(`---\nname: Twice\nmaxTurns: ${String(turns)}\n---\n`));
    await Promise.all([write(1), write(2)]);
    assert.deepEqual(cloud.sent('createAgent'), [{ name: 'Twice', maxTurns: 1 }]);
    assert.deepEqual(cloud.sent('updateAgent'), [{ maxTurns: 2 }]);
  });

  test('an unanswered creation is looked up, not repeated', async () => {
    const draft = await openNew();
    await type(draft, 'name: ', 'name: Momentum');
    cloud.failNext('createAgent', timeout('/agents/create'), 'after');
    assert.equal(await draft.save(), true);
    assert.equal(cloud.sent('createAgent').length, 1);
    assert.equal(cloud.agents.size, 3);
    await until('the agent\'s own document is shown', () => vscode.window.activeTextEditor?.document.uri.path === '/agents/100/Momentum.md');
  });

  test('what is typed while the agent is created goes along to its own document', async () => {
    const draft = await openNew();
    await type(draft, 'name: ', 'name: Momentum');
    await sessions.current?.store.refreshAgents();
    let release: () => void = () => {};
    cloud.gate = new Promise((resolve) => { release = resolve; });
    const saved = draft.save();
    await until('the agent is being created', () => cloud.sent('createAgent').length === 1);
    await type(draft, '# maxTurns: 50', 'maxTurns: 50');
    release();
    await saved;
    const moved = await until('the agent\'s own document is shown with the typing', () => (
      vscode.workspace.textDocuments.find(({ uri, isDirty }) => uri.path === '/agents/100/Momentum.md' && isDirty)
    ));
    await until('the draft is closed', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length === 1);
    assert.match(moved.getText(), /^maxTurns: 50$/m);
    assert.equal(await moved.save(), true);
    assert.deepEqual(cloud.sent('createAgent'), [{ name: 'Momentum' }]);
    assert.deepEqual(cloud.sent('updateAgent'), [{ maxTurns: 50 }]);
  });

  suite('the provider token', () => {
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

    teardown(() => { (vscode.window as { showInputBox: unknown }).showInputBox = original; });

    const sentKeys = () => cloud.calls.flatMap(({ token }) => (token ? [[token.llmProviderApi, token.llmApiTokenUser.reveal()]] : []));

    test('is asked for in a password box, sent, and shown nowhere', async () => {
      await sessions.current?.store.refreshAgents();
      const document = await open();
      answer('anthropic', ` ${KEY} `);
      assert.equal(await setProviderToken(sessions.current!, MIA), true);
      assert.deepEqual(questions.map(({ password }) => password ?? false), [false, true]);
      assert.deepEqual(cloud.sent('updateAgent'), [{ useQCC: false }]);
      assert.deepEqual(sentKeys(), [['anthropic', KEY]]);
      await until('the document shows what the agent runs on', () => document.getText().includes('useQCC: false'));
      assert.doesNotMatch(document.getText(), new RegExp(KEY));
      assert.equal(document.isDirty, false);
    });

    test('sends nothing when the user gives up', async () => {
      answer('anthropic', undefined);
      assert.equal(await setProviderToken(sessions.current!, MIA), false);
      answer(undefined);
      assert.equal(await setProviderToken(sessions.current!, MIA), false);
      assert.deepEqual(cloud.calls, []);
    });

    test('is asked for before an agent that needs it is created', async () => {
      const draft = await openNew();
      await type(draft, 'name: ', 'name: Own Key');
      await type(draft, '# useQCC: true ', 'useQCC: false');
      answer(undefined);
      assert.equal(await draft.save(), false);
      assert.deepEqual(cloud.sent('createAgent'), []);
      answer('anthropic', KEY);
      assert.equal(await draft.save(), true);
      assert.deepEqual(sentKeys(), [['anthropic', KEY]]);
      await until('the agent\'s own document is shown', () => vscode.window.activeTextEditor?.document.uri.path === '/agents/100/Own Key.md');
    });
  });

  test('a new name in the document moves the document along', async () => {
    const document = await open();
    await type(document, 'name: Mia', 'name: Maia');
    assert.equal(await document.save(), true);
    await until('the document has the new name', () => vscode.window.activeTextEditor?.document.uri.path === '/agents/47/Maia.md');
  });

  test('signed out, a save fails, the text stays, and a save after the sign-in goes through', async () => {
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    const signedIn = sessions.current;
    sessions.switchTo(undefined);
    assert.equal(await document.save(), false);
    assert.match(document.getText(), /Help well/);
    assert.equal(document.isDirty, true);
    sessions.switchTo(session(cloud, 'f'.repeat(32)));
    assert.equal(await document.save(), false, 'another organization');
    sessions.switchTo(signedIn);
    assert.equal(await document.save(), true);
    assert.deepEqual(cloud.sent('updateAgent'), [{ systemPrompt: 'Help well.\n' }]);
  });

  test('the agent of another organization does not open', async () => {
    const uri = documents.files.uri('f'.repeat(32), '/agents/47/Mia.md');
    await assert.rejects(async () => vscode.workspace.openTextDocument(uri), /another organization/);
  });

  test('an agent that was deleted elsewhere cannot be saved, and the text stays', async () => {
    const document = await open();
    await type(document, 'Help.', 'Help well.');
    await cloud.deleteAgent(47);
    assert.equal(await document.save(), false);
    assert.match(document.getText(), /Help well/);
    assert.equal(document.isDirty, true);
    assert.deepEqual(cloud.sent('updateAgent'), []);
    assert.deepEqual(cloud.sent('createAgent'), []);
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
      const document = await open();
      await type(document, 'Help.', 'Help well.');
      await until('VS Code tries', () => reasons.includes(vscode.TextDocumentSaveReason.AfterDelay));
      await settings.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
      assert.equal(await document.save(), true);
      assert.deepEqual(reasons, [vscode.TextDocumentSaveReason.AfterDelay, vscode.TextDocumentSaveReason.Manual]);
      assert.equal(cloud.sent('updateAgent').length, 1);
    } finally {
      listener.dispose();
      await settings.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('keys, values, tools and agents complete, and keys explain themselves', async () => {
    await sessions.current?.store.refreshAgents();
    const document = await open();
    await type(document, 'maxTurns: 5\n', 'reasoningEffort: \ntools:\n  - \nsubAgents:\n  - agentId: \n');
    const labels = async (text: string): Promise<readonly string[]> => {
      const position = document.positionAt(document.getText().indexOf(text) + text.length);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const includes = (all: readonly string[], some: readonly string[]) => {
      for (const one of some) assert.ok(all.includes(one), `${one} is not among ${all.join(', ')}`);
    };
    includes(await labels('reasoningEffort: '), ['low', 'medium', 'high']);
    includes(await labels('tools:\n  - '), ['create_backtest', 'liquidate_live_algorithm']);
    includes(await labels('agentId: '), ['Mia', 'Backtest']);
    includes(await labels('model: '), ['claude-opus-4-7']);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, new vscode.Position(2, 2));
    assert.match(hovers.map(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)).join()).join(), /language model/);
  });
});
