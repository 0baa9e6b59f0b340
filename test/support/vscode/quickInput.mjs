// @ts-check
// The command palette, quick picks and input boxes: one widget in VS Code.

/** @import { Page } from 'playwright-core' */
/** @import { Locator } from 'playwright-core' */

/** @param {Page} page @returns {Locator} */
export const quickInput = (page) => page.locator('.quick-input-widget');

/** @param {Page} page @returns {Locator} */
const field = (page) => quickInput(page).locator('input.input').first();

/**
 * The rows of the open quick pick with this text.
 * @param {Page} page
 * @param {string | RegExp} text
 */
export const pickRow = (page, text) =>
  quickInput(page).locator('.quick-input-list .monaco-list-row', { hasText: text });

/**
 * Runs a command from the palette, as `Category: Title`. The palette makes its list when it opens, so a command that is
 * added later needs another try.
 * @param {Page} page
 * @param {string} label
 */
export async function runCommand(page, label) {
  const name = page.locator('.label-name', { hasText: new RegExp(`^${escaped(label)}$`) });
  const row = quickInput(page).locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  await persistently(page, async () => {
    await searchPalette(page, label);
    await row.click({ timeout: 2000 });
  });
}

/** @param {Page} page @param {string} label */
async function searchPalette(page, label) {
  await page.keyboard.press('F1');
  await field(page).fill(`>${label}`, { timeout: 2000 });
}

/**
 * Tries again for a minute, because whatever takes the focus closes the quick input: VS Code while it starts, or a
 * webview that opens.
 * @param {Page} page
 * @param {() => Promise<void>} attempt each of its waits should be short
 */
export async function persistently(page, attempt) {
  for (const end = Date.now() + 60_000; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/**
 * Chooses a row of the quick pick that is open or about to open.
 * @param {Page} page
 * @param {string | RegExp} text
 * @param {{ typing?: boolean }} [options] typing: filter by the text first, as a person does in a long list
 */
export async function pickItem(page, text, { typing = false } = {}) {
  const row = pickRow(page, text).first();
  if (typing && typeof text === 'string') {
    await field(page).waitFor();
    await field(page).fill(text);
  }
  await row.click({ timeout: 60_000 });
}

/**
 * Types into the input box that is open or about to open and accepts it.
 * @param {Page} page
 * @param {string} text
 * @param {{ title?: string | RegExp, accept?: boolean }} [options] title: waits for the box with this in its title,
 * prompt or placeholder; accept: press Enter (default)
 */
export async function typeInput(page, text, { title, accept = true } = {}) {
  await quickInputSaying(page, title);
  await field(page).fill(text);
  if (accept) await page.keyboard.press('Enter');
}

/**
 * Resolves when the quick input is open with this in its title, prompt or placeholder.
 * @param {Page} page
 * @param {string | RegExp} [text]
 */
export async function quickInputSaying(page, text) {
  await field(page).waitFor({ timeout: 60_000 });
  if (text === undefined) return;
  const placeholder =
    typeof text === 'string' ? `input[placeholder*="${text.replaceAll('"', '\\"')}"]` : 'input:not([placeholder=""])';
  const said = quickInput(page)
    .filter({ hasText: text })
    .or(quickInput(page).filter({ has: page.locator(placeholder) }));
  await said.first().waitFor({ timeout: 60_000 });
}

/**
 * The problem that the input box shows.
 * @param {Page} page
 */
export const inputProblem = (page) => quickInput(page).locator('.quick-input-message');

/** Resolves when no quick input is open. @param {Page} page */
export async function quickInputClosed(page) {
  await quickInput(page).waitFor({ state: 'hidden' });
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
