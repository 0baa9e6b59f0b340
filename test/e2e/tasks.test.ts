import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chooseInRowMenu,
  collapseRow,
  dialog,
  dialogButton,
  expandRow,
  openViewContainer,
  pickItem,
  pickRow,
  pressRowButton,
  quickInputClosed,
  quickInputSaying,
  runCommand,
  treeRow,
  treeTexts,
  typeInput,
  webviewFrame,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('A task, from its creation to its end', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'tasks' });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('is created by three answers from the keyboard', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await treeRow(vscode.page, 'Backtest Agent').waitFor({ timeout: 60_000 });
    await pressRowButton(vscode.page, 'Backtest Agent', 'Create Task');
    await typeInput(vscode.page, 'Turtle on futures', { title: 'Name of the task' });
    await typeInput(vscode.page, 'Trade a turtle breakout on ES and CL futures.', {
      title: 'What the agent should do',
    });
    await vscode.step('where the agent works');
    await pickItem(vscode.page, 'A new project for each deployment');
    await treeRow(vscode.page, 'Turtle on futures').waitFor({ timeout: 60_000 });
    await vscode.step('created');
  });

  it('is renamed', async () => {
    await chooseInRowMenu(vscode.page, 'Turtle on futures', 'Rename Task');
    await typeInput(vscode.page, 'Turtle breakout', { title: 'New name of the task' });
    await treeRow(vscode.page, 'Turtle breakout').waitFor({ timeout: 60_000 });
    expect(await treeRow(vscode.page, 'Turtle on futures').count()).toBe(0);
  });

  it('is where the list starts that the palette asks with, when its row is selected', async () => {
    const { page } = vscode;
    await treeRow(page, 'Turtle breakout').click();
    await runCommand(page, 'QuantConnect Agents: Rename Task');
    await quickInputSaying(page, 'Choose a task');
    await pickRow(page, 'Turtle breakout').and(page.locator('.focused')).waitFor({ timeout: 60_000 });
    await vscode.step('the palette starts at the selected row');
    await page.keyboard.press('Enter');
    await quickInputSaying(page, 'New name of the task');
    expect(await page.locator('.quick-input-widget input').inputValue()).toBe('Turtle breakout');
    await page.keyboard.press('Escape');
    await quickInputClosed(page);
    await collapseRow(page, 'Turtle breakout');
  });

  it('is deployed once by a double click, and its conversation opens live', async () => {
    const row = treeRow(vscode.page, 'Turtle breakout');
    await row.hover();
    await row.locator('.actions .action-label[aria-label^="Deploy Task"]').dblclick();
    const page = await webviewFrame(vscode.page, 'main');
    await page.getByText('Trade a turtle breakout').first().waitFor({ timeout: 60_000 });
    await page.locator('[data-role="assistant"]').first().waitFor({ timeout: 60_000 });
    await vscode.step('deployed');
    await expandRow(vscode.page, 'Turtle breakout');
    await vscode.page.locator('.sidebar .monaco-list-row[aria-level="3"]').first().waitFor();
    expect(await vscode.page.locator('.sidebar .monaco-list-row[aria-level="3"]').count()).toBe(1);
  });

  it("is stopped from its deployment's row", async () => {
    const deployment = vscode.page.locator('.sidebar .monaco-list-row[aria-level="3"]').first();
    await deployment.hover();
    await deployment.locator('.actions .action-label[aria-label^="Stop Deployment"]').click();
    await deployment.filter({ hasText: 'Stopped' }).waitFor({ timeout: 60_000 });
    await treeRow(vscode.page, 'Turtle breakout').filter({ hasText: '1 run' }).waitFor();
  });

  it('is deleted only after a modal question that says what goes with it', async () => {
    await collapseRow(vscode.page, 'Turtle breakout');
    await chooseInRowMenu(vscode.page, 'Turtle breakout', 'Delete Task');
    await dialog(vscode.page).getByText('Delete the task “Turtle breakout”?').waitFor();
    await dialog(vscode.page).getByText('You will lose access to its 1 deployment and all conversations.').waitFor();
    await vscode.step('asks before deleting');
    await vscode.page.keyboard.press('Escape');
    await treeRow(vscode.page, 'Turtle breakout').waitFor();
    await chooseInRowMenu(vscode.page, 'Turtle breakout', 'Delete Task');
    await dialogButton(vscode.page, 'Delete Task').click();
    await expect
      .poll(() => treeTexts(vscode.page).then((texts) => texts.some((text) => text.includes('Turtle breakout'))), {
        timeout: 60_000,
      })
      .toBe(false);
  });
});
