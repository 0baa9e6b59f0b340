// @ts-check
// Notifications and modal dialogs.

/** @import { Page } from 'playwright-core' */

/**
 * A notification with this text.
 * @param {Page} page
 * @param {string | RegExp} text
 */
export const toast = (page, text) =>
  page.locator('.notification-toast .notification-list-item', { hasText: text }).first();

/** Removes every notification, seen or not. @param {Page} page */
export async function clearToasts(page) {
  for (const close of await page.locator('.notification-toast').all()) {
    await close.hover();
    await close.locator('.codicon-notifications-clear').click();
  }
}

/**
 * The open modal dialog.
 * @param {Page} page
 */
export const dialog = (page) => page.locator('.monaco-dialog-box');

/**
 * A button of the modal dialog. VS Code adds Cancel by itself.
 * @param {Page} page
 * @param {string} label
 */
export const dialogButton = (page, label) =>
  dialog(page).locator('.dialog-buttons .monaco-button', { hasText: new RegExp(`^\\s*${label}\\s*$`) });
