// The packaged extension in a separate VS Code, for end-to-end tests.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { root, scratch, vsix } from '../../../scripts/lib/paths.mjs';
import {
  openWorkbench,
  runCommand,
  shootInThemes,
  startServer,
  workbenchReady,
  type Workbench,
} from '../../support/vscode/index.mjs';

export interface InstalledOptions {
  /** The folder of the test's pictures: `.tmp/e2e-shots/<name>`. */
  name: string;
  /** Signed in to the sandbox (default), or signed out as after a first installation. */
  signedInToSandbox?: boolean;
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  /** Files in the extension's home folder, by path. Otherwise that folder is empty. */
  home?: Record<string, string>;
}

export interface InstalledExtension extends Workbench {
  page: Page;
  /** The copy of the example workspace that is open in VS Code. The test may change it. */
  workspace: string;
  /** Takes a numbered picture of this step. */
  step: (what: string) => Promise<void>;
  /** Takes a numbered picture of this step in the light, the high-contrast and the dark theme. */
  stepInThemes: (what: string) => Promise<void>;
  /** Reloads the window, as `Developer: Reload Window` does, and waits for VS Code. */
  reload: () => Promise<void>;
  /** Ends VS Code and removes everything but the pictures. */
  dispose: () => Promise<void>;
}

/** Enter starts a line and never accepts a suggestion, because `replaceEditorText` types whole documents. */
const TYPED_AS_GIVEN = { 'editor.acceptSuggestionOnEnter': 'off' };

/**
 * Installs dist/agents-for-quantconnect.vsix in a new VS Code and opens the example workspace. Call `dispose` in
 * `afterAll`, also after a failed test.
 */
export async function installedExtension({
  name,
  signedInToSandbox = true,
  settings = {},
  env = {},
  home = {},
}: InstalledOptions): Promise<InstalledExtension> {
  if (!existsSync(vsix)) throw new Error('There is no packaged extension: run `npm run package` first.');
  const pictures = join(scratch, 'e2e-shots', name);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'e2e-'));
  const workspace = join(folder, 'workspace');
  cpSync(join(root, 'examples/workspace'), workspace, { recursive: true });

  const homeFolder = join(folder, 'home');
  mkdirSync(homeFolder);
  for (const [file, text] of Object.entries(home)) {
    mkdirSync(dirname(join(homeFolder, file)), { recursive: true });
    writeFileSync(join(homeFolder, file), text);
  }

  const server = await startServer({
    vsix: [vsix],
    home: homeFolder,
    settings: { ...TYPED_AS_GIVEN, ...settings },
    env: { ...(signedInToSandbox ? { QUANT_AGENTS_SANDBOX: '1' } : {}), ...env },
  });
  const workbench = await openWorkbench(server, { workspace }).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const { page } = workbench;
  let steps = 0;
  const numbered = (what: string): string => `${String(++steps).padStart(2, '0')}-${what.replace(/\W+/g, '-')}`;
  return {
    ...workbench,
    workspace,
    step: async (what) => {
      await page.screenshot({ path: join(pictures, `${numbered(what)}.png`) });
    },
    stepInThemes: async (what) => {
      await shootInThemes(page, pictures, numbered(what));
    },
    reload: async () => {
      // As a person does. The browser's own reload can cut off what VS Code is about to store, such as which editors
      // are open.
      await page.evaluate(() => {
        document.body.dataset['beforeReload'] = 'true';
      });
      await runCommand(page, 'Developer: Reload Window');
      await page.locator('body:not([data-before-reload])').waitFor({ timeout: 60_000 });
      await workbenchReady(page);
    },
    dispose: async () => {
      // the screen after a failed test
      await page.screenshot({ path: join(pictures, 'end.png') }).catch(() => undefined);
      await workbench.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
