// @ts-check
// The scenes of the pictures in the documentation.
import fs from 'node:fs';
import path from 'node:path';
import {
  clearToasts, editorTab, expandRow, focusEditor, openFile, openViewContainer, openWorkbench, pressRowButton, shootInThemes, startServer, treeRow, webviewFrame,
} from '../../test/support/vscode/index.mjs';
import { root, scratch, vsix } from './paths.mjs';
import { Problem, step } from './steps.mjs';

/** @import { Frame, Page } from 'playwright-core' */
/**
 * @typedef {object} Scene
 * @property {string} name
 * @property {boolean} signedIn to the sandbox
 * @property {number} sideBar its width in pixels
 * @property {(page: Page) => Promise<void>} show brings VS Code to where the picture is taken; each scene begins in a fresh VS Code
 */

const VIEWPORT = { width: 1400, height: 860 };

/** Quieter than VS Code as it comes: nothing in the pictures but what they are about. */
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
    sideBar: 330,
    show: async (page) => {
      await openViewContainer(page, 'QuantConnect Agents');
      await page.locator('.welcome-view-content .monaco-button', { hasText: 'Try the Sandbox' }).waitFor();
    },
  },
  {
    name: 'agents',
    signedIn: true,
    sideBar: 480,
    show: async (page) => {
      await showAgents(page);
      await expandRow(page, 'Backtest Agent');
      await expandRow(page, 'Momentum on QQQ and GLD');
      await deployment(page, /./).waitFor();
    },
  },
  {
    name: 'conversation',
    signedIn: true,
    sideBar: 400,
    show: async (page) => {
      await showAgents(page);
      await expandRow(page, 'Backtest Agent');
      await expandRow(page, 'Momentum on QQQ and GLD');
      const conversation = await openedConversation(page, deployment(page, 'Completed').last());
      const table = conversation.locator('[data-role="assistant"] table').first();
      await table.waitFor();
      await table.evaluate((element) => { element.scrollIntoView({ block: 'center' }); });
    },
  },
  {
    name: 'conversation-live',
    signedIn: true,
    sideBar: 400,
    show: async (page) => {
      await showAgents(page);
      await expandRow(page, 'Backtest Agent');
      await expandRow(page, 'Walk-forward: sector momentum');
      const conversation = await openedConversation(page, deployment(page, 'Running'));
      await conversation.locator('.part.tool').nth(3).waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'prompt-file',
    signedIn: true,
    sideBar: 300,
    show: async (page) => {
      await showAgents(page);
      await openFile(page, 'momentum-qqq.prompt.md');
      await focusEditor(page);
      await page.keyboard.press('Control+Alt+Enter');
      const conversation = await webviewFrame(page, 'main');
      await conversation.locator('.part.tool').nth(1).waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'agent-document',
    signedIn: true,
    sideBar: 330,
    show: async (page) => {
      await showAgents(page);
      await pressRowButton(page, 'Backtest Agent', 'Edit Agent');
      await editorTab(page, /^Backtest/).waitFor();
      await focusEditor(page);
    },
  },
];

/** @param {Page} page */
async function showAgents(page) {
  await openViewContainer(page, 'QuantConnect Agents');
  await treeRow(page, 'Backtest Agent').waitFor({ timeout: 30_000 });
}

/**
 * Rows of deployments that say this, in order.
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
 * Takes the pictures of all scenes, or of those named.
 * @param {readonly string[]} wanted
 */
export async function takeScreenshots(wanted) {
  const unknown = wanted.filter((name) => !SCENES.some((scene) => scene.name === name));
  if (unknown.length > 0) throw new Problem(`No such scene: ${unknown.join(', ')}. There are ${SCENES.map(({ name }) => name).join(', ')}.`);
  for (const scene of SCENES) {
    if (wanted.length === 0 || wanted.includes(scene.name)) await step(`Scene ${scene.name}`, () => shoot(scene));
  }
}

/** @param {Scene} scene */
async function shoot({ name, signedIn, sideBar, show }) {
  const workspace = path.join(scratch, 'screenshots', 'quant-research');
  fs.rmSync(workspace, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'examples/workspace'), workspace, { recursive: true });
  const server = await startServer({ vsix: [vsix], settings: SETTINGS, env: signedIn ? { QUANT_AGENTS_SANDBOX: '1' } : {} });
  try {
    const { page, close } = await openWorkbench(server, { workspace, viewport: VIEWPORT });
    try {
      await setSideBarWidth(page, sideBar);
      await show(page);
      await clearToasts(page);
      await shootInThemes(page, path.join(root, 'docs/screenshots'), name);
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
