// The packaged extension in a VS Code of its own, for end-to-end tests.
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
  /** Names the folder of the test's pictures: `.tmp/e2e-shots/<name>`. */
  name: string;
  /** Signed in to the sandbox from the start (default), or signed out as after a first installation. */
  signedInToSandbox?: boolean;
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  /** Files in the home folder that the extension sees, by path; the folder is empty otherwise. */
  home?: Record<string, string>;
}

export interface InstalledExtension extends Workbench {
  page: Page;
  /** A copy of the example workspace, which is open in VS Code; the test may change it. */
  workspace: string;
  /** Takes a numbered picture of this step. */
  step: (what: string) => Promise<void>;
  /** Takes a numbered picture of this step in the light, the high contrast and the dark theme. */
  stepInThemes: (what: string) => Promise<void>;
  /** Reloads the window, as `Developer: Reload Window` does, and waits for VS Code. */
  reload: () => Promise<void>;
  /** Ends VS Code and removes everything but the pictures. */
  dispose: () => Promise<void>;
}

/** Enter begins a line and never accepts a suggestion: `replaceEditorText` types whole documents. */
const TYPED_AS_GIVEN = { 'editor.acceptSuggestionOnEnter': 'off' };

/**
 * Installs dist/agents-for-quantconnect.vsix into a fresh VS Code and opens the example workspace in it.
 * Call `dispose` in `afterAll`, also when a test failed.
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
      // As a person does it: the browser's own reload can cut off what VS Code is about to write down, such as which
      // editors are open.
      await page.evaluate(() => {
        document.body.dataset['beforeReload'] = 'true';
      });
      await runCommand(page, 'Developer: Reload Window');
      await page.locator('body:not([data-before-reload])').waitFor({ timeout: 60_000 });
      await workbenchReady(page);
    },
    dispose: async () => {
      // what a failed test left on screen
      await page.screenshot({ path: join(pictures, 'end.png') }).catch(() => undefined);
      await workbench.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
