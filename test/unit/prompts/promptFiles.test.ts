import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearEditor, renames, shown, workspace, type TextDocument } from '../../support/editorStub';
import { CREATE, DEPLOY, promptWorld, SETTINGS, uriOf, type PromptWorld } from './promptWorld';

vi.mock('vscode', () => import('../../support/editorStub'));

let world: PromptWorld;
beforeEach(async () => {
  clearEditor();
  world = await promptWorld();
});
afterEach(() => world.dispose());

const runs = () => [world.cloud.count(CREATE), world.cloud.count(DEPLOY), world.opened.length];

describe('PromptFiles: deploying', () => {
  it('joins the run that is under way: a second keystroke costs no second run', async () => {
    const file = world.write('a.md', `${SETTINGS}Go`);
    const [first, second] = await Promise.all([world.deploy(file), world.deploy(file)]);
    expect(first?.deploymentId).toBeDefined();
    expect(second).toBe(first);
    expect(runs()).toEqual([1, 1, 1]);
  });

  it('runs again when it is asked again afterwards, with the same task', async () => {
    const file = world.write('a.md', `${SETTINGS}Go`);
    await world.deploy(file);
    await world.deploy(file);
    expect(runs()).toEqual([1, 2, 2]);
  });

  it('keeps two files apart that are deployed at once', async () => {
    const both = ['One', 'Two'].map((text) => world.write(`${text}.md`, SETTINGS + text));
    await Promise.all(both.map((file) => world.deploy(file)));
    expect([...world.sent()].sort()).toEqual(['One', 'Two']);
    expect(world.opened).toHaveLength(2);
  });

  it('takes what is on screen, not what is on the disk', async () => {
    const screen = world.write('a.md', `${SETTINGS}On screen`);
    world.write('a.md', `${SETTINGS}On disk`);
    workspace.textDocuments.push(screen);
    await world.deploy(screen);
    expect(world.sent()).toEqual(['On screen']);
  });

  it('can be tried again after it failed', async () => {
    const file = world.write('a.md', `${SETTINGS}Go`);
    world.cloud.faults.add({ path: CREATE, kind: 'status', status: 200, times: 1 });
    expect(await world.deploy(file)).toBeUndefined();
    expect(world.failures).toHaveLength(1);
    expect(await world.deploy(file)).toBeDefined();
  });

  it('says that a file is no prompt', async () => {
    await world.deploy(world.write('main.py', 'x', 'python'));
    expect(shown.messages).toEqual([expect.stringContaining('is not one') as string]);
    expect(runs()).toEqual([0, 0, 0]);
  });

  it('says that a file is gone', async () => {
    expect(await world.deploy({ uri: uriOf('gone.md') } as TextDocument)).toBeUndefined();
    expect(world.failures).toEqual([expect.stringContaining('does not exist')]);
  });
});

describe('PromptFiles: a file that is renamed', () => {
  const rename = (from: string, to: string) => {
    renames.fire({ files: [{ oldUri: uriOf(from), newUri: uriOf(to) }] });
  };

  it('keeps its task under its new name', async () => {
    await world.deploy(world.write('a.md', `${SETTINGS}Go`));
    rename('a.md', 'b.md');
    await expect.poll(() => JSON.stringify(world.memento.entries())).toContain('b.md');
    await world.deploy(world.write('b.md', `${SETTINGS}Go`));
    expect(runs()).toEqual([1, 2, 2]);
  });

  it('while it is deployed is remembered where it is now, and its run is not begun twice', async () => {
    const before = world.write('old/a.md', '---\nquantconnect:\n  agent: 47\n---\nGo');
    const after = world.write('new/a.md', before.getText());
    let second: Promise<unknown> | undefined;
    world.user.project = () => {
      rename('old', 'new');
      second ??= world.deploy(after);
      return 'project-for-task';
    };
    const first = await world.deploy(before);
    expect(first).toBeDefined();
    expect(await second).toBe(first);
    expect(runs()).toEqual([1, 1, 1]);
    expect(JSON.stringify(world.memento.entries())).toContain('new/a.md');
    expect(JSON.stringify(world.memento.entries())).not.toContain('old/a.md');
  });
});

describe('PromptFiles: a new file', () => {
  it('names its agent, contains what was written, and has the cursor at its end', async () => {
    await world.session.store.refreshAgents();
    const agent = world.session.store.agent(47);
    if (!agent) throw new Error('The sandbox has no agent 47.');
    await world.files.openNew({ agent, task: 'Momentum', prompt: 'Trade mom' });
    const [document] = shown.documents;
    expect(document?.isUntitled).toBe(true);
    expect(document?.getText()).toMatch(/^---\n[^]*agent: .+\n[^]*task: Momentum\n[^]*---\n[^]*Trade mom$/);
  });
});
