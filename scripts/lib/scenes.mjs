// @ts-check
// The scenes of the pictures in the documentation.
import fs from 'node:fs';
import path from 'node:path';
import { openViewContainer, openWorkbench, shootInThemes, startServer, treeRow } from '../../test/support/vscode/index.mjs';
import { root, scratch, vsix } from './paths.mjs';
import { Problem, step } from './steps.mjs';

/** @import { Page } from 'playwright-core' */
/**
 * @typedef {object} Scene
 * @property {string} name
 * @property {boolean} signedIn to the sandbox
 * @property {(page: Page) => Promise<void>} show brings VS Code to where the picture is taken; each scene begins in a fresh VS Code
 */

/** @type {readonly Scene[]} */
const SCENES = [
  {
    name: 'welcome',
    signedIn: false,
    show: async (page) => {
      await openViewContainer(page, 'QuantConnect Agents');
      await page.locator('.welcome-view-content .monaco-button', { hasText: 'Try the Sandbox' }).waitFor();
    },
  },
  {
    name: 'agents',
    signedIn: true,
    show: async (page) => {
      await openViewContainer(page, 'QuantConnect Agents');
      await treeRow(page, /Agent/).waitFor();
    },
  },
];

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
async function shoot({ name, signedIn, show }) {
  const workspace = path.join(scratch, 'screenshots', 'quant-research');
  fs.rmSync(workspace, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'examples/workspace'), workspace, { recursive: true });
  const server = await startServer({ vsix: [vsix], env: signedIn ? { QUANT_AGENTS_SANDBOX: '1' } : {} });
  try {
    const { page, close } = await openWorkbench(server, { workspace, viewport: { width: 1280, height: 800 } });
    try {
      await show(page);
      await shootInThemes(page, path.join(root, 'docs/screenshots'), name);
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}
