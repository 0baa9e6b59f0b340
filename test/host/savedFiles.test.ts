import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { ConversationDocuments } from '../../src/conversation/documents/conversationDocuments';
import type { FileQuestions, SaveFolder } from '../../src/conversation/documents/saveQuestions';
import { WrittenFiles } from '../../src/conversation/documents/writtenFiles';
import { writtenFiles } from '../../src/core/conversation/files/files';
import type { ConversationRecord } from '../../src/core/conversation/documents/record';
import { render } from '../../src/core/words/render';
import { registerFiles } from '../support/registering';

suite('Files that an agent wrote, on a real disk', () => {
  let folder: string;
  let told: string[];
  let place: SaveFolder;
  let files: WrittenFiles;
  let documents: ConversationDocuments;

  suiteSetup(() => {
    documents = new ConversationDocuments(
      { last: () => Promise.resolve(undefined) },
      registerFiles('quantagents-file-saved', true),
      'quantagents-file-saved',
    );
  });
  suiteTeardown(() => {
    documents.dispose();
  });
  setup(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'saved-'));
    told = [];
    place = { base: vscode.Uri.file(folder), below: 'Momentum' };
    // A careless user: includes everything, replaces everything.
    const careless: FileQuestions = {
      roots: () => [vscode.Uri.file(folder)],
      place: () => Promise.resolve(place),
      saveAll: () => Promise.resolve('saveActing'),
      saveActing: () => Promise.resolve(true),
      conflict: () => Promise.resolve('overwrite'),
      overwrite: () => Promise.resolve(true),
      report: (sentence) => {
        told.push(render(sentence, 'notification'));
      },
    };
    files = new WrittenFiles(documents, careless);
  });
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.rm(folder, { recursive: true, force: true });
  });

  const record = (texts: Readonly<Record<string, string>>): ConversationRecord => ({
    facts: {
      deploymentId: 'A-1',
      taskName: 'Momentum',
      agentName: '',
      organizationName: '',
      status: 'Completed',
      sandbox: true,
    },
    conversation: { messages: [] },
    readAt: 0,
    messages: [
      {
        id: 'm1',
        role: 'assistant',
        parts: Object.entries(texts).map(([filePath, content]) => ({
          kind: 'tool',
          name: 'create_file',
          state: 'output-available',
          input: { filePath, content },
          output: { success: true },
        })),
      },
    ],
  });
  const saveAll = async (texts: Readonly<Record<string, string>>): Promise<void> => {
    const all = record(texts);
    await files.saveAll(all, writtenFiles(all.messages));
  };
  const saveEach = async (texts: Readonly<Record<string, string>>): Promise<void> => {
    const all = record(texts);
    for (const file of writtenFiles(all.messages)) await files.save(all, file, file.versions[0]!);
  };
  const onDisk = async (): Promise<readonly string[]> => {
    const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .sort();
  };

  /** This made VS Code's git run a command as soon as research/main.py was open. */
  const repository = (marker: string, head = 'HEAD'): Readonly<Record<string, string>> => ({
    [`research/${head}`]: 'ref: refs/heads/master\n',
    'research/config': `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "touch ${marker}; false"\n`,
    'research/objects/info/alternates': '\n',
    'research/refs/heads/master': '\n',
    'research/main.py': 'print(1)\n',
  });

  for (const head of ['HEAD', 'head', 'ＨＥＡＤ', 'HE\u200BAD', 'HEAD.', 'HEAD ']) {
    test(`saving never makes a git repository: ${JSON.stringify(head)}`, async () => {
      const marker = path.join(folder, 'marker');
      const texts = repository(marker, head);
      await saveAll(texts);
      await saveEach(texts);
      const saved = await onDisk();
      assert.deepEqual(
        saved,
        ['config', 'main.py', 'objects/info/alternates', 'refs/heads/master'].map(
          (name) => `Momentum/research/${name}`,
        ),
      );
      assert.match(told.join('\n'), /research\/HE|research\/head|research\/ＨＥ/);
      const research = path.join(folder, 'Momentum', 'research');
      // What VS Code's git extension does with the folder of an opened file.
      await promisify(execFile)('git', ['-C', research, 'status'], {
        env: { ...process.env, GIT_CEILING_DIRECTORIES: os.tmpdir() },
      }).catch(() => undefined);
      await assert.rejects(fs.access(marker));
    });
  }

  test('a repository that is there already gets no file', async () => {
    const bare = path.join(folder, 'Momentum', 'research');
    await fs.mkdir(path.join(bare, 'objects'), { recursive: true });
    await fs.writeFile(path.join(bare, 'HEAD'), 'ref: refs/heads/master\n');
    await saveAll({ 'research/config': '[core]', 'research/hooks/post-checkout': 'x', 'main.py': '1' });
    assert.deepEqual(await onDisk(), ['Momentum/main.py', 'Momentum/research/HEAD']);
  });

  test('the task’s folder is not followed where it is a symbolic link, nor a link further down or a file that is one', async () => {
    const outside = await fs.mkdtemp(path.join(os.tmpdir(), 'outside-'));
    try {
      await fs.writeFile(path.join(outside, 'main.py'), 'mine');
      await fs.symlink(outside, path.join(folder, 'Momentum'));
      await saveAll({ 'main.py': 'theirs', 'new.py': 'theirs' });
      await fs.rm(path.join(folder, 'Momentum'));
      await fs.mkdir(path.join(folder, 'Momentum'));
      await fs.symlink(outside, path.join(folder, 'Momentum', 'src'));
      await fs.symlink(path.join(outside, 'main.py'), path.join(folder, 'Momentum', 'main.py'));
      await fs.symlink(path.join(outside, 'dangling.py'), path.join(folder, 'Momentum', 'dangling.py'));
      await saveAll({ 'src/main.py': 'theirs', 'main.py': 'theirs', 'dangling.py': 'theirs', 'safe.py': 'theirs' });
      assert.deepEqual(await fs.readdir(outside), ['main.py']);
      assert.equal(await fs.readFile(path.join(outside, 'main.py'), 'utf8'), 'mine');
      assert.equal(await fs.readFile(path.join(folder, 'Momentum', 'safe.py'), 'utf8'), 'theirs');
      assert.match(told.join('\n'), /symbolic link/);
    } finally {
      await fs.rm(outside, { recursive: true });
    }
  });

  test('a file spelled like one that exists is not saved, and the one beside it is', async () => {
    await fs.mkdir(path.join(folder, 'Momentum', 'Src'), { recursive: true });
    await fs.writeFile(path.join(folder, 'Momentum', 'caf\u00E9.py'), 'mine');
    await saveAll({ 'cafe\u0301.py': 'theirs', 'src/a.py': 'theirs', 'main.py': 'theirs' });
    assert.deepEqual(
      (await onDisk()).map((name) => name.normalize('NFC')),
      ['Momentum/café.py', 'Momentum/main.py'],
    );
    assert.match(told[0] ?? '', /^1 of 3 files saved\..*“src” already exists as “Src”/);
  });
});
