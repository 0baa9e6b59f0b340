import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dialog,
  dialogButton,
  openViewContainer,
  pickItem,
  pressRowButton,
  toast,
  treeRow,
  typeInput,
  webviewFrame,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('Save All, where an agent wrote files that act by themselves', () => {
  const TASK = 'Files: a look/first';
  const FOLDER = 'Files a look first';
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'savedFiles' });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  const saved = (): readonly string[] => {
    const folder = join(vscode.workspace, FOLDER);
    return existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => name)
          .sort()
      : [];
  };
  const pressSaveAll = async (): Promise<void> => {
    const page = await webviewFrame(vscode.page, 'main');
    const button = page.getByRole('button', { name: 'Save All…' });
    // The list of files closes when the dialog takes the focus, or it stays. Both are fine.
    if (!(await button.isVisible())) await page.locator('[aria-controls="files-panel"]').click();
    await button.click();
    await dialog(vscode.page).waitFor({ timeout: 60_000 });
  };

  it('opens a conversation that holds a conftest.py and a HEAD', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await treeRow(vscode.page, 'Backtest Agent').waitFor({ timeout: 60_000 });
    await pressRowButton(vscode.page, 'Backtest Agent', 'Create Task');
    await typeInput(vscode.page, TASK, { title: 'Name of the task' });
    await typeInput(vscode.page, '[sandbox: hostile-files]', { title: 'What the agent should do' });
    await pickItem(vscode.page, 'A new project for each deployment');
    const row = treeRow(vscode.page, TASK);
    await row.waitFor({ timeout: 60_000 });
    await row.hover();
    await row.locator('.actions .action-label[aria-label^="Deploy Task"]').click();
    const page = await webviewFrame(vscode.page, 'main');
    await page.getByText('That was all of them.').waitFor({ timeout: 60_000 });
    await page.locator('[aria-controls="files-panel"]', { hasText: '7' }).waitFor({ timeout: 60_000 });
  });

  it('shows the files and the folder, names the tool of what is left out, and writes nothing before the answer', async () => {
    await pressSaveAll();
    await vscode.step('asks before saving');
    const words = await dialog(vscode.page).innerText();
    for (const said of [
      'Save 2 files',
      `Folder: ${join(vscode.workspace, FOLDER)}`,
      'research/main.py',
      'conftest.py: pytest runs it',
      'AGENTS.md: AI agents',
      'research/config: git',
      'research/HEAD: has a name',
      '../outside.py: leads out',
    ]) {
      expect(words).toContain(said);
    }
    expect(saved()).toEqual([]);
    await vscode.page.keyboard.press('Escape');
    await dialog(vscode.page).waitFor({ state: 'hidden' });
    expect(saved()).toEqual([]);
  });

  it('leaves them out by default', async () => {
    await pressSaveAll();
    // Enter presses the first button.
    await vscode.page.keyboard.press('Enter');
    await toast(vscode.page, /2 of 7 files saved\./).waitFor({ timeout: 60_000 });
    await vscode.step('saved');
    expect(saved()).toEqual(['main.py', 'main.py']);
    expect(existsSync(join(vscode.workspace, 'main.py'))).toBe(false);
  });

  it('saves them where the user says so, and never a HEAD or a file outside', async () => {
    await pressSaveAll();
    await dialogButton(vscode.page, 'Save With Them').click();
    await toast(vscode.page, /5 of 7 files saved\./).waitFor({ timeout: 60_000 });
    expect(saved()).toEqual(['AGENTS.md', 'config', 'conftest.py', 'main.py', 'main.py']);
    expect(existsSync(join(vscode.workspace, '..', 'outside.py'))).toBe(false);
  });
});
