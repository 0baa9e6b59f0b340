import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../support/sandboxServer';
import {
  expandRow,
  inputProblem,
  openViewContainer,
  pickItem,
  quickInput,
  quickInputClosed,
  runCommand,
  treeRow,
  treeTexts,
  typeInput,
  webviewFrame,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('A token that was typed into the sign-in box', () => {
  let cloud: RunningSandbox;
  let vscode: InstalledExtension;
  const messages: string[] = [];

  beforeAll(async () => {
    cloud = await startSandbox({ speed: 20 });
    vscode = await installedExtension({
      name: 'secrets',
      signedInToSandbox: false,
      settings: { 'quantAgents.apiBaseUrl': cloud.url },
    });
    vscode.page.on('console', (message) => messages.push(message.text()));
  });
  afterAll(async () => {
    await vscode?.dispose();
    await cloud?.stop();
  });

  it('is refused in place when it is wrong, and what was typed stays', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await vscode.page.locator('.welcome-view-content .monaco-button', { hasText: 'Sign In' }).click();
    await typeInput(vscode.page, cloud.userId, { title: 'User ID' });
    await typeInput(vscode.page, `${cloud.apiToken}-wrong`, { title: 'API Token' });
    await inputProblem(vscode.page)
      .filter({ hasText: /refused|token/i })
      .waitFor({ timeout: 60_000 });
    expect(await quickInput(vscode.page).locator('input.input').first().getAttribute('type')).toBe('password');
    await vscode.step('wrong token');
  });

  it('signs in when it is right, over real HTTP, in the organization that was chosen', async () => {
    await typeInput(vscode.page, cloud.apiToken, { title: 'API Token' });
    await pickItem(vscode.page, /./);
    await quickInputClosed(vscode.page);
    await treeRow(vscode.page, 'Backtest Agent').waitFor({ timeout: 60_000 });
    expect((await treeTexts(vscode.page)).length).toBeGreaterThan(3);
    await vscode.step('signed in');
  });

  it("appears nowhere: not in the log, a document, the page, VS Code's files or a message", async () => {
    await expandRow(vscode.page, 'Backtest Agent');
    await vscode.page.locator('.sidebar .monaco-list-row[aria-level="2"] .monaco-tl-twistie').first().click();
    await vscode.page.locator('.sidebar .monaco-list-row[aria-level="3"]').first().click();
    const page = await webviewFrame(vscode.page, 'main');
    await page.locator('[data-role]').first().waitFor({ timeout: 60_000 });
    await cloud.stop(); // an error on screen and in the log
    await runCommand(vscode.page, 'QuantConnect Agents: Refresh');
    await vscode.page.locator('.sidebar').getByText('Not up to date').first().waitFor({ timeout: 60_000 });
    await vscode.step('no connection');
    await runCommand(vscode.page, 'QuantConnect Agents: Show Log');
    await vscode.page.locator('.panel .view-line', { hasText: '/agents/list' }).first().waitFor({ timeout: 60_000 });
    await vscode.step('log');

    const seen = [
      await vscode.page.content(),
      await page.content(),
      await page.evaluate(() => JSON.stringify(history.state)),
      ...messages,
    ].join('\n');
    const kept = textsBelow(vscode.server.folder);
    expect(kept.length).toBeGreaterThan(3);
    for (const secret of [cloud.apiToken]) {
      expect(seen).not.toContain(secret);
      expect(kept.filter(({ text }) => text.includes(secret)).map(({ file }) => file)).toEqual([]);
    }
  });
});

/** Every file that VS Code stores, including logs and state databases. */
function textsBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/extensions/'))
    .map((entry) => ({
      file: join(entry.parentPath, entry.name),
      text: readFileSync(join(entry.parentPath, entry.name), 'latin1'),
    }));
}
