import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../support/sandboxServer';
import { beginSession } from '../support/session';
import { dialog, dialogButton, editorTab, expandRow, killExtensionHost, openFile, openViewContainer, pickItem, treeRow, webviewFrame } from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

const PROMPT = '/agents/deployments/prompt';
const PATIENCE = { timeout: 60_000 };
const LOST = '.connection:not([hidden])';

describe('When the extension host dies', () => {
  let cloud: RunningSandbox;
  let vscode: InstalledExtension;
  let task: string;
  beforeAll(async () => {
    cloud = await startSandbox();
    vscode = await installedExtension({
      name: 'host-dies', signedInToSandbox: false, settings: { 'quantAgents.apiBaseUrl': cloud.url },
      home: { '.lean/credentials': JSON.stringify({ 'user-id': Number(cloud.userId), 'api-token': cloud.apiToken }) },
    });
    const { client, organization } = beginSession(cloud);
    task = (await client.listTasks(organization.id)).items.find(({ active }) => active.length > 0)?.name ?? '';
    const { page } = vscode;
    await openViewContainer(page, 'QuantConnect Agents');
    await page.locator('.welcome-view-content .monaco-button', { hasText: 'Use Lean CLI Credentials' }).click();
    await dialog(page).getByText(`as user ${cloud.userId}`).waitFor();
    await dialogButton(page, 'Sign In').click();
    await pickItem(page, /./);
    await treeRow(page, 'Backtest Agent').waitFor(PATIENCE);
    await expandRow(page, 'Backtest Agent');
    await expandRow(page, task);
    await deploymentRow().click();
    await (await live()).locator('[data-role="assistant"]').first().waitFor(PATIENCE);
  });
  afterAll(async () => {
    await vscode?.dispose();
    await cloud?.stop();
  });

  const deploymentRow = () => vscode.page.locator('.sidebar .monaco-list-row[aria-level="3"]').filter({ hasText: 'Running' }).first();
  const tabs = () => vscode.page.locator('.tabs-container .tab').filter({ hasText: task });
  /** The page of a conversation whose run can be stopped. */
  const live = (): Promise<Frame> => webviewFrame(vscode.page, '#app[data-live="true"] .page-header vscode-button:not([hidden])', { timeoutMs: 60_000 });
  const lost = (): Promise<Frame> => webviewFrame(vscode.page, LOST, { timeoutMs: 60_000 });
  const boxIn = (page: Frame) => page.locator('textarea').first();
  const said = (text: string) => cloud.requests.filter(({ path, body }) => path === PROMPT && JSON.stringify(body).includes(text)).length;

  async function reconnect(): Promise<Frame> {
    await (await lost()).getByRole('link', { name: 'Reconnect' }).press('Enter');
    const page = await live();
    await expect.poll(() => tabs().count(), PATIENCE).toBe(1);
    return page;
  }

  it('the open conversation says so, and one key brings it back with a prompt on its way and the text typed since', async () => {
    cloud.faults.add({ path: PROMPT, kind: 'silence' });
    const page = await live();
    await boxIn(page).fill('On its way');
    await boxIn(page).press('Enter');
    await expect.poll(() => said('On its way'), PATIENCE).toBe(1);
    killExtensionHost(vscode.server);
    await boxIn(page).fill('Typed since');
    await lost();
    await vscode.stepInThemes('lost');
    cloud.faults.clear();
    const again = await reconnect();
    await expect.poll(() => boxIn(again).inputValue(), PATIENCE).toBe('Typed since');
    await again.locator('.pending[data-state="uncertain"]').filter({ hasText: 'On its way' }).waitFor(PATIENCE);
    await vscode.step('reconnected');
    expect(said('On its way')).toBe(1);
  });

  it('a prompt that reached nobody is neither lost nor sent by itself', async () => {
    const page = await live();
    killExtensionHost(vscode.server);
    await boxIn(page).fill('Sent to nobody');
    await boxIn(page).press('Enter');
    await (await lost()).locator('.pending').filter({ hasText: 'Sent to nobody' }).waitFor();
    const again = await reconnect();
    const row = again.locator('.pending[data-state="uncertain"]').filter({ hasText: 'Sent to nobody' });
    await row.waitFor(PATIENCE);
    expect(said('Sent to nobody')).toBe(0);
    await row.getByText('Send Again').click();
    await expect.poll(() => said('Sent to nobody'), PATIENCE).toBe(1);
  });

  it('a conversation that was hidden says so when it is shown, the tree opens no second one, and a reload of the window loses nothing', async () => {
    // VS Code gives up on an extension host that dies three times within five minutes, and counts anew in a new window.
    await vscode.reload();
    await live();
    await openFile(vscode.page, 'prompts/momentum-qqq.prompt.md');
    await tabs().click();
    const page = await live();
    killExtensionHost(vscode.server);
    await boxIn(page).fill('Before the reload');
    await editorTab(vscode.page, 'momentum-qqq.prompt.md').click();
    await expandRow(vscode.page, 'Backtest Agent');
    await expandRow(vscode.page, task);
    await deploymentRow().click();
    const cutOff = await lost();
    await vscode.step('shown again');
    expect(await cutOff.locator('.skeleton').count()).toBe(0);
    expect(await boxIn(cutOff).inputValue()).toBe('Before the reload');
    expect(await tabs().count()).toBe(1);
    await cutOff.getByRole('link', { name: 'Reload Window' }).press('Enter');
    const again = await live();
    await expect.poll(() => boxIn(again).inputValue(), PATIENCE).toBe('Before the reload');
    expect(await tabs().count()).toBe(1);
  });

  it('a stop goes out again afterwards', async () => {
    await (await live()).getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => cloud.count('/agents/deployments/stop'), PATIENCE).toBe(1);
  });
});
