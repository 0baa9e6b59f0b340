import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { say } from '../../../src/core/words/words';
import { Pickers } from '../../../src/ui/pickers';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';

interface Line {
  readonly label: string;
}

/** A list that takes the line it starts at as soon as its lines are there, as a user who presses Enter. */
class QuickPick {
  private lines: readonly Line[] = [];
  private accept = (): void => undefined;
  activeItems: readonly Line[] = [];

  get items(): readonly Line[] {
    return this.lines;
  }
  set items(lines: readonly Line[]) {
    this.lines = lines;
    this.activeItems = lines.slice(0, 1);
    setImmediate(() => {
      this.accept();
    });
  }
  get selectedItems(): readonly Line[] {
    return this.activeItems;
  }
  show(): void {
    lists.push(this);
  }
  onDidAccept(accept: () => void): void {
    this.accept = accept;
  }
  onDidHide(): void {}
  dispose(): void {}
}

let lists: QuickPick[] = [];
vi.mock('vscode', () => ({ l10n: { t: (text: string) => text }, window: { createQuickPick: () => new QuickPick() } }));

describe('Pickers: a list', () => {
  const title = say('Choose');
  const pickers = new Pickers();
  let cloud: RunningSandbox;
  let session: TestSession;
  beforeAll(async () => {
    cloud = await startSandbox();
    session = beginSession(cloud);
    await session.store.refreshAll();
  });
  afterAll(async () => {
    session.end();
    await cloud.stop();
  });
  beforeEach(() => {
    lists = [];
  });

  it('starts at the agent, the task, the deployment or the kind that is named, so that Enter takes it', async () => {
    const agent = session.store.snapshot.agents.value?.at(-1);
    const task = session.store.snapshot.tasks.value?.findLast(({ deploymentCount = 0 }) => deploymentCount > 1);
    if (!agent || !task) throw new Error('The sandbox has no such agent and task.');
    expect(await pickers.pickAgent(session, { title, startAt: agent.id })).toBe(agent);
    expect(await pickers.pickTask(session, { title, startAt: task.id })).toBe(task);
    await session.store.refreshDeployments(task.id);
    const oldest = session.store.deploymentsOf(task.id).value?.at(-1)?.deploymentId ?? '';
    expect(await pickers.pickDeployment(session, task, { title, startAt: oldest })).toMatchObject({
      deploymentId: oldest,
    });
    expect(await pickers.pickKind({ title, startAt: 'deployment' })).toBe('deployment');
    expect(lists.filter(({ items, activeItems }) => activeItems[0] === items[0])).toEqual([]);
  });

  it('starts at its first line where nothing is named, or something that is not in it', async () => {
    const [first] = session.store.snapshot.agents.value ?? [];
    expect(await pickers.pickAgent(session, { title })).toBe(first);
    expect(await pickers.pickAgent(session, { title, startAt: -1 })).toBe(first);
  });

  it('leaves out the deployments that are not meant', async () => {
    const task = session.store.snapshot.tasks.value?.find(({ deploymentCount = 0 }) => deploymentCount > 1);
    if (!task) throw new Error('The sandbox has no task with several deployments.');
    await session.store.refreshDeployments(task.id);
    const all = session.store.deploymentsOf(task.id).value ?? [];
    const skipped = all[0]?.deploymentId;
    const picked = await pickers.pickDeployment(session, task, {
      title,
      only: ({ deploymentId }) => deploymentId !== skipped,
    });
    expect(picked?.deploymentId).toBe(all[1]?.deploymentId);
    expect(lists[0]?.items).toHaveLength(all.length - 1);
  });
});
