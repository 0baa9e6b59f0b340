import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversations } from '../../../../src/conversation/live/liveConversations';
import { ConversationPanels } from '../../../../src/conversation/panel/conversationPanels';
import type { PanelServices } from '../../../../src/conversation/panel/conversationPanel';
import { OPEN_PANELS, PANEL_TYPE } from '../../../../src/conversation/panel/panelIds';
import { PanelTabs } from '../../../../src/panels/panelTabs';
import { systemClock } from '../../../../src/core/base/clock';
import { describeError } from '../../../../src/core/api/describeError';
import { render } from '../../../../src/core/words/render';
import { say, type Words } from '../../../../src/core/words/words';
import type { Deployment } from '../../../../src/core/api/model';
import { EMPTY_OUTBOX } from '../../../../src/core/conversation/queue/outbox';
import type { FromPage, ToPage } from '../../../../src/core/pages/conversation/protocol';
import { Emitter } from '../../../../src/core/base/events';
import type { AgentsSession, SessionSource } from '../../../../src/core/organization/session';
import { openMemory } from '../../../support/savedInputFolders';
import { memento } from '../../../support/memories';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';
import {
  commands,
  panels as opened,
  TabInputWebview,
  WebviewPanel,
  window,
  type Tab,
} from '../../../support/vscodeStub';

vi.mock('vscode', () => import('../../../support/vscodeStub'));

const PATIENCE = { timeout: 50_000, interval: 20 };
let cloud: RunningSandbox;
let session: TestSession;
let current: AgentsSession | undefined;
let restored: Promise<void>;
let changed: Emitter<AgentsSession | undefined>;
let memory: ConversationMemory;
let live: LiveConversations;
let panels: ConversationPanels;
let deployment: Deployment;
/** What the panel asked others for, was told of, and told. */
let asked: unknown[][];
let changedIds: string[];
let failures: { message: string; action?: string }[];
let told: { readonly taskName: string; readonly count: number; readonly reopen: () => void }[];

let signInProblem: Words | undefined;

const tabsOf = (store: vscode.Memento): PanelTabs => new PanelTabs(store, PANEL_TYPE, OPEN_PANELS);

function switchTo(next: AgentsSession | undefined): void {
  current = next;
  changed.fire(next);
}

beforeEach(async () => {
  cloud = await startSandbox({ speed: 100 });
  session = beginSession(cloud, { timeoutMs: 2_000 });
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(
    ({ active, deploymentCount }) => active.length === 0 && deploymentCount,
  );
  await session.store.refreshDeployments(task?.id ?? 0);
  const [first] = session.store.deploymentsOf(task?.id ?? 0).value ?? [];
  if (!first) throw new Error('The sandbox has no deployment.');
  deployment = first;
  opened.length = 0;
  [asked, changedIds, failures] = [[], [], []];
  current = session;
  restored = Promise.resolve();
  changed = new Emitter();
  memory = await openMemory();
  const sessions: SessionSource = {
    get current() {
      return current;
    },
    get signInProblem() {
      return signInProblem;
    },
    onDidChange: changed.event,
    ready: () => restored.then(() => current),
    require: () => Promise.resolve(current),
  };
  live = new LiveConversations(memory, systemClock);
  live.onDidChange((id) => changedIds.push(id));
  told = [];
  signInProblem = undefined;
  panels = new ConversationPanels(
    sessions,
    {
      memory,
      live,
      extensionUri: 'extension:',
      notifyQueueWaits: (conversation: (typeof told)[number]) => {
        told.push(conversation);
      },
      feedback: {
        failed: (error: unknown, doing: string) => {
          const { message, ...rest } = describeError(error, doing);
          failures.push({ message: render(message, 'notification'), ...rest });
          return Promise.resolve();
        },
      },
      files: {
        act: (...args: unknown[]) => {
          asked.push(args);
          return Promise.resolve();
        },
        saveAll: (...args: unknown[]) => {
          asked.push(args);
          return Promise.resolve();
        },
      },
      log: {
        error: (text: string) => {
          throw new Error(text);
        },
      },
    } as unknown as PanelServices,
    tabsOf(memento()),
  );
});
afterEach(async () => {
  panels.dispose();
  session.end();
  await cloud.stop();
});

/** What the page keeps for a reload of the window. */
const kept = () => ({
  identity: {
    deploymentId: deployment.deploymentId,
    organizationId: session.organization.id,
    accountId: session.account.id,
  },
});
const onScreen = (panel: WebviewPanel | undefined): ToPage | undefined =>
  (panel?.posted as ToPage[] | undefined)?.filter(({ type }) => type === 'state').at(-1);

describe('A panel that is restored', () => {
  it('goes on where it was', async () => {
    const panel = new WebviewPanel();
    await panels.deserializeWebviewPanel(panel as unknown as vscode.WebviewPanel, kept());
    panel.fromPage.fire({ type: 'ready' });
    await expect.poll(() => JSON.stringify(panel.posted).includes('"role":"assistant"'), PATIENCE).toBe(true);
  });

  it('reads nothing, then or later, when it is closed while the sign-in is being restored', async () => {
    let release: () => void = () => undefined;
    restored = new Promise((resolve) => {
      release = resolve;
    });
    const panel = new WebviewPanel();
    const restoring = panels.deserializeWebviewPanel(panel as unknown as vscode.WebviewPanel, kept());
    panel.dispose();
    const before = cloud.requests.length;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      release();
      await restoring;
      await vi.advanceTimersByTimeAsync(60 * 60_000);
      await session.store.refreshAll(); // what the panel would have asked for was asked before
      expect(
        cloud.requests.slice(before).filter(({ body }) => JSON.stringify(body).includes(deployment.deploymentId)),
      ).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('A deployment that another account of the organization has open', () => {
  it('opens again with the account that asks for it, and keeps its draft', async () => {
    await panels.open(session, deployment);
    void memory.saveDraft(deployment.deploymentId, 'Half a thou');
    const other: AgentsSession = { ...beginSession(cloud), account: { ...session.account, id: 'another' } };
    switchTo(other);
    await panels.open(other, deployment);
    expect(opened).toHaveLength(2);
    expect(panels.inFront?.session).toBe(other);
    opened[1]?.fromPage.fire({ type: 'ready' });
    expect(onScreen(opened[1])).toMatchObject({ state: { draft: 'Half a thou' } });
    await panels.open(other, deployment);
    expect(opened).toHaveLength(2);
    expect(opened[1]?.reveals).toBe(1);
  });
});

describe('A conversation whose account is signed out', () => {
  it('keeps what was read, and keeps it on screen while it is read again after the next sign-in', async () => {
    await panels.open(session, deployment);
    const [panel] = opened;
    panel?.fromPage.fire({ type: 'ready' });
    await expect
      .poll(() => panels.inFront && JSON.stringify(panel?.posted).includes('"role":"assistant"'), PATIENCE)
      .toBe(true);
    session.end();
    switchTo(undefined);
    const signedOut = onScreen(panel);
    expect(signedOut).toMatchObject({
      state: { header: { canStop: false }, freshness: { problem: { action: 'signIn' } } },
    });
    cloud.faults.add({ kind: 'delay', ms: 500 });
    const again = beginSession(cloud);
    switchTo(again);
    expect(onScreen(panel)).toMatchObject({ state: { freshness: { loading: true } } });
    // Each state is followed by the last messages.
    const [before, after] = ((panel?.posted ?? []) as ToPage[])
      .filter((message) => message.type === 'earlier')
      .slice(-2);
    expect(JSON.stringify(before)).toContain('"role":"assistant"');
    expect(after).toEqual(before);
    again.end();
  });

  it('returns a prompt to the box, takes back one that got lost, and reports one that had been sent', async () => {
    await panels.open(session, deployment);
    const [panel] = opened;
    panel?.fromPage.fire({ type: 'ready' });
    cloud.faults.add({ path: '/agents/deployments/prompt', kind: 'silence' });
    panel?.fromPage.fire({ type: 'send', clientId: 'c1', text: 'Use SPY' });
    await expect.poll(() => cloud.count('/agents/deployments/prompt'), PATIENCE).toBe(1);
    switchTo(undefined);
    await expect.poll(() => memory.outbox(deployment.deploymentId).entries[0]?.state, PATIENCE).toBe('uncertain');
    await expect
      .poll(() => panel?.posted.at(-1), PATIENCE)
      .toMatchObject({ changes: [{ kind: 'outbox', outbox: [{ state: 'uncertain' }] }] });
    panel?.fromPage.fire({ type: 'send', clientId: 'c2', text: 'And QQQ' });
    expect(memory.draft(deployment.deploymentId)).toBe('And QQQ');
    panel?.fromPage.fire({ type: 'takeBack', clientId: 'c1' });
    expect(memory.draft(deployment.deploymentId)).toBe('Use SPY\n\nAnd QQQ');
    expect(memory.outbox(deployment.deploymentId).entries).toEqual([]);
    expect(cloud.count('/agents/deployments/prompt')).toBe(1);
  });
});

describe('A deployment that was deleted', () => {
  it('leaves nothing of what its panel saw', async () => {
    await cloud.stop();
    // Slow enough that its parts are seen at work.
    cloud = await startSandbox();
    session = beginSession(cloud);
    switchTo(session);
    await session.store.refreshAll();
    const { deploymentId = '' } = session.store.snapshot.tasks.value?.flatMap(({ active }) => active)[0] ?? {};
    await session.store.readDeployment(deploymentId);
    const active = session.store.deployment(deploymentId);
    if (!active) throw new Error('The sandbox has no active deployment.');
    await panels.open(session, active);
    await expect.poll(() => memory.measuredTimes(deploymentId), PATIENCE).toBeDefined();
    panels.close(deploymentId);
    expect(memory.measuredTimes(deploymentId)).toBeUndefined();
  });
});

describe('What the page asks for', () => {
  it('with a file is done for its own deployment', async () => {
    await panels.open(session, deployment);
    const { deploymentId } = deployment;
    opened[0]?.fromPage.fire({ type: 'file', action: 'diff', messageId: 'm1', partIndex: 2 });
    opened[0]?.fromPage.fire({ type: 'saveAllFiles' });
    await expect
      .poll(() => asked)
      .toEqual([
        [deploymentId, { type: 'file', action: 'diff', messageId: 'm1', partIndex: 2 }, 'diff'],
        [deploymentId],
      ]);
    expect(failures).toEqual([]);
  });

  it('says that a file needs a sign-in if there is none', async () => {
    await panels.open(session, deployment);
    switchTo(undefined);
    opened[0]?.fromPage.fire({ type: 'file', action: 'open', messageId: 'm1', partIndex: 2 });
    await expect
      .poll(() => failures)
      .toMatchObject([{ message: expect.stringContaining('Sign in') as string, action: 'signIn' }]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['export', 'quantAgents.exportConversation'],
    ['transcript', 'quantAgents.openTranscript'],
    ['compare', 'quantAgents.compareDeployments'],
  ])('to take along (%s) is the command, for its own deployment', async (what, command) => {
    const execute = vi.spyOn(commands, 'executeCommand');
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'wholeConversation', action: what });
    await expect
      .poll(() => execute.mock.calls)
      .toEqual([[command, expect.objectContaining({ kind: 'deployment', deploymentId: deployment.deploymentId })]]);
    execute.mockRestore();
  });

  it('is not needed for others to hear that the conversation has changed', async () => {
    await panels.open(session, deployment);
    await expect.poll(() => changedIds.length, PATIENCE).toBeGreaterThan(0);
    expect(new Set(changedIds)).toEqual(new Set([deployment.deploymentId]));
  });
});

describe('A panel with prompts in its queue', () => {
  async function withQueue(): Promise<WebviewPanel> {
    const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length > 0);
    const running = task?.active[0];
    if (!running) throw new Error('The sandbox has no running deployment.');
    deployment = await session.store.readDeployment(running.deploymentId);
    await panels.open(session, deployment);
    const panel = opened.at(-1);
    if (!panel) throw new Error('No panel was opened.');
    panel.fromPage.fire({ type: 'ready' });
    return panel;
  }
  const queue = () => memory.outbox(deployment.deploymentId).entries.map(({ text, state }) => `${text} ${state}`);

  beforeEach(async () => {
    await cloud.stop();
    // Slow enough that the run does not end by itself meanwhile.
    cloud = await startSandbox();
    session = beginSession(cloud);
    await session.store.refreshAll();
    switchTo(session);
  });

  it('takes them back, or says that it is too late', async () => {
    const panel = await withQueue();
    panel.fromPage.fire({ type: 'queue', clientId: 'c1', text: 'Use SPY' });
    expect(queue()).toEqual(['Use SPY queued']);
    panel.fromPage.fire({ type: 'takeBack', clientId: 'c1' });
    expect([queue(), memory.draft(deployment.deploymentId)]).toEqual([[], 'Use SPY']);
    expect(JSON.stringify(panel.posted)).not.toContain('alreadySent');
    panel.fromPage.fire({ type: 'takeBack', clientId: 'c1' });
    expect(panel.posted.at(-1)).toEqual({ type: 'alreadySent', clientId: 'c1' });
    switchTo(undefined);
    panel.fromPage.fire({ type: 'takeBack', clientId: 'c1' });
    expect(panel.posted.at(-1)).toEqual({ type: 'alreadySent', clientId: 'c1' });
  });

  it.each<[string, FromPage, string]>([
    ['to be sent', { type: 'send', clientId: 'c2', text: 'And bonds' }, 'Could not send the prompt.'],
    ['to be queued', { type: 'queue', clientId: 'c2', text: 'And bonds' }, 'Could not queue the prompt.'],
    ['to be sent now', { type: 'sendNow', clientId: 'c1' }, 'Could not send the prompt.'],
    ['to be sent again', { type: 'sendAgain', clientId: 'c1' }, 'Could not send the prompt.'],
    ['to go on', { type: 'resumeQueue' }, 'Could not resume the queue.'],
    ['to stop the run', { type: 'stop' }, 'Could not stop the deployment.'],
  ])(
    'says while signed out why it does not do what it is asked (%s), and loses nothing',
    async (_name, message, could) => {
      const panel = await withQueue();
      panel.fromPage.fire({ type: 'queue', clientId: 'c1', text: 'Use SPY' });
      switchTo(undefined);
      const requests = cloud.count('/agents/deployments/prompt');
      panel.fromPage.fire(message);
      await expect
        .poll(() => failures)
        .toEqual([
          {
            message: `${could} You are signed out. The messages that were read stay visible. Sign in to continue.`,
            action: 'signIn',
          },
        ]);
      expect([queue(), memory.draft(deployment.deploymentId)]).toEqual([
        ['Use SPY queued'],
        'text' in message ? 'And bonds' : '',
      ]);
      expect(cloud.count('/agents/deployments/prompt')).toBe(requests);
    },
  );

  it('names the setting that keeps everybody from signing in, and offers to open it', async () => {
    const panel = await withQueue();
    signInProblem = say('The setting quantAgents.apiBaseUrl is empty.');
    switchTo(undefined);
    const problem = {
      message: 'The setting quantAgents.apiBaseUrl is empty. The messages that were read stay visible.',
      action: 'openSettings',
    };
    expect(JSON.stringify(panel.posted.at(-1))).toContain(JSON.stringify(problem));
    panel.fromPage.fire({ type: 'send', clientId: 'c2', text: 'And bonds' });
    await expect
      .poll(() => failures)
      .toEqual([{ ...problem, message: `Could not send the prompt. ${problem.message}` }]);
  });

  it('says so, too, while the conversation is another account’s, and while the sign-in is being restored', async () => {
    const panel = await withQueue();
    const other = beginSession(cloud);
    switchTo({ ...other, account: { ...other.account, id: 'another' } });
    panel.fromPage.fire({ type: 'resumeQueue' });
    let release: () => void = () => undefined;
    restored = new Promise((resolve) => {
      release = resolve;
    });
    panel.dispose();
    const next = new WebviewPanel();
    const restoring = panels.deserializeWebviewPanel(next as unknown as vscode.WebviewPanel, kept());
    next.fromPage.fire({ type: 'sendNow', clientId: 'c1' });
    await expect
      .poll(() => failures)
      .toEqual([
        {
          message:
            'Could not resume the queue. This conversation belongs to another account or organization. Switch to it to continue.',
        },
        { message: 'Could not send the prompt. The sign-in is being restored. Try again in a moment.' },
      ]);
    release();
    await restoring;
    other.end();
  });

  it('keeps them when it is closed, says so, and shows them when it is opened again', async () => {
    const panel = await withQueue();
    panel.fromPage.fire({ type: 'queue', clientId: 'c1', text: 'Use SPY' });
    panel.dispose();
    expect(told).toMatchObject([{ count: 1 }]);
    expect(queue()).toEqual(['Use SPY queued']);
    told[0]?.reopen();
    opened.at(-1)?.fromPage.fire({ type: 'ready' });
    expect(onScreen(opened.at(-1))).toMatchObject({ state: { outbox: [{ state: 'queued', text: 'Use SPY' }] } });
  });

  it('says nothing when it is closed because its deployment was deleted, and forgets them', async () => {
    const panel = await withQueue();
    panel.fromPage.fire({ type: 'queue', clientId: 'c1', text: 'Use SPY' });
    panels.close(deployment.deploymentId);
    expect([told, queue()]).toEqual([[], []]);
  });
});

it('ConversationPanels: says what of the user’s words would go with a deployment', async () => {
  const { deploymentId } = deployment;
  const lost = async (): Promise<string | undefined> => {
    const words = await panels.unsentWords(deploymentId);
    return words && render(words, 'dialog');
  };
  const waiting = (...ids: readonly string[]) =>
    ids.map((clientId) => ({ clientId, text: 'Use SPY', state: 'queued' as const, at: 1, notMine: 0 }));
  expect(await lost()).toBeUndefined();
  await memory.saveOutbox(deploymentId, { ...EMPTY_OUTBOX, entries: waiting('c1', 'c2') });
  expect(await lost()).toBe('2 prompts that wait');
  await memory.saveOutbox(deploymentId, { ...EMPTY_OUTBOX, entries: waiting('c1') });
  await memory.saveDraft(deploymentId, 'My draft');
  expect(await lost()).toBe('an unsent draft and 1 prompt that waits');
});

describe('An earlier draft, replaced by a prompt that was taken back', () => {
  it('survives the panel together with the current draft, and is forgotten with the deployment', async () => {
    const { deploymentId } = deployment;
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'ready' });
    expect(onScreen(opened[0])).not.toHaveProperty('earlierDrafts');
    opened[0]?.fromPage.fire({ type: 'draft', text: 'Last said, and more', earlierDrafts: ['My draft'] });
    opened[0]?.dispose();
    await panels.open(session, deployment);
    opened[1]?.fromPage.fire({ type: 'ready' });
    expect(onScreen(opened[1])).toMatchObject({ state: { draft: 'Last said, and more' }, earlierDrafts: ['My draft'] });
    panels.close(deploymentId);
    expect([memory.draft(deploymentId), memory.earlierDrafts(deploymentId)]).toEqual(['', []]);
  });

  it('is no earlier draft any more once it is back in the box', async () => {
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'draft', text: 'Last said, and more', earlierDrafts: ['My draft'] });
    opened[0]?.fromPage.fire({ type: 'draft', text: 'My draft' });
    opened[0]?.fromPage.fire({ type: 'ready' });
    expect(onScreen(opened[0])).toMatchObject({ state: { draft: 'My draft' } });
    expect(onScreen(opened[0])).not.toHaveProperty('earlierDrafts');
  });
});

describe('ConversationPanels: an extension host that died', () => {
  const reconnect = (saved: unknown): Promise<void> => panels.reconnect(saved);
  const page = (changed: object = {}) => ({ ...kept(), draft: '', draftTold: true, folds: [], ...changed });
  const sent = (clientId: string, text: string) => ({ clientId, text, how: 'send', at: 1 });
  const outbox = () =>
    memory.outbox(deployment.deploymentId).entries.map(({ clientId, text, state }) => `${clientId} ${text} ${state}`);
  const tab = (label: string): Tab => ({
    label,
    input: new TabInputWebview('mainThreadWebview-quantAgents.conversation'),
    group: { viewColumn: 2, tabs: window.tabGroups.tabs },
  });
  beforeEach(() => {
    window.tabGroups.tabs = [];
  });

  it('is replaced, in its column, by a panel that starts with what the dead page saved', async () => {
    const dead = tab('Momentum');
    window.tabGroups.tabs = [dead];
    const saved = page({
      draft: 'Half a thou',
      draftTold: false,
      sent: [sent('c1', 'Use SPY')],
      find: { text: 'QQQ', matchCase: true, wholeWord: false },
    });
    await reconnect(saved);
    expect(opened).toHaveLength(1);
    expect(window.tabGroups.tabs).toEqual([]);
    const html = opened[0]?.webview.html ?? '';
    const attribute = /data-saved="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(JSON.parse(attribute)).toEqual(saved);
    await expect.poll(() => panels.inFront?.session, PATIENCE).toBe(session);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'x'],
    ['no identity', { draft: 'x' }],
    ['half an identity', { identity: { deploymentId: 'A-1' } }],
  ])('is not followed by anything where the command is given %s', async (_, raw) => {
    const dead = tab('Momentum');
    window.tabGroups.tabs = [dead];
    await reconnect(raw);
    expect([opened, window.tabGroups.tabs]).toEqual([[], [dead]]);
  });

  it('hands its page’s text to the panel that is open already', async () => {
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'ready' });
    await reconnect(page({ draft: 'Half a thou', draftTold: false, sent: [sent('c1', 'Use SPY')] }));
    await reconnect(page({ draft: 'Half a thou', draftTold: false, sent: [sent('c1', 'Use SPY')] }));
    expect(opened).toHaveLength(1);
    expect(memory.draft(deployment.deploymentId)).toBe('Half a thou');
    expect(outbox()).toEqual(['c1 Use SPY uncertain']);
    expect(cloud.count('/agents/deployments/prompt')).toBe(0);
  });

  it('leaves an unknown prompt to the user, and sends none', async () => {
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'ready' });
    opened[0]?.fromPage.fire({ type: 'confirmPrompts', prompts: [sent('c1', 'Use SPY')] });
    await expect
      .poll(() => opened[0]?.posted.at(-1), PATIENCE)
      .toEqual({ type: 'promptsConfirmed', clientIds: ['c1'] });
    expect(outbox()).toEqual(['c1 Use SPY uncertain']);
    // The page asks again, or the lost message arrives after all.
    opened[0]?.fromPage.fire({ type: 'confirmPrompts', prompts: [sent('c1', 'Use SPY')] });
    opened[0]?.fromPage.fire({ type: 'send', clientId: 'c1', text: 'Use SPY' });
    await expect
      .poll(
        () => opened[0]?.posted.filter((message) => (message as ToPage).type === 'promptsConfirmed').length,
        PATIENCE,
      )
      .toBe(3);
    expect(outbox()).toEqual(['c1 Use SPY uncertain']);
    expect(cloud.count('/agents/deployments/prompt')).toBe(0);
  });

  it('ignores a prompt that is known or is in the draft again', async () => {
    cloud.faults.add({ path: '/agents/deployments/prompt', kind: 'silence' });
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'ready' });
    opened[0]?.fromPage.fire({ type: 'send', clientId: 'c1', text: 'Use SPY' });
    void memory.saveDraft(deployment.deploymentId, 'And bonds');
    opened[0]?.fromPage.fire({ type: 'confirmPrompts', prompts: [sent('c1', 'Use SPY'), sent('c2', 'And bonds')] });
    await expect
      .poll(() => opened[0]?.posted.filter((message) => (message as ToPage).type === 'promptsConfirmed'), PATIENCE)
      .toEqual([
        { type: 'promptsConfirmed', clientIds: ['c1'] },
        { type: 'promptsConfirmed', clientIds: ['c1', 'c2'] },
      ]);
    expect(outbox()).toEqual(['c1 Use SPY sending']);
  });

  it('is not left for a second panel: the tree brings the tab to the front', () => {
    const execute = vi.spyOn(commands, 'executeCommand');
    const memento1 = memento();
    tabsOf(memento1).panelOpened(deployment.deploymentId, 'Momentum');
    const tabs = tabsOf(memento1);
    window.tabGroups.tabs = [tab('main.py'), tab('Momentum')];
    const found = tabs.tabOf(deployment.deploymentId, new Set());
    expect(found?.label).toBe('Momentum');
    // Another run of the same task may be the one in the tab: then nobody can tell.
    tabs.panelOpened('A-2', 'Momentum');
    expect(tabs.tabOf(deployment.deploymentId, new Set())).toBeUndefined();
    tabs.panelClosed('A-2');
    tabs.panelClosed(deployment.deploymentId);
    expect(tabs.tabOf(deployment.deploymentId, new Set())).toBeUndefined();
    execute.mockRestore();
  });
});

describe('ConversationPanels: what the page gets', () => {
  it('answers a ping at once, and confirms a draft when it is written down', async () => {
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'ready' });
    opened[0]?.fromPage.fire({ type: 'ping' });
    expect(opened[0]?.posted.at(-1)).toEqual({ type: 'pong' });
    opened[0]?.fromPage.fire({ type: 'draft', text: 'Half a thou', revision: 7 });
    await expect.poll(() => opened[0]?.posted, PATIENCE).toContainEqual({ type: 'draftSaved', revision: 7 });
    expect(memory.draft(deployment.deploymentId)).toBe('Half a thou');
  });

  it('begins with the header, without messages', async () => {
    await panels.open(session, deployment);
    await expect.poll(() => live.get(deployment.deploymentId)?.messages.length, PATIENCE).toBeGreaterThan(0);
    opened[0]?.fromPage.fire({ type: 'ready' });
    const [first, second] = opened[0]?.posted as ToPage[];
    expect(first).toMatchObject({
      type: 'state',
      state: { header: { deploymentId: deployment.deploymentId }, messages: [] },
      follows: true,
    });
    expect(second?.type).toBe('earlier');
  });
});

describe('The reading position', () => {
  it('outlives the panel: the one that is opened next begins there', async () => {
    await panels.open(session, deployment);
    opened[0]?.fromPage.fire({ type: 'ready' });
    expect(onScreen(opened[0])).not.toHaveProperty('position');
    opened[0]?.fromPage.fire({ type: 'readingPosition', position: { messageId: 'm3', offset: -20 } });
    opened[0]?.dispose();
    await panels.open(session, deployment);
    opened[1]?.fromPage.fire({ type: 'ready' });
    expect(onScreen(opened[1])).toMatchObject({ position: { messageId: 'm3', offset: -20 } });
    opened[1]?.fromPage.fire({ type: 'readingPosition' });
    expect(memory.readingPosition(deployment.deploymentId)).toBeUndefined();
  });
});
