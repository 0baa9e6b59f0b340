import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  editorTab,
  expandRow,
  openViewContainer,
  runCommand,
  treeRow,
  webviewFrame,
  writtenDown,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

const DRAFT = 'A draft that must outlive the window: compare with 60/40.';

/** The page of the conversation in front. */
const conversationPage = (vscode: InstalledExtension): Promise<Frame> => webviewFrame(vscode.page, 'main');

async function openPromptBox(vscode: InstalledExtension, page: Frame): Promise<void> {
  await runCommand(vscode.page, 'QuantConnect Agents: Send Prompt');
  await page.locator('textarea:focus').waitFor({ timeout: 60_000 });
}

describe('From the first start to an answer, without an account', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'conversation', signedInToSandbox: false });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('signs in to the sandbox with one click and marks it as such', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await vscode.page.locator('.welcome-view-content .monaco-button', { hasText: 'Try the Sandbox' }).click();
    await treeRow(vscode.page, /Backtest/).waitFor({ timeout: 60_000 });
    await vscode.page.locator('.sidebar').getByText('a simulated cloud').first().waitFor();
    await vscode.stepInThemes('tree');
  });

  it('browses from an agent to a deployment and opens its conversation', async () => {
    await expandRow(vscode.page, 'Backtest Agent');
    await expandRow(vscode.page, 'Momentum on QQQ and GLD');
    const deployment = vscode.page
      .locator('.sidebar .monaco-list-row[aria-level="3"]')
      .filter({ hasText: 'Completed' })
      .first();
    await deployment.waitFor({ timeout: 60_000 });
    await deployment.click();
    const page = await conversationPage(vscode);
    await page.locator('[data-role="assistant"]').first().waitFor({ timeout: 60_000 });
    expect(await page.locator('[data-role="user"]').count()).toBeGreaterThan(0);
    await vscode.stepInThemes('conversation');
  });

  it('sends a prompt once, shows it at once and the answer as it arrives', async () => {
    const page = await conversationPage(vscode);
    const before = await page.locator('[data-role="assistant"]').count();
    await openPromptBox(vscode, page);
    const text = 'Add a trailing stop and backtest again.';
    await vscode.page.keyboard.type(text);
    await vscode.page.keyboard.press('Enter');
    await vscode.page.keyboard.press('Enter');
    await page.getByText(text).first().waitFor();
    await page.locator('[data-role="assistant"]').nth(before).waitFor({ timeout: 60_000 });
    expect(await page.locator('[data-role="user"]').filter({ hasText: text }).count()).toBe(1);
    await vscode.step('answer arrives');
  });

  it('stops the run, and panel and tree agree that it stopped', async () => {
    const page = await conversationPage(vscode);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped').first().waitFor({ timeout: 60_000 });
    await vscode.page
      .locator('.sidebar .monaco-list-row[aria-level="3"]')
      .filter({ hasText: 'Stopped' })
      .first()
      .waitFor({ timeout: 60_000 });
  });

  it('finds the panel and the draft again after a reload of the window', async () => {
    await openPromptBox(vscode, await conversationPage(vscode));
    await vscode.page.keyboard.type(DRAFT);
    await writtenDown(vscode.page, DRAFT);
    await vscode.reload();
    const page = await conversationPage(vscode);
    await page.locator('[data-role="assistant"]').first().waitFor({ timeout: 60_000 });
    await expect.poll(() => page.locator('textarea').first().inputValue(), { timeout: 60_000 }).toBe(DRAFT);
    await editorTab(vscode.page, /./).waitFor();
    await vscode.step('restored');
  });

  it('has asked no other host for anything', () => {
    expect(vscode.external).toEqual([]);
  });
});
