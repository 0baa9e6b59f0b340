import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editorTab, expandRow, openViewContainer, runCommand, webviewFrame } from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('A conversation is read and steered, in VS Code', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'reading' });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  const row = (text: string) =>
    vscode.page.locator('.sidebar .monaco-list-row[aria-level="3"]').filter({ hasText: text });
  /** Opens a run of a task. Another conversation's page can be in front until this one's page has come. */
  const opened = async (text: string, task = 'Momentum on QQQ and GLD'): Promise<Frame> => {
    await row(text).last().click();
    const title = async (): Promise<string> => {
      const page = await webviewFrame(vscode.page, 'main');
      return page.locator('h1').innerText({ timeout: 500 });
    };
    await expect.poll(() => title().catch(() => ''), { timeout: 60_000 }).toBe(task);
    const page = await webviewFrame(vscode.page, 'main');
    await page.locator('[data-role="assistant"]').first().waitFor({ timeout: 60_000 });
    return page;
  };
  /** Resolves when the page has sent the reading position. It does so when nobody has scrolled for half a second. */
  const restsThere = (page: Frame) =>
    page.locator('.timeline').evaluate(
      (scroller) =>
        new Promise<void>((resolve) => {
          let timer: ReturnType<typeof setTimeout>;
          const rests = (): void => {
            clearTimeout(timer);
            // After two frames, the page's half second has started. This one starts later, so it ends later.
            requestAnimationFrame(() =>
              requestAnimationFrame(() => {
                clearTimeout(timer);
                // eslint-disable-next-line tests/no-fixed-wait -- the page's own pause, begun later; each scroll begins both anew
                timer = setTimeout(resolve, 500);
              }),
            );
          };
          scroller.addEventListener('scroll', rests);
          rests();
        }),
    );
  const closeTab = () => runCommand(vscode.page, 'View: Close Editor');

  it('finds what is folded, and VS Code leaves the keys to the page', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    await expandRow(vscode.page, 'Backtest Agent');
    await expandRow(vscode.page, 'Momentum on QQQ and GLD');
    const page = await opened('Completed');
    await page.locator('.timeline').click({ position: { x: 5, y: 5 } });
    await vscode.page.keyboard.press('Control+f');
    await vscode.page.keyboard.type('class ');
    await expect.poll(() => page.locator('.find-count').innerText(), { timeout: 60_000 }).toMatch(/^\d+ of \d+$/);
    await expect.poll(() => page.locator('details.tool[open]').count()).toBeGreaterThan(0);
    expect(await vscode.page.locator('.editor-widget.find-widget.visible, .webview-find-widget.visible').count()).toBe(
      0,
    );
    await vscode.stepInThemes('find');
    await page.locator('.find input').press('Escape');
    await expect.poll(() => page.locator('.find').isVisible()).toBe(false);
  });

  it('lists the files of the conversation, and shows what a version changed', async () => {
    const page = await webviewFrame(vscode.page, 'main');
    await page.getByRole('button', { name: /^Files/ }).click();
    await page.locator('.files-panel .written-file').first().waitFor();
    await vscode.stepInThemes('files');
    await page.locator('.files-panel [data-action="diff"]').first().click();
    await editorTab(vscode.page, /main\.py \(version \d+ ↔ version \d+\)/).waitFor({
      timeout: 60_000,
    });
    await vscode.page.locator('.monaco-diff-editor .line-insert').first().waitFor({ timeout: 60_000 });
    await closeTab();
  });

  it('opens where the reader was, when its tab was closed and is opened again', async () => {
    const page = await opened('Completed');
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = 400;
    });
    await restsThere(page);
    const line = (frame: Frame) =>
      frame.evaluate(() => {
        const { top } = document.querySelector('.timeline')!.getBoundingClientRect();
        const seen = [...document.querySelectorAll('.part')].find((part) => part.getBoundingClientRect().top >= top);
        return { text: seen?.textContent.slice(0, 60), y: Math.round((seen?.getBoundingClientRect().top ?? 0) - top) };
      });
    const before = await line(page);
    await closeTab();
    await expect.poll(() => vscode.page.locator('.editor-group-container iframe.webview').count()).toBe(0);
    const again = await opened('Completed');
    await expect.poll(async () => (await line(again)).text, { timeout: 60_000 }).toBe(before.text);
    expect(Math.abs((await line(again)).y - before.y)).toBeLessThanOrEqual(2);
  });

  it('queues a prompt while the run is busy, and gives it back', async () => {
    await expandRow(vscode.page, 'Walk-forward: sector momentum');
    const page = await opened('Running', 'Walk-forward: sector momentum');
    await runCommand(vscode.page, 'QuantConnect Agents: Send Prompt');
    await page.locator('textarea:focus').waitFor({ timeout: 60_000 });
    await vscode.page.keyboard.type('Then try it on bonds.');
    await vscode.page.keyboard.press('Alt+Enter');
    await page.getByText('Sent when the run is done').waitFor({ timeout: 60_000 });
    await vscode.stepInThemes('queued');
    await page.getByRole('button', { name: 'Take Back' }).click();
    await expect
      .poll(() => page.locator('textarea').first().inputValue(), { timeout: 60_000 })
      .toBe('Then try it on bonds.');
    expect(await page.locator('.message.pending').count()).toBe(0);
  });

  it('tells how long a call took that it was watched through, and still does after a reload', async () => {
    const page = await opened('Completed');
    /** For each call with a time: its name, what is shown and what a screen reader says. */
    const told = (frame: Frame) =>
      frame.locator('.took[data-state="told"]').evaluateAll((all) =>
        all.flatMap((took) => {
          const call = took.closest('details.tool')?.querySelector('summary')?.textContent;
          return call === undefined
            ? []
            : [
                {
                  call,
                  shown: took.querySelector('[aria-hidden]')?.textContent,
                  said: took.querySelector('.visually-hidden')?.textContent,
                },
              ];
        }),
      );
    await runCommand(vscode.page, 'QuantConnect Agents: Send Prompt');
    await page.locator('textarea:focus').waitFor({ timeout: 60_000 });
    await vscode.page.keyboard.type('Add a trailing stop and backtest again.');
    await vscode.page.keyboard.press('Enter');
    // The end of the run can arrive before its last messages. The backtest is the last call of this answer. Once it is
    // done, all times have arrived.
    await page
      .locator('details.tool > summary', { hasText: 'Done: Backtest “With a trailing stop”' })
      .waitFor({ timeout: 120_000 });
    await expect.poll(() => page.getByRole('button', { name: 'Stop' }).isVisible(), { timeout: 60_000 }).toBe(false);
    await expect.poll(async () => (await told(page)).length, { timeout: 60_000 }).toBeGreaterThan(0);
    const before = await told(page);
    expect(before.at(-1)).toMatchObject({
      shown: expect.stringMatching(/^~(\d+ m ?)?(\d+ s)?$/) as string,
      said: expect.stringMatching(/^took about \d/) as string,
    });
    await vscode.step('watched');
    // Closing the panel saves the times. The next panel shows them, before and after a reload.
    await closeTab();
    await expect.poll(() => vscode.page.locator('.editor-group-container iframe.webview').count()).toBe(0);
    const again = await opened('Completed');
    await expect.poll(() => told(again), { timeout: 60_000 }).toEqual(before);
    await vscode.reload();
    await expect.poll(async () => told(await webviewFrame(vscode.page, 'main')), { timeout: 60_000 }).toEqual(before);
    await vscode.step('watched, after a reload');
  });

  it('has asked no other host for anything', () => {
    expect(vscode.external).toEqual([]);
  });
});
