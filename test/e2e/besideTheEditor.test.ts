import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activeEditor,
  clearToasts,
  dialogButton,
  editorTab,
  focusEditor,
  openFile,
  openViewContainer,
  pressRowButton,
  quickInput,
  runCommand,
  saveEditor,
  toast,
  treeRow,
  visibleEditorLines,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('Beside what VS Code does itself', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({
      name: 'beside-the-editor',
      settings: { 'files.trimTrailingWhitespace': true, 'files.insertFinalNewline': true },
    });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('the key that deploys replaces all while the find widget is open, and starts no run', async () => {
    const { page } = vscode;
    await openViewContainer(page, 'QuantConnect Agents');
    await treeRow(page, 'Backtest Agent').waitFor({ timeout: 60_000 });
    await openFile(page, 'momentum-qqq.prompt.md');
    await focusEditor(page);
    const before = (await visibleEditorLines(page)).join('\n');
    expect(before).toContain('QQQ');
    await page.keyboard.press('Control+h');
    const widget = activeEditor(page).locator('.find-widget.visible');
    await widget.locator('.find-part textarea').first().fill('QQQ');
    await widget.locator('.replace-part textarea').first().fill('Nasdaq');
    await focusEditor(page);
    await page.keyboard.press('Control+Alt+Enter');
    await expect.poll(() => visibleEditorLines(page).then((lines) => lines.join('\n'))).toContain('Nasdaq');
    expect((await visibleEditorLines(page)).join('\n')).not.toContain('QQQ');
    await vscode.step('replaced');
    expect(await page.locator('.editor-group-container .tab').count()).toBe(1);
    expect(await page.locator('.notification-toast').count()).toBe(0);
    await focusEditor(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+s');
  });

  it('“Save As” of an agent names the command that makes a copy, and changes nothing', async () => {
    const { page } = vscode;
    await pressRowButton(page, 'Backtest Agent', 'Edit Agent');
    await editorTab(page, /^Backtest/).waitFor({ timeout: 60_000 });
    await activeEditor(page).locator('.view-line').first().waitFor();
    await focusEditor(page);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('Be brief.');
    await page.locator('.tab.active.dirty').waitFor();
    await runCommand(page, 'File: Save As...');
    await quickInput(page).locator('input.input').first().waitFor();
    await expect.poll(() => quickInput(page).locator('input.input').first().inputValue()).toContain('/agents/');
    await page.keyboard.press('Enter');
    await quickInput(page).getByText('already exists').first().waitFor({ timeout: 60_000 });
    await vscode.step('VS Code asks');
    await page.keyboard.press('Enter');
    await toast(page, 'Duplicate Agent').waitFor({ timeout: 60_000 });
    await vscode.stepInThemes('refused');
    expect(await page.locator('.editor-group-container .tab.active.dirty').count()).toBe(1);
    await focusEditor(page);
    await saveEditor(page);
  });

  it('an agent that gets a new name by the save that closes it stays closed', async () => {
    const { page } = vscode;
    await clearToasts(page);
    await focusEditor(page);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.type(' Two');
    await page.locator('.tab.active.dirty').waitFor();
    await runCommand(page, 'View: Close Editor');
    await dialogButton(page, 'Save').click();
    await treeRow(page, 'Backtest Agent Two').waitFor({ timeout: 60_000 });
    await editorTab(page, /momentum/).waitFor();
    // The tree updates after the save. So a tab that comes back would be there by now, or would open with the row.
    await pressRowButton(page, 'Mia', 'Edit Agent');
    await editorTab(page, /^Mia/).waitFor({ timeout: 60_000 });
    await vscode.step('closed');
    expect(await page.locator('.editor-group-container .tab', { hasText: 'Backtest' }).count()).toBe(0);
  });
});

describe('A base URL that cannot be used', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({
      name: 'wrong-base-url',
      signedInToSandbox: false,
      settings: { 'quantAgents.apiBaseUrl': 'http://www.quantconnect.com/api/v2' },
    });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('is named in the view and by commands, and the setting is one press away', async () => {
    const { page } = vscode;
    await openViewContainer(page, 'QuantConnect Agents');
    const welcome = page.locator('.sidebar .welcome-view-content');
    await welcome.getByText('quantAgents.apiBaseUrl').waitFor({ timeout: 60_000 });
    expect(await welcome.locator('.monaco-button', { hasText: 'Sign In' }).count()).toBe(0);
    await vscode.stepInThemes('view');
    await runCommand(page, 'QuantConnect Agents: Create Agent');
    await toast(page, 'quantAgents.apiBaseUrl must start with https://').waitFor({ timeout: 60_000 });
    await vscode.step('command');
    await welcome.locator('.monaco-button', { hasText: 'Open Settings' }).click();
    await page.locator('.settings-editor').getByText('Api Base Url').first().waitFor({ timeout: 60_000 });
    await vscode.step('setting');
  });
});
