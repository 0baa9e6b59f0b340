import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/core/base/clock';
import { Emitter } from '../../../src/core/base/events';
import type { AgentsSession } from '../../../src/core/organization/session';
import { ExplorerView } from '../../../src/explorer/explorerView';
import { AgentNode } from '../../../src/explorer/nodes/agentNode';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';
import { view } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));

let cloud: RunningSandbox;
let session: TestSession;
const changed = new Emitter<AgentsSession | undefined>();

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud);
  Object.assign(view, { visible: true });
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

it('ExplorerView: needs no session before VS Code asks for rows', async () => {
  let asked = 0;
  const ready = (): Promise<AgentsSession> => {
    asked++;
    return Promise.resolve(session);
  };
  const tree = new ExplorerView({ current: session, onDidChange: changed.event, ready, require: ready }, systemClock);
  expect(asked).toBe(0);
  expect((await tree.getChildren()).some((row) => row instanceof AgentNode)).toBe(true);
  expect(asked).toBe(1);
  tree.dispose();
});

it('ExplorerView: redraws a changed row of a session that began before the first rows', async () => {
  const ready = (): Promise<AgentsSession> => Promise.resolve(session);
  const tree = new ExplorerView({ current: session, onDidChange: changed.event, ready, require: ready }, systemClock);
  const rows = await tree.getChildren();
  const drawn: unknown[] = [];
  tree.onDidChangeTreeData((what) => drawn.push(what));
  await session.store.updateAgent(47, { name: 'Another' });
  const row = rows.find((one) => one instanceof AgentNode && one.agentId === 47);
  expect(row).toBeDefined();
  expect(drawn).toContainEqual([row]);
  tree.dispose();
});
