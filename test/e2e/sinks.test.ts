import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../support/sandboxServer';
import {
  chooseInRowMenu,
  clearToasts,
  focusEditor,
  inputProblem,
  openFile,
  openViewContainer,
  pickItem,
  pickRow,
  quickInput,
  quickInputClosed,
  runCommand,
  toast,
  treeRow,
  typeInput,
} from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

/** A link that opens a terminal when somebody clicks it. */
const ATTACK = '[here](command:workbench.action.terminal.new)';
const NAME = `Momentum ${ATTACK} $(trash)`;

describe('Text that others wrote', () => {
  let cloud: RunningSandbox;
  let vscode: InstalledExtension;
  beforeAll(async () => {
    cloud = await startSandbox({ speed: 20 });
    vscode = await installedExtension({
      name: 'sinks',
      signedInToSandbox: false,
      settings: { 'quantAgents.apiBaseUrl': cloud.url },
    });
  });
  afterAll(async () => {
    await vscode?.dispose();
    await cloud?.stop();
  });

  /** Clicks the letters of the word, wherever they are drawn, and waits until VS Code would have reacted. */
  async function clickWord(inside: Locator, word: string): Promise<void> {
    const place = await inside.evaluate((element, wanted) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const start = node.textContent?.indexOf(wanted) ?? -1;
        if (start === -1) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
      return undefined;
    }, word);
    if (!place) throw new Error(`“${word}” is not on screen.`);
    await vscode.page.mouse.click(place.x, place.y);
  }

  /** VS Code runs commands in order. When this one is done, the one behind a link would be done too. */
  async function nothingRan(): Promise<void> {
    await runCommand(vscode.page, 'View: Show Explorer');
    await vscode.page.locator('.explorer-folders-view').waitFor();
    expect(await vscode.page.locator('.terminal-outer-container, .terminal-wrapper').count()).toBe(0);
    await openViewContainer(vscode.page, 'QuantConnect Agents');
  }

  it('is no link in the words of a server that refuses the sign-in', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await vscode.page.locator('.welcome-view-content .monaco-button', { hasText: 'Sign In' }).click();
    cloud.faults.add({
      path: '/authenticate',
      kind: 'body',
      change: () => JSON.stringify({ success: false, errors: [`Look ${ATTACK} $(trash)`] }),
    });
    await typeInput(vscode.page, cloud.userId, { title: 'User ID' });
    await typeInput(vscode.page, cloud.apiToken, { title: 'API Token' });
    const problem = inputProblem(vscode.page).filter({ hasText: 'here' });
    await problem.waitFor({ timeout: 20_000 });
    await vscode.step('sign-in refused');
    expect(await problem.locator('a, .codicon').count()).toBe(0);
    await clickWord(problem, 'here');
    cloud.faults.clear();
    await vscode.page.keyboard.press('Escape');
    await nothingRan();
  });

  it('is no link in the words of a server that refuses a change', async () => {
    await vscode.page.locator('.welcome-view-content .monaco-button', { hasText: 'Sign In' }).click();
    await typeInput(vscode.page, cloud.userId, { title: 'User ID' });
    await typeInput(vscode.page, cloud.apiToken, { title: 'API Token' });
    await pickItem(vscode.page, /./);
    await quickInputClosed(vscode.page);
    await treeRow(vscode.page, 'Backtest Agent').waitFor({ timeout: 30_000 });
    cloud.faults.add({
      path: '/agents/update',
      kind: 'body',
      carriedOut: false,
      change: () => JSON.stringify({ success: false, errors: [`Look ${ATTACK}`] }),
    });
    await chooseInRowMenu(vscode.page, 'Backtest Agent', 'Rename Agent');
    await typeInput(vscode.page, 'Another', { title: 'New name of the agent' });
    const error = toast(vscode.page, 'QuantConnect says');
    await error.waitFor({ timeout: 20_000 });
    await vscode.step('change refused');
    expect(await error.locator('.notification-list-item-message a').count()).toBe(0);
    await clickWord(error.locator('.notification-list-item-message'), 'here');
    cloud.faults.clear();
    await nothingRan();
    await clearToasts(vscode.page);
  });

  it('is no link in the organization that a prompt file names', async () => {
    writeFileSync(
      join(vscode.workspace, 'stranger.prompt.md'),
      `---\nquantconnect:\n  organization: "${ATTACK}"\n---\n\nBuild a strategy.\n`,
    );
    await openFile(vscode.page, 'stranger.prompt.md');
    await focusEditor(vscode.page);
    await vscode.page.keyboard.press('Control+Alt+Enter');
    const error = toast(vscode.page, 'was not deployed');
    await error.waitFor({ timeout: 20_000 });
    await vscode.step('other organization');
    expect(await error.locator('.notification-list-item-message a').count()).toBe(0);
    await clickWord(error.locator('.notification-list-item-message'), 'here');
    await nothingRan();
    await clearToasts(vscode.page);
  });

  it('is neither link nor icon in the name of a task: in lists, titles and progress', async () => {
    await chooseInRowMenu(vscode.page, 'Backtest Agent', 'Create Task');
    await typeInput(vscode.page, NAME, { title: 'Name of the task' });
    await typeInput(vscode.page, 'Build a strategy.', { title: 'What the agent should do' });
    cloud.faults.add({ path: '/agents/tasks/create', kind: 'delay', ms: 4_000, times: 1 });
    await pickItem(vscode.page, 'A new project for each deployment');
    const progress = toast(vscode.page, 'Creating the task');
    await progress.waitFor({ timeout: 20_000 });
    await vscode.step('progress');
    expect(await progress.locator('.notification-list-item-message a').count()).toBe(0);
    await clickWord(progress.locator('.notification-list-item-message'), 'here');
    await vscode.page.locator('.sidebar .monaco-list-row', { hasText: 'Momentum [here]' }).waitFor({ timeout: 30_000 });
    await nothingRan();
    await runCommand(vscode.page, 'QuantConnect Agents: Deploy Task');
    // The list starts at the new task, because it is selected in the tree.
    await pickRow(vscode.page, 'Momentum [here]').first().waitFor({ timeout: 20_000 });
    await vscode.page.keyboard.type('here');
    await pickRow(vscode.page, 'Momentum [here]').first().waitFor({ timeout: 20_000 });
    await vscode.step('list');
    expect(await quickInput(vscode.page).locator('.monaco-list-row .codicon-trash').count()).toBe(0);
    await vscode.page.keyboard.press('Escape');
  });
});
