import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  editorTab,
  focusEditor,
  openFile,
  openViewContainer,
  treeRow,
  typeInEditor,
  webviewFrame,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('A prompt file that is open', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'prompt-file' });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('is deployed by the shortcut with what is on screen, and its conversation opens', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await treeRow(vscode.page, 'Backtest Agent').waitFor({ timeout: 60_000 });
    await openFile(vscode.page, 'momentum-qqq.prompt.md');
    await focusEditor(vscode.page);
    await vscode.page.keyboard.press('Control+End');
    await typeInEditor(vscode.page, '\nHold cash while VIX is above 35.');
    await vscode.stepInThemes('prompt file');
    await vscode.page.keyboard.press('Control+Alt+Enter');
    const page = await webviewFrame(vscode.page, 'main');
    await page.getByText('Hold cash while VIX is above 35.').first().waitFor({ timeout: 60_000 });
    await page.locator('[data-role="assistant"]').first().waitFor({ timeout: 60_000 });
    await vscode.stepInThemes('deployed');
    expect(await vscode.page.locator('.tab.dirty').count()).toBe(1);
    await editorTab(vscode.page, /momentum-qqq/).waitFor();
  });
});
