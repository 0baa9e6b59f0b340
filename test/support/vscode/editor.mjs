// @ts-check
// Text editors.
import { persistently, quickInput } from './quickInput.mjs';

/** @import { Page } from 'playwright-core' */

/**
 * The tab of an open editor with this in its title.
 * @param {Page} page
 * @param {string | RegExp} title
 */
export const editorTab = (page, title) =>
  page.locator('.editor-group-container').getByRole('tab', { name: title }).first();

/**
 * Opens a file of the workspace with quick open, and waits for its tab.
 * @param {Page} page
 * @param {string} name the file's name or path inside the workspace
 */
export async function openFile(page, name) {
  const title = /** @type {string} */ (name.split('/').at(-1));
  const row = quickInput(page).locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  await persistently(page, async () => {
    // the search for files may not be up yet
    await page.keyboard.press('Control+p');
    await quickInput(page).locator('input.input').first().fill(name, { timeout: 3000 });
    await row.click({ timeout: 3000 });
  });
  await editorTab(page, title).waitFor();
  await activeEditor(page).locator('.view-line').first().waitFor();
}

/** The text editor in the active group. @param {Page} page */
export const activeEditor = (page) =>
  page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();

/** Puts the keyboard focus into the active text editor. @param {Page} page */
export async function focusEditor(page) {
  await activeEditor(page).locator('.view-lines').click();
}

/**
 * Types at the cursor all at once, so that no suggestion and no closing bracket appears in between.
 * @param {Page} page
 * @param {string} text
 */
export async function typeInEditor(page, text) {
  await page.keyboard.insertText(text);
}

/**
 * Replaces everything in the active text editor. It needs `editor.acceptSuggestionOnEnter: off`; otherwise Enter can
 * accept a suggestion.
 * @param {Page} page
 * @param {string} text
 */
export async function replaceEditorText(page, text) {
  await focusEditor(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // Line by line, from column 1: VS Code indents a new line like the line before.
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (index > 0) {
      await page.keyboard.press('Enter');
      await page.keyboard.press('Shift+Home');
      await page.keyboard.press('Shift+Home');
    }
    if (line !== '') await page.keyboard.insertText(line);
    else if (index > 0) await page.keyboard.press('Delete');
  }
}

/**
 * The lines that the active text editor shows. VS Code draws only the visible ones.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function visibleEditorLines(page) {
  const lines = await activeEditor(page)
    .locator('.view-line')
    .evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: Number.parseFloat(/** @type {any} */ (element).style.top),
          text: element.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top),
    );
  return lines.map(({ text }) => text.replaceAll('\u00a0', ' '));
}

/**
 * Asks for a save that must be refused. `saveEditor` is for those that succeed.
 * @param {Page} page
 */
export async function tryToSaveEditor(page) {
  await page.keyboard.press('Control+s');
}

/**
 * Saves the active editor and waits until its tab is no longer marked as changed.
 * @param {Page} page
 */
export async function saveEditor(page) {
  await page.keyboard.press('Control+s');
  await page.locator('.editor-group-container.active .tab.active:not(.dirty)').first().waitFor();
}
