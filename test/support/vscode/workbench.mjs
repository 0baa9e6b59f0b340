// @ts-check
// VS Code's workbench in Chromium.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/lib/paths.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Server } from './server.mjs' */

/**
 * @typedef {object} WorkbenchOptions
 * @property {string} [workspace] the folder to open
 * @property {string} [extensionDevelopmentPath] like the flag of the desktop VS Code
 * @property {string} [extensionTestsPath] like the flag of the desktop VS Code
 * @property {string} [profile] a browser profile that keeps secrets and window state from one opening to the next; a
 * fresh one by default
 * @property {{ width: number, height: number }} [viewport]
 * @property {(page: Page) => Promise<void>} [beforeLoad]
 *
 * @typedef {object} Workbench
 * @property {Page} page
 * @property {Server} server
 * @property {string[]} external requests that left for another host: an extension that phones home shows here
 * @property {() => Promise<void>} close
 */

/**
 * Starts Chromium without its features for people.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function launchChromium() {
  return chromium.launch(launchOptions());
}

function launchOptions() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium on PATH and none named in CHROMIUM.');
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return { executablePath, headless: true, args };
}

/**
 * Opens the workbench and waits until it shows its status bar.
 * @param {Server} server
 * @param {WorkbenchOptions} [options]
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench(
  server,
  {
    workspace,
    extensionDevelopmentPath,
    extensionTestsPath,
    profile,
    viewport = { width: 1280, height: 800 },
    beforeLoad,
  } = {},
) {
  const browser = profile === undefined ? await launchChromium() : undefined;
  const context = browser
    ? await browser.newContext({ viewport })
    : await chromium.launchPersistentContext(profile ?? '', { ...launchOptions(), viewport });
  const close = () => (browser ? browser.close() : context.close());
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    /** @type {string[]} */
    const external = [];
    context.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && host !== server.host && !host.endsWith('.vscode-resource.vscode-cdn.net'))
        external.push(request.url());
    });
    await context.addInitScript(configureWorkbench, {
      ...(extensionDevelopmentPath === undefined ? {} : { extensions: [remoteUri(server, extensionDevelopmentPath)] }),
      ...(extensionTestsPath === undefined ? {} : { extensionTestsPath: remoteUri(server, extensionTestsPath) }),
    });
    await beforeLoad?.(page);
    const query = new URLSearchParams(
      workspace === undefined ? { ew: 'true' } : { folder: fs.realpathSync(workspace) },
    );
    await page.goto(`${server.base}/?${query}`);
    await workbenchReady(page);
    return { page, server, external, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Resolves when the workbench shows its status bar, after opening and after a reload.
 * @param {Page} page
 */
export async function workbenchReady(page) {
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
}

/** @param {Server} server @param {string} file */
function remoteUri(server, file) {
  return { scheme: 'vscode-remote', authority: server.host, path: path.resolve(file) };
}

/**
 * Runs in the page before VS Code reads its configuration. The URL's `payload` would need VS Code's smoke-test driver,
 * which hides notifications. Replacing the page with `route.fulfill` makes Chromium block its WebSocket to 127.0.0.1.
 * @param {Record<string, unknown>} developmentOptions
 */
function configureWorkbench(developmentOptions) {
  const { document } = /** @type {any} */ (globalThis);
  document.addEventListener('readystatechange', () => {
    const element = document.getElementById('vscode-workbench-web-configuration');
    if (document.readyState !== 'interactive' || !element) return;
    const configuration = JSON.parse(element.dataset.settings);
    configuration.developmentOptions = { ...configuration.developmentOptions, ...developmentOptions };
    delete configuration.productConfiguration.serviceWorker; // code-server's own: makes the first webview load twice, 2 s slower
    element.dataset.settings = JSON.stringify(configuration);
  });
}
