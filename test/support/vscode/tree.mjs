// @ts-check
// A view's tree, as a person sees it: rows by their label.

import { until } from '../poll.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Locator } from 'playwright-core' */

/**
 * Opens a view container with its button in the activity bar, if it is not open.
 * @param {Page} page
 * @param {string} title
 */
export async function openViewContainer(page, title) {
  const button = page
    .locator('.activitybar .action-item')
    .filter({ has: page.locator(`.action-label[aria-label^="${title}"]`) });
  await button.waitFor({ timeout: 60_000 });
  if (!(await button.getAttribute('class'))?.includes('checked')) await button.click();
  await page.locator('.sidebar .composite.title h2', { hasText: new RegExp(title, 'i') }).waitFor();
}

/**
 * The rows of the side bar's trees with this label (a text: exactly; a pattern: as it matches). The description does
 * not count.
 * @param {Page} page
 * @param {string | RegExp} label
 * @returns {Locator}
 */
export function treeRow(page, label) {
  const name = page.locator('.monaco-icon-name-container', {
    hasText: typeof label === 'string' ? exactly(label) : label,
  });
  return page.locator('.sidebar .monaco-list-row').filter({ has: name }).first();
}

/**
 * Label and description of every visible row, in order.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export function treeTexts(page) {
  return page.locator('.sidebar .monaco-list-row .monaco-icon-label-container').allInnerTexts();
}

/** @param {Page} page @param {string | RegExp} label */
export async function expandRow(page, label) {
  await toggle(page, label, 'true');
}

/** @param {Page} page @param {string | RegExp} label */
export async function collapseRow(page, label) {
  await toggle(page, label, 'false');
}

/**
 * Uses the twistie, because clicking the label would run the row's command.
 * @param {Page} page
 * @param {string | RegExp} label
 * @param {'true' | 'false'} expanded
 */
async function toggle(page, label, expanded) {
  const row = treeRow(page, label);
  await row.waitFor({ timeout: 60_000 });
  if ((await row.getAttribute('aria-expanded')) !== expanded) await row.locator('.monaco-tl-twistie').click();
  await row.and(page.locator(`[aria-expanded="${expanded}"]`)).waitFor({ timeout: 60_000 });
}

/**
 * Presses a row's inline button, which appears under the pointer.
 * @param {Page} page
 * @param {string | RegExp} label
 * @param {string} title the command's title
 */
export async function pressRowButton(page, label, title) {
  const row = treeRow(page, label);
  await row.hover();
  await row.locator(`.actions .action-label[aria-label^="${title}"]`).click();
}

/**
 * Presses a button in the view's title bar.
 * @param {Page} page
 * @param {string} title
 */
export async function pressViewButton(page, title) {
  await page.locator('.sidebar .pane-header, .sidebar .composite.title').first().hover();
  await page.locator(`.sidebar .action-label[aria-label^="${title}"]`).first().click();
}

/**
 * Chooses an entry of a row's context menu.
 * @param {Page} page
 * @param {string | RegExp} label
 * @param {string} entry
 */
export async function chooseInRowMenu(page, label, entry) {
  await treeRow(page, label).click({ button: 'right' });
  const item = page
    .locator('.context-view .monaco-menu .action-item')
    .filter({ has: page.locator('.action-label', { hasText: exactly(entry) }) });
  await item.hover();
  // A menu ignores clicks in its first moments, so that opening it does not choose. It closes once a click counts.
  await until(`the menu takes “${entry}”`, async () => {
    await item.click({ timeout: 1000 }).catch(() => {});
    return item.waitFor({ state: 'hidden', timeout: 1000 }).then(
      () => true,
      () => false,
    );
  });
}

/** @param {string} text */
function exactly(text) {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
