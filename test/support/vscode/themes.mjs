// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { pickItem, quickInputClosed, quickInputSaying, runCommand } from './quickInput.mjs';
import { webviewsInTheme } from './webview.mjs';

/** @import { Page } from 'playwright-core' */
/** @typedef {keyof typeof THEMES} Theme */

/** The theme's name in VS Code, VS Code's class on the workbench, and its class on the body of a webview. */
const THEMES = Object.freeze({
  dark: { name: 'Dark Modern', workbench: 'vs-dark', webview: 'vscode-dark' },
  light: { name: 'Light Modern', workbench: 'vs', webview: 'vscode-light' },
  'high-contrast': { name: 'Dark High Contrast', workbench: 'hc-black', webview: 'vscode-high-contrast' },
  'high-contrast-light': { name: 'Light High Contrast', workbench: 'hc-light', webview: 'vscode-high-contrast-light' },
});

/**
 * Switches the theme as a person does, and waits until workbench and webviews show it. Closes an open quick input.
 * (Changing the settings file does not work: VS Code in the browser reads it only when the page loads.)
 * @param {Page} page
 * @param {Theme} theme
 */
async function setTheme(page, theme) {
  const { name, workbench, webview } = THEMES[theme];
  const shown = page.locator(`.monaco-workbench.${workbench}`);
  if ((await shown.count()) > 0) return;
  await runCommand(page, 'Preferences: Color Theme');
  await quickInputSaying(page, /Select Color Theme/);
  await pickItem(page, name, { typing: true });
  await quickInputClosed(page);
  await shown.waitFor({ timeout: 60_000 });
  await webviewsInTheme(page, webview);
}

/**
 * Takes one picture for each theme: `<folder>/<name>-<theme>.png`. The last theme stays on. Closes an open quick input,
 * unless there is only one theme.
 * @param {Page} page
 * @param {string} folder
 * @param {string} name
 * @param {readonly Theme[]} [themes]
 */
export async function shootInThemes(page, folder, name, themes = ['light', 'high-contrast', 'dark']) {
  fs.mkdirSync(folder, { recursive: true });
  for (const theme of themes) {
    await setTheme(page, theme);
    await page.mouse.move(0, 0); // no hover in the picture
    await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`), animations: 'disabled', caret: 'hide' });
  }
}
