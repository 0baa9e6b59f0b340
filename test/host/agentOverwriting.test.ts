import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AgentWorld, MIA, type, until } from './support/agentWorld';

const REFUSED = /Duplicate Agent/;

suite('Overwriting an agent', () => {
  let world: AgentWorld;
  setup(() => {
    world = new AgentWorld();
  });
  teardown(() => world.close());

  const address = (path: string): vscode.Uri => world.documents.open.uri(world.organizationId, path);
  const nothingWasSent = (): void => {
    assert.deepEqual(world.cloud.sent('updateAgent'), []);
    assert.deepEqual(world.cloud.sent('createAgent'), []);
  };
  const open = (path: string): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address(path).toString());

  /** “Save As…” with the file that its dialog suggests, confirmed or canceled. */
  async function saveAs(dialog: 'confirm' | 'cancel'): Promise<void> {
    const { files } = world.documents;
    const asked: string[] = [];
    const [stat, list] = [files.stat.bind(files), files.readDirectory.bind(files)];
    files.stat = (uri) => {
      asked.push(`stat ${uri.path}`);
      return stat(uri);
    };
    files.readDirectory = (...folder) => {
      asked.push('list');
      return list(...folder);
    };
    try {
      const done = vscode.commands.executeCommand('workbench.action.files.saveAs');
      await until('the dialog lists the folder', () => asked.includes('list'));
      if (dialog === 'cancel') {
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      } else {
        const isConfirming = (): boolean => asked.lastIndexOf('stat /agents/47') > asked.lastIndexOf('list');
        let isDone = false;
        void done.then(() => {
          isDone = true;
        });
        const acceptUntil = (what: string, holds: () => boolean): Promise<boolean> =>
          until(
            what,
            async () => {
              if (holds()) return true;
              await vscode.commands.executeCommand('quickInput.accept');
              return false;
            },
            { everyMs: 100 },
          );
        await acceptUntil('the dialog asks whether to overwrite', isConfirming);
        await acceptUntil('the dialog is done', () => isDone);
      }
      await done;
    } finally {
      files.stat = stat;
      files.readDirectory = list;
    }
  }

  /** What “Save As…” does after its dialog: it fills the document at that address with the text and saves it. */
  async function fillAndSave(path: string, text: string): Promise<boolean> {
    const document = await vscode.workspace.openTextDocument(address(path));
    await type(document, document.getText(), text);
    return document.save();
  }

  test('“Save As” onto the agent itself sends nothing, keeps the text, and a save then goes through', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    await saveAs('confirm');
    nothingWasSent();
    assert.equal(document.isDirty, true);
    assert.match(document.getText(), /Help well/);
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ systemPrompt: 'Help well.\n' }]);
  });

  test('a “Save As” that was given up keeps no save from going through', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    await saveAs('cancel');
    assert.equal(await document.save(), true);
    assert.equal(world.cloud.sent('updateAgent').length, 1);
  });

  test('“Save As” over another agent sends nothing and leaves no document of it behind', async () => {
    const document = await world.open();
    assert.equal(await fillAndSave('/agents/48/Backtest.md', document.getText()), false);
    nothingWasSent();
    await until(
      'the document of the other agent is closed',
      () => !open('/agents/48/Backtest.md')?.isDirty && vscode.window.activeTextEditor?.document === document,
    );
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
  });

  test('“Save As” over another agent that is open sends nothing, however often it is saved', async () => {
    await world.open({ ...MIA, id: 48, name: 'Backtest' });
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    const document = await world.open();
    assert.equal(await fillAndSave('/agents/48/Backtest.md', document.getText()), false);
    assert.equal(await open('/agents/48/Backtest.md')?.save(), false);
    nothingWasSent();
  });

  const paths = ['/agents/48/Backtest.md', '/agents/47/Mia.md', '/agents/999/Nobody.md', '/new/made-up/New Agent.md'];
  for (const path of [...paths, '/anything.md', '/theirs/47/x/Mia.md']) {
    test(`nobody writes to ${path} but the save of its document`, async () => {
      const document = await world.open();
      const other = new TextEncoder().encode(document.getText().replace('Mia', 'Mallory'));
      await assert.rejects(async () => vscode.workspace.fs.writeFile(address(path), other));
      // When a document is saved as itself, VS Code does neither.
      if (address(path).toString() !== document.uri.toString()) {
        await assert.rejects(async () => vscode.workspace.fs.copy(document.uri, address(path), { overwrite: true }));
        await assert.rejects(async () => vscode.workspace.fs.rename(document.uri, address(path), { overwrite: true }));
      }
      nothingWasSent();
      assert.equal(world.cloud.agents.size, 2);
    });
  }

  test('the refusal names the command that makes a copy', async () => {
    const text = new TextEncoder().encode('---\nname: x\n---\n');
    await assert.rejects(async () => vscode.workspace.fs.writeFile(address('/agents/48/Backtest.md'), text), REFUSED);
  });

  test('“Save without Formatting” is a save', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    await until('it is saved', () => !document.isDirty);
    assert.equal(world.cloud.sent('updateAgent').length, 1);
  });

  test('an agent is saved from the tab of a comparison, too', async () => {
    const document = await world.open();
    await type(document, 'Help.', 'Help well.');
    const other = address('/agents/48/Backtest.md');
    await vscode.commands.executeCommand('vscode.diff', other, document.uri, 'Two agents', { preview: false });
    assert.equal(await document.save(), true);
    assert.equal(world.cloud.sent('updateAgent').length, 1);
  });
});
