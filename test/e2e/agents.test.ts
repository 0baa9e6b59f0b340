import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activeEditor,
  chooseInRowMenu,
  dialog,
  dialogButton,
  editorTab,
  openViewContainer,
  pressRowButton,
  pressViewButton,
  replaceEditorText,
  saveEditor,
  treeRow,
  treeTexts,
  tryToSaveEditor,
  visibleEditorLines,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

const NEW_AGENT = `---
name: Volatility Desk
description: Studies the term structure of VIX futures
reasoningEffort: high
maxTurns: 40
tools:
  - create_file
  - create_backtest
---
You study volatility. Say what could be wrong with a result before you report it.
`;

/** Changes one line of the document. Without word wrap, a line on screen is a line of the document. */
async function setMaxTurns({ page }: InstalledExtension, value: string): Promise<void> {
  const text = (await visibleEditorLines(page)).join('\n');
  await replaceEditorText(page, text.replace(/maxTurns: \w+/, `maxTurns: ${value}`));
}

describe('An agent as a document', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'agents', settings: { '[markdown]': { 'editor.wordWrap': 'off' } } });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('is created by saving a new document', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await treeRow(vscode.page, 'Backtest Agent').waitFor({ timeout: 60_000 });
    await pressViewButton(vscode.page, 'Create Agent');
    await editorTab(vscode.page, /New Agent/).waitFor({ timeout: 60_000 });
    await vscode.stepInThemes('new agent');
    await replaceEditorText(vscode.page, NEW_AGENT);
    await saveEditor(vscode.page);
    await treeRow(vscode.page, 'Volatility Desk').waitFor({ timeout: 60_000 });
    await editorTab(vscode.page, /Volatility Desk/).waitFor({ timeout: 60_000 });
    await vscode.step('created');
  });

  it('is changed by saving it again, once and in place', async () => {
    await setMaxTurns(vscode, '60');
    await saveEditor(vscode.page);
    const rows = (await treeTexts(vscode.page)).filter((text) => text.includes('Volatility Desk'));
    expect(rows).toHaveLength(1);
  });

  it('is not sent while its front matter is wrong, and the line is marked', async () => {
    await setMaxTurns(vscode, 'many');
    await activeEditor(vscode.page).locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await tryToSaveEditor(vscode.page);
    await vscode.page.locator('.notification-toast').first().waitFor({ timeout: 60_000 });
    await vscode.step('invalid');
    expect(await vscode.page.locator('.editor-group-container .tab.dirty').count()).toBe(1);
    await setMaxTurns(vscode, '80');
    await saveEditor(vscode.page);
  });

  it('opens for editing from its row, without the provider token', async () => {
    await pressRowButton(vscode.page, 'Backtest Agent', 'Edit Agent');
    await editorTab(vscode.page, /^Backtest/).waitFor({ timeout: 60_000 });
    await vscode.stepInThemes('edit');
    expect(await activeEditor(vscode.page).innerText()).not.toContain('llmApiTokenUser');
  });

  it('is deleted after a modal question', async () => {
    await chooseInRowMenu(vscode.page, 'Volatility Desk', 'Delete Agent');
    await dialog(vscode.page).getByText('Delete the agent “Volatility Desk”?').waitFor();
    await dialogButton(vscode.page, 'Delete Agent').click();
    await expect
      .poll(() => treeTexts(vscode.page).then((texts) => texts.some((text) => text.includes('Volatility Desk'))), {
        timeout: 60_000,
      })
      .toBe(false);
  });
});
