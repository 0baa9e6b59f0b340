// @ts-check
// The scenes of the pictures in the documentation.
import fs from 'node:fs';
import path from 'node:path';
import {
  clearToasts,
  editorTab,
  expandRow,
  focusEditor,
  openFile,
  openViewContainer,
  openWorkbench,
  pressRowButton,
  runCommand,
  shootInThemes,
  startServer,
  treeRow,
  webviewFrame,
} from '../../test/support/vscode/index.mjs';
import { root, scratch, vsix } from './paths.mjs';
import { Problem, step } from './steps.mjs';

/** @import { Frame, Page } from 'playwright-core' */
/**
 * @typedef {object} Scene
 * @property {string} name
 * @property {boolean} signedIn to the sandbox
 * @property {{ width: number, height: number }} viewport
 * @property {number} sideBar its width in pixels
 * @property {readonly import('../../test/support/vscode/themes.mjs').Theme[]} [themes] the last one stays on
 * @property {(page: Page) => Promise<void>} show brings VS Code to where the picture is taken; each scene begins in a
 * fresh VS Code
 */

const WIDE = { width: 1400, height: 860 };
const TALL = { width: 1400, height: 980 };
const LOW = { width: 1400, height: 700 };
const SMALL = { width: 960, height: 620 };

/** @type {readonly import('../../test/support/vscode/themes.mjs').Theme[]} */
const ALL_THEMES = ['light', 'high-contrast-light', 'high-contrast', 'dark'];

/** Turns off what would distract in a picture. */
const SETTINGS = {
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

/** @type {readonly Scene[]} */
const SCENES = [
  {
    name: 'welcome',
    signedIn: false,
    viewport: SMALL,
    sideBar: 330,
    show: async (page) => {
      await openViewContainer(page, 'QuantConnect Agents');
      await page.locator('.welcome-view-content .monaco-button', { hasText: 'Try the Sandbox' }).waitFor();
    },
  },
  {
    name: 'agents',
    signedIn: true,
    viewport: SMALL,
    sideBar: 460,
    show: async (page) => {
      await showAgents(page);
      await expandRow(page, 'Backtest Agent');
      await expandRow(page, 'Momentum on QQQ and GLD');
      await deployment(page, 'Completed').first().waitFor();
    },
  },
  {
    name: 'conversation',
    signedIn: true,
    viewport: TALL,
    sideBar: 400,
    themes: ALL_THEMES,
    show: showRichConversation,
  },
  {
    name: 'conversation-narrow',
    signedIn: true,
    viewport: TALL,
    sideBar: 300,
    themes: ALL_THEMES,
    show: async (page) => {
      await showRichConversation(page);
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      await page.setViewportSize({ width: 460, height: TALL.height });
    },
  },
  {
    name: 'conversation-live',
    signedIn: true,
    viewport: LOW,
    sideBar: 400,
    show: async (page) => {
      await showAgents(page);
      await expandRow(page, 'Backtest Agent');
      await expandRow(page, 'Walk-forward: sector momentum');
      const conversation = await openedConversation(page, deployment(page, 'Running'));
      await conversation.locator('.card > .tool').nth(3).waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'prompt-file',
    signedIn: true,
    viewport: WIDE,
    sideBar: 300,
    show: async (page) => {
      await showAgents(page);
      await openFile(page, 'momentum-qqq.prompt.md');
      await focusEditor(page);
      await page.keyboard.press('Control+Alt+Enter');
      const conversation = await webviewFrame(page, 'main');
      await conversation.locator('.card > .tool').nth(1).waitFor({ timeout: 60_000 });
      // its title then shows the rocket
      await page.locator('.editor-group-container').first().locator('.view-lines').click();
    },
  },
  {
    name: 'agent-document',
    signedIn: true,
    viewport: WIDE,
    sideBar: 330,
    show: async (page) => {
      await showAgents(page);
      await pressRowButton(page, 'Backtest Agent', 'Edit Agent');
      await editorTab(page, /^Backtest/).waitFor();
      await focusEditor(page);
      await page.keyboard.press('Control+Home');
    },
  },
];

/** @param {Page} page */
async function showRichConversation(page) {
  await showAgents(page);
  await expandRow(page, 'Backtest Agent');
  await expandRow(page, 'Momentum on QQQ and GLD');
  const conversation = await openedConversation(page, deployment(page, 'Completed').last());
  await conversation.locator('[data-role="assistant"] table').first().waitFor();
  await scrollToTop(conversation.locator('.card > .tool[data-tone="failed"]').first());
  await conversation.locator('.card > .tool[data-tone="done"] > summary', { hasText: 'Sharpe' }).first().click();
  await conversation.locator('.curve').first().waitFor();
  await page.waitForTimeout(500); // what was drawn late has found its place
}

/** @param {Page} page */
async function showAgents(page) {
  await openViewContainer(page, 'QuantConnect Agents');
  await treeRow(page, 'Backtest Agent').waitFor({ timeout: 30_000 });
}

/**
 * The rows of deployments with this text, in order.
 * @param {Page} page
 * @param {string | RegExp} text
 */
function deployment(page, text) {
  return page.locator('.sidebar .monaco-list-row[aria-level="3"]').filter({ hasText: text });
}

/**
 * @param {Page} page
 * @param {import('playwright-core').Locator} row
 * @returns {Promise<Frame>}
 */
async function openedConversation(page, row) {
  await row.first().click();
  const conversation = await webviewFrame(page, 'main');
  await conversation.locator('[data-role="assistant"]').first().waitFor();
  return conversation;
}

/**
 * Scrolls a conversation until an element is at its top. (`scrollIntoView` would move the page around it as well.)
 * @param {import('playwright-core').Locator} locator
 */
async function scrollToTop(locator) {
  await locator.evaluate((element) => {
    /** @type {any} */
    let scroller = element.parentElement;
    for (let before = scroller?.scrollTop; scroller; scroller = scroller.parentElement, before = scroller?.scrollTop) {
      scroller.scrollTop = before + element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
      if (scroller.scrollTop !== before) return;
    }
  });
}

/**
 * Takes the pictures of all scenes, or of the named ones.
 * @param {readonly string[]} wanted
 */
export async function takeScreenshots(wanted) {
  const unknown = wanted.filter((name) => !SCENES.some((scene) => scene.name === name));
  if (unknown.length > 0)
    throw new Problem(`No such scene: ${unknown.join(', ')}. There are ${SCENES.map(({ name }) => name).join(', ')}.`);
  for (const scene of SCENES) {
    if (wanted.length === 0 || wanted.includes(scene.name)) await step(`Scene ${scene.name}`, () => shoot(scene));
  }
}

/** @param {Scene} scene */
async function shoot({ name, signedIn, viewport, sideBar, themes, show }) {
  const workspace = path.join(scratch, 'screenshots', 'quant-research');
  fs.rmSync(workspace, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'examples/workspace'), workspace, { recursive: true });
  const server = await startServer({
    vsix: [vsix],
    settings: SETTINGS,
    env: signedIn ? { QUANT_AGENTS_SANDBOX: '1' } : {},
  });
  try {
    const { page, close } = await openWorkbench(server, { workspace, viewport });
    try {
      await setSideBarWidth(page, sideBar);
      await show(page);
      await clearToasts(page);
      await shootInThemes(page, path.join(root, 'docs/screenshots'), name, themes);
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}

/** @param {Page} page @param {number} width */
async function setSideBarWidth(page, width) {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('The side bar is not shown.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 4 });
  await page.mouse.up();
}
