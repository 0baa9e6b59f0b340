import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../support/sandboxServer';
import { beginSession } from '../support/session';
import {
  dialog,
  dialogButton,
  editorTab,
  expandRow,
  killExtensionHost,
  openFile,
  openViewContainer,
  pickItem,
  treeRow,
  webviewFrame,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

const PROMPT = '/agents/deployments/prompt';
const PATIENCE = { timeout: 60_000 };

/** A VS Code with an open conversation of a running deployment. */
class OpenRun {
  private constructor(
    readonly cloud: RunningSandbox,
    readonly vscode: InstalledExtension,
    readonly task: string,
  ) {}

  static async start(name: string): Promise<OpenRun> {
    const cloud = await startSandbox();
    const vscode = await installedExtension({
      name,
      signedInToSandbox: false,
      settings: { 'quantAgents.apiBaseUrl': cloud.url },
      home: { '.lean/credentials': JSON.stringify({ 'user-id': Number(cloud.userId), 'api-token': cloud.apiToken }) },
    });
    const { client, organization } = beginSession(cloud);
    const task = (await client.listTasks(organization.id)).items.find(({ active }) => active.length > 0)?.name ?? '';
    const run = new OpenRun(cloud, vscode, task);
    const { page } = vscode;
    await openViewContainer(page, 'QuantConnect Agents');
    await page.locator('.welcome-view-content .monaco-button', { hasText: 'Use Lean CLI Credentials' }).click();
    await dialog(page).getByText(`as user ${cloud.userId}`).waitFor();
    await dialogButton(page, 'Sign In').click();
    await pickItem(page, /./);
    await treeRow(page, 'Backtest Agent').waitFor(PATIENCE);
    await run.openFromTree();
    await (await run.live()).locator('[data-role="assistant"]').first().waitFor(PATIENCE);
    return run;
  }

  get tabs(): Locator {
    return this.vscode.page.locator('.tabs-container .tab').filter({ hasText: this.task });
  }

  async openFromTree(): Promise<void> {
    const { page } = this.vscode;
    await expandRow(page, 'Backtest Agent');
    await expandRow(page, this.task);
    await page.locator('.sidebar .monaco-list-row[aria-level="3"]').filter({ hasText: 'Running' }).first().click();
  }

  /** The page of the conversation, once its run can be stopped. */
  live(): Promise<Frame> {
    return webviewFrame(this.vscode.page, '#app[data-live="true"] .page-header vscode-button:not([hidden])', {
      timeoutMs: 60_000,
    });
  }

  /** The page, once it says that nobody answers. */
  lost(): Promise<Frame> {
    return webviewFrame(this.vscode.page, '.connection:not([hidden])', { timeoutMs: 60_000 });
  }

  async reconnect(): Promise<Frame> {
    await (await this.lost()).getByRole('link', { name: 'Reconnect' }).press('Enter');
    const page = await this.live();
    await expect.poll(() => this.tabs.count(), PATIENCE).toBe(1);
    return page;
  }

  /** The number of times that a prompt reached the cloud. */
  said(text: string): number {
    return this.cloud.requests.filter(({ path, body }) => path === PROMPT && JSON.stringify(body).includes(text))
      .length;
  }

  async stop(): Promise<void> {
    await this.vscode.dispose();
    await this.cloud.stop();
  }
}

const boxIn = (page: Frame): Locator => page.locator('textarea').first();

describe('When the extension host dies', () => {
  let run: OpenRun;
  beforeAll(async () => {
    run = await OpenRun.start('host-dies');
  });
  afterAll(async () => {
    await run?.stop();
  });

  it('the open conversation says so, and one key brings it back with a prompt on its way and the text typed since', async () => {
    run.cloud.faults.add({ path: PROMPT, kind: 'silence' });
    const page = await run.live();
    await boxIn(page).fill('On its way');
    await boxIn(page).press('Enter');
    await expect.poll(() => run.said('On its way'), PATIENCE).toBe(1);
    killExtensionHost(run.vscode.server);
    await boxIn(page).fill('Typed since');
    await run.lost();
    await run.vscode.stepInThemes('lost');
    run.cloud.faults.clear();
    const again = await run.reconnect();
    await expect.poll(() => boxIn(again).inputValue(), PATIENCE).toBe('Typed since');
    await again.locator('.pending[data-state="uncertain"]').filter({ hasText: 'On its way' }).waitFor(PATIENCE);
    await run.vscode.step('reconnected');
    expect(run.said('On its way')).toBe(1);
  });

  it('a prompt that reached nobody is neither lost nor sent by itself', async () => {
    const page = await run.live();
    killExtensionHost(run.vscode.server);
    await boxIn(page).fill('Sent to nobody');
    await boxIn(page).press('Enter');
    await (await run.lost()).locator('.pending').filter({ hasText: 'Sent to nobody' }).waitFor();
    const again = await run.reconnect();
    const row = again.locator('.pending[data-state="uncertain"]').filter({ hasText: 'Sent to nobody' });
    await row.waitFor(PATIENCE);
    expect(run.said('Sent to nobody')).toBe(0);
    await row.getByText('Send Again').click();
    await expect.poll(() => run.said('Sent to nobody'), PATIENCE).toBe(1);
  });

  it('a stop goes out again afterwards', async () => {
    await (await run.live()).getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => run.cloud.count('/agents/deployments/stop'), PATIENCE).toBe(1);
  });
});

// In a separate VS Code, because VS Code gives up on an extension host that dies three times in five minutes.
describe('When the extension host dies while the conversation is hidden', () => {
  let run: OpenRun;
  beforeAll(async () => {
    run = await OpenRun.start('host-dies-hidden');
  });
  afterAll(async () => {
    await run?.stop();
  });

  it('it says so when it is shown, the tree opens no second one, and a reload of the window loses nothing', async () => {
    const { vscode } = run;
    await openFile(vscode.page, 'prompts/momentum-qqq.prompt.md');
    await run.tabs.click();
    const page = await run.live();
    killExtensionHost(vscode.server);
    await boxIn(page).fill('Before the reload');
    await editorTab(vscode.page, 'momentum-qqq.prompt.md').click();
    await run.openFromTree();
    const cutOff = await run.lost();
    await vscode.step('shown again');
    expect(await cutOff.locator('.skeleton').count()).toBe(0);
    expect(await boxIn(cutOff).inputValue()).toBe('Before the reload');
    expect(await run.tabs.count()).toBe(1);
    await cutOff.getByRole('link', { name: 'Reload Window' }).press('Enter');
    const again = await run.live();
    await expect.poll(() => boxIn(again).inputValue(), PATIENCE).toBe('Before the reload');
    expect(await run.tabs.count()).toBe(1);
  });
});
