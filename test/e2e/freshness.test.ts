import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../support/clocks';
import { startSandbox, type RunningSandbox } from '../support/sandboxServer';
import { beginSession } from '../support/session';
import {
  dialog,
  dialogButton,
  expandRow,
  openViewContainer,
  pickItem,
  runCommand,
  still,
  treeRow,
  treeTexts,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

/** Rows of the tree and their attributes, without VS Code's hover and focus marks. */
const OBSERVED = '.sidebar .monaco-list-rows';

describe('What the tree says of its own freshness', () => {
  let cloud: RunningSandbox;
  let vscode: InstalledExtension;
  /** While this is set, the cloud stands still: no run ends by itself. */
  let frozenAt: number | undefined;
  beforeAll(async () => {
    cloud = await startSandbox({ clock: wallClock(() => frozenAt ?? Date.now()) });
    vscode = await installedExtension({
      name: 'freshness',
      signedInToSandbox: false,
      settings: { 'quantAgents.apiBaseUrl': cloud.url },
      home: { '.lean/credentials': JSON.stringify({ 'user-id': Number(cloud.userId), 'api-token': cloud.apiToken }) },
    });
  });
  afterAll(async () => {
    await vscode?.dispose();
    await cloud?.stop();
  });

  it("begins with the Lean CLI's credentials, shown by user ID and never by token", async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await vscode.page.locator('.welcome-view-content .monaco-button', { hasText: 'Use Lean CLI Credentials' }).click();
    await dialog(vscode.page).getByText(`as user ${cloud.userId}`).waitFor();
    await vscode.step('lean credentials');
    expect(await dialog(vscode.page).innerText()).not.toContain(cloud.apiToken);
    await dialogButton(vscode.page, 'Sign In').click();
    await pickItem(vscode.page, /./);
    await treeRow(vscode.page, 'Backtest Agent').waitFor({ timeout: 60_000 });
  });

  it('changes nothing on screen when an answer is the same', async () => {
    const refresh = async (): Promise<void> => {
      const before = cloud.count('/agents/list');
      await runCommand(vscode.page, 'QuantConnect Agents: Refresh');
      await expect.poll(() => cloud.count('/agents/list'), { timeout: 60_000 }).toBeGreaterThan(before);
    };
    frozenAt = Date.now();
    await expandRow(vscode.page, 'Conductor');
    await vscode.page.locator('.sidebar .monaco-list-row[aria-level="2"]').first().waitFor();
    // All earlier changes of the rows came before this. So the rows are drawn and stand still.
    await refresh();
    await still(vscode.page.locator(OBSERVED));
    await vscode.page.locator(OBSERVED).evaluate((rows) => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver((records) => {
        for (const { type, target } of records) seen.push(`${type} ${target.nodeName}`);
      }).observe(rows, { subtree: true, childList: true, characterData: true });
    });
    // Refreshes happen in order, and so do their messages to VS Code. So a change by the first would be visible before
    // the last one starts.
    for (let time = 0; time < 3; time++) await refresh();
    await still(vscode.page.locator(OBSERVED));
    expect(await vscode.page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
    frozenAt = undefined;
  });

  it('moves a running task by itself when it ends', async () => {
    const { client, organization } = beginSession(cloud);
    const task = (await client.listTasks(organization.id)).items.find(({ active }) => active.length > 0);
    if (!task?.active[0]) throw new Error('Nothing runs in the sandbox.');
    await expandRow(vscode.page, 'Backtest Agent');
    await treeRow(vscode.page, task.name).filter({ hasText: 'running' }).waitFor();
    await client.stopDeployment(task.active[0].deploymentId);
    await treeRow(vscode.page, task.name).filter({ hasNotText: 'running' }).waitFor({ timeout: 60_000 });
    await treeRow(vscode.page, 'Backtest Agent').filter({ hasNotText: 'active' }).waitFor();
  });

  it('keeps the last good rows when it cannot read, says as of when they are, and forgets the warning by itself', async () => {
    cloud.faults.add({ path: '/agents/tasks/list', kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    cloud.faults.add({
      path: '/agents/list',
      kind: 'status',
      status: 200,
      body: '{"success":false,"errors":["Down for maintenance. REF #77"]}',
    });
    const rows = (await treeTexts(vscode.page)).length;
    await runCommand(vscode.page, 'QuantConnect Agents: Refresh');
    const warning = vscode.page.locator('.sidebar .monaco-list-row', { hasText: 'Not up to date, shown as of' });
    await warning.waitFor({ timeout: 60_000 });
    await vscode.stepInThemes('not up to date');
    expect((await treeTexts(vscode.page)).length).toBe(rows + 1);
    cloud.faults.clear();
    await warning.click();
    await warning.waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('ends the session in place when signed out, and offers the ways in again', async () => {
    await runCommand(vscode.page, 'QuantConnect Agents: Sign Out');
    await vscode.page
      .locator('.welcome-view-content .monaco-button', { hasText: 'Try the Sandbox' })
      .waitFor({ timeout: 60_000 });
    expect(await treeTexts(vscode.page)).toEqual([]);
  });
});
