import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversations } from '../../../../src/conversation/live/liveConversations';
import { ConversationPanel, type PanelServices } from '../../../../src/conversation/panel/conversationPanel';
import { systemClock } from '../../../../src/core/base/clock';
import type { FromPage, ToPage } from '../../../../src/core/pages/conversation/protocol';
import { openMemory } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';
import { WebviewPanel } from '../../../support/vscodeStub';

vi.mock('vscode', () => import('../../../support/vscodeStub'));

const PROMPT = '/agents/deployments/prompt';
const PATIENCE = { timeout: 50_000, interval: 20 };
let cloud: RunningSandbox;
let session: TestSession;
let memory: ConversationMemory;
let live: LiveConversations;
let webview: WebviewPanel;
let panel: ConversationPanel;
let id: string;
let failures: string[];
let logged: number;

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud, { timeoutMs: 4_000 });
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
  ({ deploymentId: id } = await session.store.deployTask(task?.id ?? 0));
  memory = await openMemory();
  live = new LiveConversations(memory, systemClock);
  webview = new WebviewPanel();
  failures = [];
  logged = 0;
  panel = new ConversationPanel(
    webview as unknown as vscode.WebviewPanel,
    { deploymentId: id, organizationId: session.organization.id, accountId: session.account.id },
    {
      extensionUri: 'extension:',
      memory,
      live,
      feedback: {
        failed: (error: unknown) => {
          failures.push(String(error));
          return Promise.resolve();
        },
      },
      log: {
        error: () => {
          logged++;
        },
      },
    } as unknown as PanelServices,
  );
});
afterEach(async () => {
  panel.dispose();
  await memory.close();
  session.end();
  await cloud.stop();
});

const fromPage = (message: FromPage): void => {
  webview.fromPage.fire(message);
};
const posted = (type: ToPage['type']): readonly unknown[] =>
  (webview.posted as ToPage[]).filter((message) => message.type === type);
const texts = (): readonly string[] => memory.outbox(id).entries.map(({ text, state }) => `${text} ${state}`);

describe('ConversationPanel: a prompt', () => {
  it('that the page sends twice under one id leaves once, and is confirmed each time', async () => {
    panel.attach(session);
    fromPage({ type: 'ready' });
    for (let time = 0; time < 2; time++) fromPage({ type: 'send', clientId: 'c1', text: 'Use SPY' });
    await expect.poll(() => posted('promptsConfirmed').length, PATIENCE).toBe(2);
    await expect.poll(() => cloud.count(PROMPT), PATIENCE).toBe(1);
    await live.get(id)?.readNow();
    expect(cloud.count(PROMPT)).toBe(1);
  });

  it('that is sent while signed out returns to the box, in front of its text, and is not sent', async () => {
    fromPage({ type: 'ready' });
    fromPage({ type: 'draft', text: 'And then' });
    fromPage({ type: 'send', clientId: 'c1', text: 'Use SPY' });
    await expect.poll(() => failures.length, PATIENCE).toBe(1);
    expect(memory.draft(id)).toBe('Use SPY\n\nAnd then');
    expect([texts(), cloud.count(PROMPT)]).toEqual([[], 0]);
    expect(JSON.stringify(posted('changes'))).toContain('Use SPY');
  });

  it('that is unknown is too late to take back', () => {
    panel.attach(session);
    fromPage({ type: 'ready' });
    fromPage({ type: 'takeBack', clientId: 'c1' });
    expect(posted('alreadySent')).toMatchObject([{ clientId: 'c1' }]);
  });

  it('that a page never heard of is left to the user, and not sent', async () => {
    panel.attach(session);
    fromPage({ type: 'ready' });
    fromPage({ type: 'confirmPrompts', prompts: [{ clientId: 'c1', text: 'Use SPY', at: 1, how: 'send' }] });
    await expect.poll(() => posted('promptsConfirmed').length, PATIENCE).toBe(1);
    expect([texts(), cloud.count(PROMPT)]).toEqual([['Use SPY uncertain'], 0]);
  });
});

describe('ConversationPanel: a draft', () => {
  it('is confirmed by its revision once it is written', async () => {
    fromPage({ type: 'ready' });
    fromPage({ type: 'draft', text: 'Half a thou', revision: 7 });
    await expect.poll(() => posted('draftSaved'), PATIENCE).toMatchObject([{ revision: 7 }]);
    expect(memory.draft(id)).toBe('Half a thou');
  });

  it.each<[string, string, { draft: string; draftTold: boolean }, string]>([
    ['is taken over from a page that went', '', { draft: 'Half', draftTold: false }, 'Half'],
    ['is put before another one', 'Other', { draft: 'Half', draftTold: false }, 'Half\n\nOther'],
    ['that stands there is not put there twice', 'Half\n\nOther', { draft: 'Half', draftTold: false }, 'Half\n\nOther'],
    ['that was told before is left as it is', 'Other', { draft: 'Half', draftTold: true }, 'Other'],
  ])('%s', async (_what, before, saved, after) => {
    await memory.saveDraft(id, before);
    await panel.adopt(saved as Parameters<ConversationPanel['adopt']>[0]);
    expect(memory.draft(id)).toBe(after);
  });
});

describe('ConversationPanel: its session', () => {
  const problem = (): unknown =>
    (posted('state').at(-1) as { state?: { freshness?: unknown } } | undefined)?.state?.freshness;

  it('of another account is not added, and the page says what to do', () => {
    fromPage({ type: 'ready' });
    panel.attach({ ...session, account: { ...session.account, id: 'another' } });
    expect(live.get(id)).toBeUndefined();
    expect(problem()).toMatchObject({ problem: { action: 'switchOrganization' } });
  });

  it('that ends leaves what was read, without a Stop', async () => {
    panel.attach(session);
    fromPage({ type: 'ready' });
    await live.get(id)?.readNow();
    panel.attach(undefined);
    expect(posted('state').at(-1)).toMatchObject({
      state: { header: { deploymentId: id, canStop: false }, freshness: { problem: { action: 'signIn' } } },
    });
  });

  it('is not begun by a panel that was closed', () => {
    panel.dispose();
    panel.attach(session);
    expect(live.get(id)).toBeUndefined();
  });
});

it('ConversationPanel: what is not in the contract is logged and does nothing', () => {
  webview.fromPage.fire({ type: 'send', clientId: 7 });
  webview.fromPage.fire('send');
  expect([logged, failures, texts()]).toEqual([2, [], []]);
});
