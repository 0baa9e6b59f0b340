import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ConversationDocuments } from '../../src/conversation/documents/conversationDocuments';
import { ConversationRecords } from '../../src/conversation/documents/conversationRecords';
import { pickComparison } from '../../src/conversation/documents/pickComparison';
import { writeExport } from '../../src/conversation/documents/exportConversation';
import type { FileQuestions } from '../../src/conversation/documents/saveQuestions';
import { WrittenFiles } from '../../src/conversation/documents/writtenFiles';
import { systemClock } from '../../src/core/base/clock';
import { writtenFiles, type WrittenFile } from '../../src/core/conversation/files/files';
import type { ConversationRecord } from '../../src/core/conversation/documents/record';
import { saveFolderName } from '../../src/core/conversation/files/savePlan';
import { render } from '../../src/core/words/render';
import { startSandbox, type RunningSandbox } from '../support/sandboxServer';
import { beginSession, type TestSession } from '../support/session';
import { registerFiles } from '../support/registering';

const SCHEME = 'quantagents-file-test';

suite('What a conversation holds, as documents', () => {
  let cloud: RunningSandbox;
  let session: TestSession;
  let records: ConversationRecords;
  let documents: ConversationDocuments;
  let record: ConversationRecord;
  let file: WrittenFile;
  let folder: vscode.Uri;
  /** The user's answers, and the questions and messages that they saw. */
  let answers: { conflict: 'overwrite' | 'difference' | undefined; overwrite: boolean };
  let heard: string[];
  let files: WrittenFiles;

  suiteSetup(async () => {
    cloud = await startSandbox();
    session = beginSession(cloud);
    records = new ConversationRecords({
      sessions: { ready: () => Promise.resolve(session) },
      clock: systemClock,
      live: { get: () => undefined, timesOf: () => new Map() },
    });
    documents = new ConversationDocuments(records, registerFiles(SCHEME, true), SCHEME);
    record = await conversationWithVersions();
    const found = writtenFiles(record.messages).find(({ versions }) => versions.length > 1);
    assert.ok(found);
    file = found;
  });
  suiteTeardown(async () => {
    documents.dispose();
    session.end();
    await cloud.stop();
  });
  setup(async () => {
    folder = vscode.Uri.file(await fs.mkdtemp(path.join(os.tmpdir(), 'saved-')));
    answers = { conflict: undefined, overwrite: false };
    heard = [];
    const questions: FileQuestions = {
      roots: () => [folder],
      place: () => Promise.resolve({ base: folder, below: '' }),
      saveAll: () => Promise.resolve('save'),
      saveActing: () => Promise.resolve(false),
      conflict: (name) => {
        heard.push(`conflict ${name}`);
        return Promise.resolve(answers.conflict);
      },
      overwrite: (name) => {
        heard.push(`overwrite ${name}`);
        return Promise.resolve(answers.overwrite);
      },
      report: (sentence) => {
        heard.push(render(sentence, 'notification'));
      },
    };
    files = new WrittenFiles(documents, questions);
  });
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.rm(folder.fsPath, { recursive: true, force: true });
  });

  /** The sandbox's first ended conversation with a file that was written more than once. */
  async function conversationWithVersions(): Promise<ConversationRecord> {
    await Promise.all([session.store.refreshAgents(), session.store.refreshTasks()]);
    for (const task of session.store.snapshot.tasks.value ?? []) {
      await session.store.refreshDeployments(task.id);
      for (const { deploymentId, ended } of session.store.deploymentsOf(task.id).value ?? []) {
        if (ended === undefined) continue;
        const read = await records.read(session, deploymentId);
        if (
          writtenFiles(read.messages).some(
            ({ versions }) => versions.length > 1 && versions.every(({ content }) => content.kind === 'known'),
          )
        )
          return read;
      }
    }
    return assert.fail('The sandbox holds no conversation with a file of two versions.');
  }

  const textOf = (number: number, of = file): string => {
    const content = of.versions[number - 1]?.content;
    assert.ok(content?.kind === 'known');
    return content.text;
  };
  const saved = (name: string): Promise<string> => fs.readFile(path.join(folder.fsPath, name), 'utf8');
  const first = (): WrittenFile['versions'][number] => file.versions[0]!;
  const newest = (): WrittenFile['versions'][number] => file.versions.at(-1)!;
  const named = (name: string, problem?: WrittenFile['problem']): WrittenFile => ({
    ...file,
    path: name,
    ...(problem && { problem }),
  });

  test('say what is around the conversation', () => {
    assert.notEqual(record.facts.taskName, 'Conversation');
    assert.match(record.facts.status, /Completed|Stopped|Failed/);
    assert.ok(record.facts.agentName.length > 0);
  });

  test('a version opens read-only, in its language', async () => {
    await files.open(record, file, first());
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.getText(), textOf(1));
    assert.equal(document.languageId, 'python');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(SCHEME), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(document.uri, new Uint8Array()));
  });

  test('a change opens as a difference between both versions', async () => {
    await files.diff(record, file, file.versions[1]!);
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    assert.ok(tab.label.includes('version 1 ↔ version 2'), tab.label);
    const [left, right] = await Promise.all(
      [tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.equal(left?.getText(), textOf(1));
    assert.equal(right?.getText(), textOf(2));
  });

  test('a tool call finds its version', async () => {
    await files.atCall(record, newest(), 'open');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), textOf(file.versions.length));
    await files.atCall(record, { messageId: 'nowhere', partIndex: 0 }, 'open');
    assert.deepEqual(heard, ['This tool call did not write a file.']);
  });

  test('a path that climbs is shown, and leads nowhere', async () => {
    const climbing = '../../../../etc/passwd';
    const messages: ConversationRecord['messages'] = [
      {
        id: 'x',
        role: 'assistant',
        parts: [
          {
            kind: 'tool',
            name: 'create_file',
            state: 'output-available',
            input: { filePath: climbing, content: 'mine' },
            output: {},
          },
        ],
      },
    ];
    const hostile = { ...record, messages };
    const own = new ConversationDocuments(
      { last: () => Promise.resolve(hostile) },
      registerFiles(`${SCHEME}-hostile`, true),
      `${SCHEME}-hostile`,
    );
    try {
      const uri = own.uri(hostile, { kind: 'file', path: climbing, number: 1, messageId: 'x', partIndex: 0 });
      assert.equal(uri.scheme, `${SCHEME}-hostile`);
      assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), 'mine');
    } finally {
      own.dispose();
    }
  });

  test('a version that the conversation does not hold is not there', async () => {
    await assert.rejects(async () =>
      vscode.workspace.openTextDocument(
        documents.uri(record, { kind: 'file', path: 'nowhere.py', number: 1, messageId: 'nowhere', partIndex: 0 }),
      ),
    );
  });

  test('an address that names a version by its number says that it may mean another one', async () => {
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${record.facts.deploymentId}/file/1/main.py`,
      query: 'main.py',
    });
    await assert.rejects(async () => vscode.workspace.openTextDocument(uri), /from its conversation again/);
  });

  test('a transcript opens as Markdown', async () => {
    await documents.open(record, { kind: 'transcript', title: 'My task' });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'markdown');
    assert.ok(document.getText().includes('<details>'));
  });

  test('an open transcript follows its conversation, and nothing is told to documents that are not open', async () => {
    let current: ConversationRecord = {
      ...record,
      messages: [{ id: 'm1', role: 'user', parts: [{ kind: 'text', text: 'First words', streaming: false }] }],
    };
    const own = new ConversationDocuments(
      { last: () => Promise.resolve(current) },
      registerFiles(`${SCHEME}-live`, true),
      `${SCHEME}-live`,
      20,
    );
    const told: string[] = [];
    const listening = own.onDidChangeFile((changes) => {
      told.push(...changes.map(({ uri }) => uri.path));
    });
    try {
      own.conversationChanged(record.facts.deploymentId);
      // eslint-disable-next-line tests/no-fixed-wait -- as long as the documents wait (20 ms), begun later: so this one ends later
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(told, []);
      await own.open(current, { kind: 'transcript', title: 'My task' });
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document?.getText().includes('First words'));
      const followed = new Promise<void>((resolve) => {
        const changed = vscode.workspace.onDidChangeTextDocument((event) => {
          if (event.document !== document || !document.getText().includes('And then more')) return;
          changed.dispose();
          resolve();
        });
      });
      current = {
        ...current,
        readAt: current.readAt + 1,
        messages: [
          ...current.messages,
          { id: 'm2', role: 'assistant', parts: [{ kind: 'text', text: 'And then more', streaming: false }] },
        ],
      };
      own.conversationChanged('A-another');
      for (let time = 0; time < 3; time++) own.conversationChanged(record.facts.deploymentId);
      await followed;
      assert.equal(told.length, 2);
    } finally {
      listening.dispose();
      own.dispose();
    }
  });

  test('documents of a signed-out window say that a sign-in is needed', async () => {
    const own = new ConversationDocuments(
      { last: () => Promise.resolve(undefined) },
      registerFiles(`${SCHEME}-out`, true),
      `${SCHEME}-out`,
    );
    try {
      await assert.rejects(
        async () => vscode.workspace.openTextDocument(own.uri(record, { kind: 'answer', title: 'Answer' })),
        /Sign in/,
      );
    } finally {
      own.dispose();
    }
  });

  suite('saving into the workspace', () => {
    test('writes the file below the folder and opens it', async () => {
      await files.save(record, named('src/alpha/main.py'), first());
      assert.equal(await saved('src/alpha/main.py'), textOf(1));
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, path.join(folder.fsPath, 'src/alpha/main.py'));
      assert.deepEqual(heard, []);
    });

    test('asks before it replaces another text, and keeps it when the user gives up', async () => {
      await fs.writeFile(path.join(folder.fsPath, 'main.py'), 'mine');
      await files.save(record, named('main.py'), first());
      assert.equal(await saved('main.py'), 'mine');
      assert.deepEqual(heard, ['conflict main.py']);
    });

    test('replaces it when the user says so', async () => {
      await fs.writeFile(path.join(folder.fsPath, 'main.py'), 'mine');
      answers.conflict = 'overwrite';
      await files.save(record, named('main.py'), first());
      assert.equal(await saved('main.py'), textOf(1));
    });

    test('shows the difference first where the user wants to see it', async () => {
      await fs.writeFile(path.join(folder.fsPath, 'main.py'), 'mine');
      answers.conflict = 'difference';
      await files.save(record, file.path === 'main.py' ? file : named('main.py'), first());
      assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
      assert.equal(await saved('main.py'), 'mine');
      answers.overwrite = true;
      await files.save(record, named('main.py'), first());
      assert.equal(await saved('main.py'), textOf(1));
    });

    test('does not ask when the file holds that text already', async () => {
      await fs.writeFile(path.join(folder.fsPath, 'main.py'), textOf(1));
      await files.save(record, named('main.py'), first());
      assert.deepEqual(heard, ['“main.py” already has the text of this version.']);
    });

    test('asks where an editor has unsaved changes, even where the disk holds that text', async () => {
      const uri = vscode.Uri.joinPath(folder, 'main.py');
      await fs.writeFile(uri.fsPath, textOf(1));
      const editor = await vscode.window.showTextDocument(uri);
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), '# unsaved\n');
      });
      await files.save(record, named('main.py'), first());
      assert.deepEqual(heard, ['conflict main.py']);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    test('refuses a path that is not safe', async () => {
      answers.conflict = 'overwrite';
      await files.save(record, named('../out.py', 'climbs'), first());
      assert.match(heard[0] ?? '', /leads out of the folder/);
      await assert.rejects(fs.access(path.join(folder.fsPath, '..', 'out.py')));
      assert.deepEqual(await fs.readdir(folder.fsPath), []);
    });

    test('does not follow a symbolic link out of the folder', async () => {
      const outside = await fs.mkdtemp(path.join(os.tmpdir(), 'outside-'));
      await fs.symlink(outside, path.join(folder.fsPath, 'link'));
      answers.conflict = 'overwrite';
      await files.save(record, named('link/main.py'), first());
      assert.match(heard[0] ?? '', /symbolic link/);
      assert.deepEqual(await fs.readdir(outside), []);
      await fs.rm(outside, { recursive: true });
    });

    test('saves all files that are there in the end', async () => {
      await files.saveAll(record, [
        named('a.py'),
        named('b/c.py'),
        named('../d.py', 'climbs'),
        { ...named('gone.py'), isDeleted: true },
      ]);
      const below = saveFolderName(record.facts.taskName);
      assert.equal(await saved(`${below}/a.py`), textOf(file.versions.length));
      assert.equal(await saved(`${below}/b/c.py`), textOf(file.versions.length));
      assert.match(heard.at(-1) ?? '', /^2 of 3 files saved\. Not saved: “\.\.\/d\.py”/);
    });
  });

  test('exports as Markdown and as JSON', async () => {
    const [markdown, json] = [vscode.Uri.joinPath(folder, 'out.md'), vscode.Uri.joinPath(folder, 'out.json')];
    await writeExport(record, 'markdown', markdown);
    await writeExport(record, 'json', json);
    assert.ok((await saved('out.md')).startsWith('# '));
    const exported = JSON.parse(await saved('out.json')) as {
      conversation: { messages: unknown[] };
      deployment: { deploymentId: string };
    };
    assert.equal(exported.deployment.deploymentId, record.facts.deploymentId);
    assert.equal(exported.conversation.messages.length, record.conversation.messages.length);
  });

  test('two conversations stand side by side', async () => {
    await documents.compare(record, {
      left: { kind: 'answer', title: 'Final Answer' },
      right: { kind: 'prompts', title: 'Prompts' },
      title: 'Both',
    });
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    assert.equal(tab.label, 'Both');
    assert.notEqual((await vscode.workspace.openTextDocument(tab.input.original)).getText(), '');
  });

  test('all files that differ between two conversations stand in one editor, each with both its sides', async () => {
    const wrote = (
      deploymentId: string,
      created: number,
      written: Readonly<Record<string, string>>,
    ): ConversationRecord => ({
      ...record,
      facts: { ...record.facts, deploymentId, created, taskName: 'Momentum' },
      messages: [
        {
          id: 'm1',
          role: 'assistant',
          parts: Object.entries(written).map(([filePath, content]) => ({
            kind: 'tool',
            name: 'create_file',
            state: 'output-available',
            input: { filePath, content },
            output: { success: true },
          })),
        },
      ],
    });
    const older = wrote('A-older', 1, { 'changed.py': 'before', 'gone.py': 'only before', 'same.py': 'the same' });
    const newer = wrote('A-newer', 2, { 'changed.py': 'after', 'new.py': 'only after', 'same.py': 'the same' });
    const own = new ConversationDocuments(
      { last: (id) => Promise.resolve([older, newer].find(({ facts }) => facts.deploymentId === id)) },
      registerFiles(`${SCHEME}-many`, true),
      `${SCHEME}-many`,
    );
    const restore = choosing('All Files That Differ');
    try {
      await pickComparison(own, newer, older);
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      assert.match(tab?.label ?? '', /^Momentum \(.+ ↔ .+\)/);
      const { textDiffs } = tab?.input as ManyDiffs;
      const text = async (uri: vscode.Uri): Promise<string> => (await vscode.workspace.openTextDocument(uri)).getText();
      assert.deepEqual(
        await Promise.all(
          textDiffs.map(async ({ original, modified }) => [
            path.posix.basename(modified.path),
            await text(original),
            await text(modified),
          ]),
        ),
        [
          ['changed.py', 'before', 'after'],
          ['gone.py', 'only before', ''],
          ['new.py', '', 'only after'],
        ],
      );
    } finally {
      restore();
      own.dispose();
    }
  });
});

/** The input of a tab with many comparisons. VS Code's types do not have it. */
interface ManyDiffs {
  readonly textDiffs: readonly vscode.TabInputTextDiff[];
}

/** Each list picks the item with this label, because nobody else can. */
function choosing(label: string): () => void {
  const window = vscode.window as unknown as Record<string, unknown>;
  const original = window['showQuickPick'];
  window['showQuickPick'] = (items: readonly vscode.QuickPickItem[]) =>
    Promise.resolve(items.find((item) => item.label.endsWith(label)));
  return () => {
    window['showQuickPick'] = original;
  };
}
