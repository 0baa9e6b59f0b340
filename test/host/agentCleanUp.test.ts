import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { timeout } from '../support/agentCloud';
import { AgentWorld, MIA, type, until } from './support/agentWorld';

const PROMPT = 'Break here  \nand go on.\t\n\nEnd without a line break';

suite('What the editor cleans up in an agent', () => {
  let world: AgentWorld;
  const restored: (() => Thenable<void>)[] = [];
  setup(() => {
    world = new AgentWorld();
    world.cloud.change(47, { systemPrompt: PROMPT });
  });
  teardown(async () => {
    for (const restore of restored.splice(0)) await restore();
    await world.close();
  });

  async function set(section: string, name: string, value: unknown): Promise<void> {
    const settings = vscode.workspace.getConfiguration(section);
    await settings.update(name, value, vscode.ConfigurationTarget.Global);
    restored.push(() => settings.update(name, undefined, vscode.ConfigurationTarget.Global));
  }

  const showsPrompt = (document: vscode.TextDocument, prompt: string) =>
    until(
      `the document ends with ${JSON.stringify(prompt)}`,
      () => document.getText().endsWith(`---\n\n${prompt}`) && !document.isDirty,
    );

  for (const name of ['trimTrailingWhitespace', 'insertFinalNewline']) {
    test(`files.${name}: a new name sends the name alone, and the prompt stays on screen as it was`, async () => {
      await set('files', name, true);
      const document = await world.open();
      for (const name of ['Maia', 'Maja']) {
        await type(document, /name: (\w+)/.exec(document.getText())?.[0] ?? '', `name: ${name}`);
        assert.equal(await document.save(), true);
        await showsPrompt(document, PROMPT);
      }
      assert.deepEqual(world.cloud.sent('updateAgent'), [{ name: 'Maia' }, { name: 'Maja' }]);
      assert.deepEqual(world.asked, []);
    });
  }

  test('files.trimFinalNewlines: a new name sends the name alone', async () => {
    world.cloud.change(47, { systemPrompt: 'Help.\n\n\n' });
    await set('files', 'trimFinalNewlines', true);
    const document = await world.open({ ...MIA });
    await type(document, 'name: Mia', 'name: Maia');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ name: 'Maia' }]);
    await showsPrompt(document, 'Help.\n\n\n');
  });

  test('a changed prompt keeps its hard breaks', async () => {
    await set('files', 'trimTrailingWhitespace', true);
    const document = await world.open();
    await type(document, 'End without', 'Add this  \nEnd without');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [
      { systemPrompt: 'Break here  \nand go on.\t\n\nAdd this  \nEnd without a line break' },
    ]);
  });

  test('what the user trims is sent', async () => {
    await set('files', 'trimTrailingWhitespace', true);
    const document = await world.open();
    await type(document, 'here  \n', 'here\n');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ systemPrompt: PROMPT.replace('here  ', 'here') }]);
  });

  test("without such a setting every blank is the user's", async () => {
    const document = await world.open();
    await type(document, 'here  \nand go on.\t', 'here\nand go on.');
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [
      { systemPrompt: 'Break here\nand go on.\n\nEnd without a line break' },
    ]);
  });

  test('a save that failed after the clean-up sends the name alone when it is done again', async () => {
    await set('files', 'trimTrailingWhitespace', true);
    const document = await world.open();
    await type(document, 'name: Mia', 'name: Maia');
    world.cloud.failNext('updateAgent', timeout('agents/update'));
    assert.equal(await document.save(), false);
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent').at(-1), { name: 'Maia' });
    await showsPrompt(document, PROMPT);
  });

  test('what is typed while it is saved stays, and is all that the next save sends', async () => {
    await set('files', 'trimTrailingWhitespace', true);
    const document = await world.open();
    await type(document, 'name: Mia', 'name: Maia');
    let go = (): void => {};
    world.cloud.gate = new Promise((resolve) => {
      go = resolve;
    });
    const saved = document.save();
    await until('the editor has cleaned up', () => !document.getText().includes('here  '));
    await type(document, 'maxTurns: 5', 'maxTurns: 9');
    go();
    await saved;
    await until('the save is done', () => world.cloud.sent('updateAgent').length > 0);
    assert.match(document.getText(), /maxTurns: 9/);
    assert.equal(await document.save(), true);
    assert.deepEqual(world.cloud.sent('updateAgent'), [{ name: 'Maia' }, { maxTurns: 9 }]);
    await showsPrompt(document, PROMPT);
  });
});
