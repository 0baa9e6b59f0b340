import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { eventually, PromptFileWorld, SETTINGS, show } from './support/promptFileWorld';

suite('A prompt file costs one run, whatever gets lost', () => {
  let world: PromptFileWorld;
  setup(() => {
    world = new PromptFileWorld();
  });
  teardown(() => world.close());

  test('a second keystroke does not cost a second run', async () => {
    const uri = world.write('a.md', `${SETTINGS}Go`);
    await show(uri);
    let open = (): void => {};
    world.cloud.gate = new Promise((resolve) => {
      open = resolve;
    });
    const both = [world.files.deploy(uri), world.files.deploy(uri)];
    // the second has joined it: both started in the same turn
    await eventually('the first is on its way', () => world.cloud.atGate > 0);
    open();
    const [first, second] = await Promise.all(both);
    assert.equal(first, second);
    assert.deepEqual([world.cloud.deployments.length, world.opened.length], [1, 1]);
  });

  test('a create whose answer was lost is looked for, and not sent again when it is there', async () => {
    world.cloud.faults.createTask = ['lostAfter'];
    world.cloud.faults.createDeployment = ['lostAfter'];
    await world.files.deploy(world.write('a.md', `${SETTINGS}Go`));
    assert.deepEqual([world.cloud.created.length, world.cloud.deployments.length, world.opened.length], [1, 1, 1]);
    assert.deepEqual([world.shown, world.failed], [[], []]);
  });

  test('a deployment that was lost on the way is sent again only when the user says so', async () => {
    const uri = world.write('a.md', `${SETTINGS}Go`);
    world.cloud.faults.createDeployment = ['lostBefore'];
    await world.files.deploy(uri);
    assert.deepEqual(world.shown, ['It is not known whether “a” was deployed. | Send Again | Check Again']);
    assert.deepEqual([world.cloud.created.length, world.cloud.deployments.length], [1, 0]);
    world.cloud.faults.createDeployment = ['lostBefore'];
    world.press = ['Send Again'];
    await world.files.deploy(uri);
    assert.deepEqual([world.cloud.created.length, world.cloud.deployments.length, world.opened.length], [1, 1, 1]);
  });

  test('when looking fails, too, sending again is not offered', async () => {
    world.cloud.faults.createTask = ['lostAfter'];
    world.cloud.faults.listTasks = [undefined as never, 'refused'];
    world.press = ['Check Again'];
    await world.files.deploy(world.write('a.md', `${SETTINGS}Go`));
    assert.deepEqual(world.shown, ['It is not known whether the task “a” was created. | Check Again']);
    assert.deepEqual([world.cloud.created.length, world.opened.length], [1, 1]);
  });

  test('a task that was made but not deployed is deployed by the next try, in a file renamed meanwhile', async () => {
    const uri = world.write('a.md', `${SETTINGS}Go`);
    world.cloud.faults.createDeployment = ['refused'];
    await world.files.deploy(uri);
    assert.deepEqual(world.failed, ['deploy “a.md”: rejected']);
    const edit = new vscode.WorkspaceEdit();
    const moved = vscode.Uri.file(path.join(world.folder, 'b.md'));
    edit.renameFile(uri, moved);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually('the memory follows', () => JSON.stringify(world.memento.entries()).includes('/b.md'));
    await world.files.deploy(moved);
    assert.deepEqual([world.cloud.created.length, world.opened.map(({ taskId }) => taskId)], [1, [101]]);
  });
});
