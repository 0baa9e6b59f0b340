import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dialog,
  dialogButton,
  editorTab,
  expandRow,
  openViewContainer,
  pickItem,
  pickRow,
  quickInputSaying,
  runCommand,
  toast,
  visibleEditorLines,
  webviewFrame,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('What an agent made is taken along', () => {
  let vscode: InstalledExtension;
  let mainFile: string;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'takingAlong' });
    mainFile = join(vscode.workspace, 'Momentum on QQQ and GLD', 'main.py');
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  const command = (title: string): Promise<void> => runCommand(vscode.page, `QuantConnect Agents: ${title}`);
  /** Brings the conversation to the front, because the commands act on the one in front. */
  const conversation = async (): Promise<void> => {
    await vscode.page
      .locator('.sidebar .monaco-list-row[aria-level="3"]')
      .filter({ hasText: 'Completed' })
      .first()
      .click();
    await (
      await webviewFrame(vscode.page, 'main')
    )
      .locator('[data-role="assistant"]')
      .first()
      .waitFor({ timeout: 60_000 });
  };

  it('lists the files of the conversation that is in front, each with what can be done', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await expandRow(vscode.page, 'Backtest Agent');
    await expandRow(vscode.page, 'Momentum on QQQ and GLD');
    await conversation();
    await command('Open Written Files');
    const { page } = vscode;
    await pickRow(page, /Change in Version 1/)
      .or(pickRow(page, /main\.py/))
      .first()
      .waitFor({ timeout: 60_000 });
    await vscode.step('files');
    if ((await pickRow(page, /main\.py/).count()) > 0) await pickItem(page, /main\.py/);
    await pickRow(page, /Change in Version 2/).waitFor();
    await vscode.step('what to do with a file');
  });

  it('shows what a version changed in the diff editor', async () => {
    await pickItem(vscode.page, /Change in Version 2/);
    await editorTab(vscode.page, /main\.py \(version 1 ↔ version 2\)/).waitFor({ timeout: 60_000 });
    await vscode.page.locator('.monaco-diff-editor .line-insert').first().waitFor({ timeout: 60_000 });
    await vscode.step('change');
  });

  const save = async (): Promise<void> => {
    await conversation();
    await command('Open Written Files');
    const first = pickRow(vscode.page, /main\.py/)
      .or(pickRow(vscode.page, 'Save…'))
      .first();
    await first.waitFor({ timeout: 60_000 });
    if ((await pickRow(vscode.page, 'Save…').count()) === 0) await pickItem(vscode.page, /main\.py/);
    await pickItem(vscode.page, 'Save…');
    await quickInputSaying(vscode.page, 'Choose a folder to save into');
    await vscode.step('where to save');
    await pickItem(vscode.page, 'Momentum on QQQ and GLD/main.py');
  };

  it('saves a file into the workspace', async () => {
    expect(existsSync(mainFile)).toBe(false);
    await save();
    await expect.poll(() => existsSync(mainFile), { timeout: 60_000 }).toBe(true);
    expect(readFileSync(mainFile, 'utf8')).toContain('class ');
    await editorTab(vscode.page, 'main.py').waitFor();
  });

  it('does not replace another text without a modal question, and shows the difference first', async () => {
    const mine = '# mine\n';
    writeFileSync(mainFile, mine);
    await save();
    await dialog(vscode.page)
      .getByText('“Momentum on QQQ and GLD/main.py” already exists.')
      .waitFor({ timeout: 60_000 });
    await vscode.step('asks before replacing');
    await dialogButton(vscode.page, 'Show Difference').click();
    await editorTab(vscode.page, /workspace ↔ version/).waitFor({ timeout: 60_000 });
    expect(readFileSync(mainFile, 'utf8')).toBe(mine);
    await toast(vscode.page, 'Replace “Momentum on QQQ and GLD/main.py”').waitFor();
    await vscode.step('difference');
    await toast(vscode.page, 'Replace “Momentum on QQQ and GLD/main.py”').hover();
    await toast(vscode.page, 'Replace “Momentum on QQQ and GLD/main.py”')
      .locator('.monaco-button', { hasText: 'Overwrite' })
      .click();
    await expect.poll(() => readFileSync(mainFile, 'utf8'), { timeout: 60_000 }).toContain('class ');
  });

  it('opens the transcript as a document that cannot be deployed as a prompt', async () => {
    await conversation();
    await command('Open Transcript');
    await editorTab(vscode.page, /Momentum on QQQ and GLD\.md/).waitFor({ timeout: 60_000 });
    await expect
      .poll(() => visibleEditorLines(vscode.page).then((lines) => lines.join('\n')), { timeout: 60_000 })
      .toContain('Momentum on QQQ and GLD');
    await vscode.step('transcript');
    expect(await vscode.page.locator('.editor-actions .action-label[aria-label^="Deploy Prompt File"]').count()).toBe(
      0,
    );
  });

  it('keeps the transcript through a reload of the window', async () => {
    await vscode.reload();
    await editorTab(vscode.page, /Momentum on QQQ and GLD\.md/).waitFor({ timeout: 60_000 });
    await expect
      .poll(() => visibleEditorLines(vscode.page).then((lines) => lines.join('\n')), { timeout: 60_000 })
      .toContain('simulated cloud');
    await vscode.step('reloaded');
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await expandRow(vscode.page, 'Backtest Agent');
    await expandRow(vscode.page, 'Momentum on QQQ and GLD');
  });

  it('exports the conversation as Markdown and as JSON', async () => {
    for (const [format, ending] of [
      ['Markdown', '.md'],
      ['JSON', '.json'],
    ] as const) {
      await conversation();
      await command('Export Conversation');
      await pickItem(vscode.page, format);
      // In the browser, VS Code's dialog is a quick input with the whole path.
      await expect
        .poll(() => vscode.page.locator('.quick-input-widget input.input').first().inputValue(), { timeout: 60_000 })
        .toMatch(new RegExp(`Momentum on QQQ and GLD .*\\${ending}$`));
      if (format === 'Markdown') await vscode.step('where to');
      await vscode.page.keyboard.press('Enter');
      await expect
        .poll(
          () => readdirSync(vscode.workspace).filter((file) => file.startsWith('Momentum') && file.endsWith(ending)),
          { timeout: 60_000 },
        )
        .toHaveLength(1);
    }
    // The folder of the saved files is beside them.
    const exported = readdirSync(vscode.workspace)
      .filter((file) => /^Momentum.*\.(?:md|json)$/.test(file))
      .map((file) => readFileSync(join(vscode.workspace, file), 'utf8'));
    expect(exported.some((text) => text.startsWith('# Momentum on QQQ and GLD'))).toBe(true);
    expect(exported.some((text) => text.includes('"format": "quantconnect-agent-conversation"'))).toBe(true);
  });

  it('compares two deployments of the task', async () => {
    await conversation();
    await command('Compare Deployments');
    await quickInputSaying(vscode.page, 'Compare With');
    const { page } = vscode;
    await pickRow(page, /Completed|Stopped|Failed/)
      .first()
      .click({ timeout: 60_000 });
    await pickRow(page, 'Final Answer').waitFor({ timeout: 60_000 });
    await vscode.step('what to compare');
    await pickItem(page, 'Final Answer');
    await editorTab(page, /Final Answer/).waitFor({ timeout: 60_000 });
    await page.locator('.monaco-diff-editor .line-insert').first().waitFor({ timeout: 60_000 });
    await vscode.step('compared');
  });

  it('has asked no other host for anything', () => {
    expect(vscode.external).toEqual([]);
  });
});
