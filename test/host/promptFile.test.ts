import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { eventually, MIA, PromptFileWorld, replaceAll, SETTINGS, show } from './support/promptFileWorld';

suite('Deploying a prompt file', () => {
  let world: PromptFileWorld;
  setup(() => {
    world = new PromptFileWorld();
  });
  teardown(() => world.close());

  test('sends what is on screen, unsaved text included, and opens the conversation', async () => {
    const { document } = await show(world.write('momentum.md', `${SETTINGS}On disk`));
    await replaceAll(document, `${SETTINGS}\n# Trade QQQ\n\n<python>\n  x\n</python>\n\n`);
    await world.files.deploy(document.uri);
    assert.deepEqual(world.cloud.created, [
      {
        organizationId: 'a'.repeat(32),
        agentId: 47,
        name: 'Trade QQQ',
        prompt: '# Trade QQQ\n\n<python>\n  x\n</python>',
        projectPreference: 'project-for-task',
      },
    ]);
    assert.deepEqual(
      world.opened.map(({ deploymentId, taskId }) => [deploymentId, taskId]),
      [['A-1', 101]],
    );
    assert.deepEqual([world.asked, world.shown, world.failed], [[], [], []]);
    assert.ok(document.isDirty, 'the file was saved behind the user’s back');
  });

  test('takes a file that is not open from disk', async () => {
    await world.files.deploy(world.write('idea.txt', `\uFEFF${SETTINGS}Go`.replaceAll('\n', '\r\n')));
    assert.deepEqual(
      world.cloud.created.map(({ name, prompt }) => [name, prompt]),
      [['idea', 'Go']],
    );
  });

  test('takes a document that was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: `${SETTINGS}Go` });
    await vscode.window.showTextDocument(document);
    assert.ok(await world.files.deploy(document.uri));
    assert.deepEqual(world.memento.entries(), {});
  });

  test('the same text deploys the same task again, a changed text makes a new task, and the old text finds its task again', async () => {
    const { document } = await show(world.write('a.md', `${SETTINGS}One`));
    for (const text of ['One', 'One\n\n', 'Two', 'One']) {
      await replaceAll(document, SETTINGS + text);
      await world.files.deploy(document.uri);
    }
    assert.deepEqual(
      world.cloud.created.map(({ prompt }) => prompt),
      ['One', 'Two'],
    );
    assert.deepEqual(
      world.opened.map(({ taskId }) => taskId),
      [101, 101, 102, 101],
    );
  });

  test('a task name changed in the file renames the task', async () => {
    const { document } = await show(world.write('a.md', `${SETTINGS}One`));
    await world.files.deploy(document.uri);
    await replaceAll(document, document.getText().replace('  project', '  task: Better\n  project'));
    await world.files.deploy(document.uri);
    assert.deepEqual(
      world.cloud.tasks.map(({ name }) => name),
      ['Better'],
    );
    assert.equal(world.cloud.created.length, 1);
  });

  test('asks once for what the file does not say, and writes it there if that is wished, without saving', async () => {
    const { document } = await show(world.write('a.md', '---\nmode: agent # mine\n---\nGo'));
    world.press = ['Write to File'];
    await world.files.deploy(document.uri);
    assert.deepEqual(world.asked, ['Agent for “a.md”', 'Project for “a.md”']);
    await eventually('the settings are in the file', () => document.getText().includes('quantconnect'));
    assert.equal(
      document.getText(),
      '---\nmode: agent # mine\nquantconnect:\n  agent: Backtest Agent\n  project: project-for-task\n---\nGo',
    );
    assert.ok(document.isDirty);
    await world.files.deploy(document.uri);
    assert.equal(world.asked.length, 2);
    assert.deepEqual([world.cloud.created.length, world.opened.length, world.shown.length], [1, 2, 1]);
  });

  test('an answer holds although it was not written into the file, also in the next window, and is not offered again', async () => {
    const { document } = await show(world.write('a.md', 'Go'));
    world.press = ['Not Now'];
    await world.files.deploy(document.uri);
    await eventually(
      'the offer is made',
      () => world.shown.length === 1 && JSON.stringify(world.memento.entries()).includes('wasOffered'),
    );
    const next = new PromptFileWorld();
    try {
      await next.memento.update('quantAgents.promptFiles', world.memento.get('quantAgents.promptFiles'));
      await next.files.deploy(document.uri);
      assert.deepEqual([next.asked, next.opened.length], [[], 1]);
      // An offer for the other file comes after any offer for this one.
      await next.files.deploy(next.write('b.md', 'Go'));
      await eventually('the other offer is made', () => next.shown.length > 0);
      assert.deepEqual(
        next.shown.map((text) => text.includes('b.md')),
        [true],
      );
    } finally {
      next.dispose();
    }
    assert.equal(document.getText(), 'Go');
  });

  test('nothing is sent or kept when a question is left unanswered', async () => {
    world.projectPicked = undefined;
    assert.equal(await world.files.deploy(world.write('a.md', 'Go')), undefined);
    assert.deepEqual([world.cloud.created, world.memento.entries(), world.shown, world.failed], [[], {}, [], []]);
  });

  test('an agent that is not there is said and asked for', async () => {
    world.agentPicked = MIA;
    const uri = world.write('a.md', '---\nquantconnect:\n  agent: Nobody\n  project: project-for-task\n---\nGo');
    await world.files.deploy(uri);
    assert.deepEqual(world.asked, ['No agent is named “Nobody”. Agent for “a.md”']);
    assert.equal(world.cloud.created[0]?.agentId, 48);
    await world.files.deploy(uri);
    assert.equal(world.asked.length, 1);
  });

  test('a file with a fault is not sent: the fault is said, shown at its line and underlined', async () => {
    const uri = world.write('a.md', '---\nmode: x\nquantconnect:\n  agent: [\n---\nGo');
    world.press = ['Show'];
    assert.equal(await world.files.deploy(uri), undefined);
    await eventually(
      'the line is shown',
      () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString(),
    );
    assert.match(world.shown[0] ?? '', /^“a\.md” was not deployed\. Line [45]: This is not valid YAML/);
    assert.ok((vscode.window.activeTextEditor?.selection.start.line ?? 0) >= 3);
    assert.ok(
      vscode.languages.getDiagnostics(uri).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
    );
    assert.deepEqual(world.cloud.created, []);
  });

  test('a file meant for another organization is not sent', async () => {
    await world.files.deploy(world.write('a.md', '---\nquantconnect:\n  organization: Elsewhere\n---\nGo'));
    assert.deepEqual(world.shown, [
      '“a.md” was not deployed: it is meant for the organization “Elsewhere”, and you are in “Trading Desk”. | Switch Organization',
    ]);
    assert.deepEqual([world.asked, world.cloud.created], [[], []]);
  });

  test('what is no Markdown or text is not sent', async () => {
    await world.files.deploy(world.write('main.py', 'print(1)'));
    assert.deepEqual(world.shown, ['Prompts are Markdown or text files. “main.py” is not one.']);
    await world.files.deploy(vscode.Uri.file(path.join(world.folder, 'missing.md')));
    assert.match(world.failed[0] ?? '', /^read “missing\.md”/);
    assert.deepEqual(world.cloud.created, []);
  });

  test('nothing is sent when the account was switched while a question was open', async () => {
    const uri = world.write('a.md', '---\nquantconnect:\n  agent: 47\n---\nGo');
    world.projectPicked = 'project-for-task';
    const { end } = world;
    const original = world.asked.push.bind(world.asked);
    world.asked.push = (...titles) => {
      end.abort();
      return original(...titles);
    };
    await world.files.deploy(uri);
    assert.deepEqual(world.shown, [
      '“a.md” was not deployed: you switched the account or organization in the meantime.',
    ]);
    assert.deepEqual(world.cloud.created, []);
  });
});
