import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, scratch, vsix } from '../../scripts/lib/paths.mjs';
import {
  expandRow,
  openViewContainer,
  openWorkbench,
  runCommand,
  startServer,
  treeRow,
  treeTexts,
  workbenchReady,
  type Server,
  type Workbench,
} from '../support/vscode/index.mjs';
import { packOlderVersion, STORED } from './support/olderVersion';

describe('After an update from 0.1.0, in VS Code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'update-'));
  const workspace = join(folder, 'workspace');
  const kept = { folder: join(folder, 'server'), home: join(folder, 'home') };
  let server: Server | undefined;
  let workbench: Workbench | undefined;

  /** Starts VS Code with the same profile and address, where VS Code in a browser keeps secrets and state. */
  async function start(extension: string, port?: number): Promise<{ server: Server; workbench: Workbench }> {
    // The QuantConnect accounts belong to another address, so their invented tokens are never sent.
    const settings = { 'quantAgents.apiBaseUrl': 'http://127.0.0.1:9/api/v2' };
    const started = await startServer({
      ...kept,
      settings,
      vsix: [extension],
      ...(port === undefined ? {} : { port }),
    });
    server = started;
    workbench = await openWorkbench(started, { workspace, profile: join(folder, 'profile') });
    return { server: started, workbench };
  }

  async function end(): Promise<void> {
    await workbench?.close();
    await server?.stop();
    workbench = undefined;
    server = undefined;
  }

  beforeAll(async () => {
    cpSync(join(root, 'examples/workspace'), workspace, { recursive: true });
    for (const made of [kept.folder, kept.home]) mkdirSync(made);
    const older = await packOlderVersion(join(folder, 'older'), 'state-0.1.0');
    const first = await start(older);
    const { page } = first.workbench;
    await page.locator('.statusbar').getByText(STORED).waitFor({ timeout: 60_000 });
    // VS Code stores its state when a window reloads.
    await page.evaluate(() => {
      document.body.dataset['beforeReload'] = 'true';
    });
    await runCommand(page, 'Developer: Reload Window');
    await page.locator('body:not([data-before-reload])').waitFor({ timeout: 60_000 });
    await workbenchReady(page);
    await page.locator('.statusbar').getByText(STORED).waitFor({ timeout: 60_000 });
    const port = Number(first.server.host.split(':')[1]);
    await end();
    await start(vsix, port);
  });
  afterAll(async () => {
    await workbench?.page.screenshot({ path: join(scratch, 'e2e-shots', 'update.png') }).catch(() => undefined);
    await end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the user is signed in, and the sandbox is as it was', async () => {
    const { page } = workbench!;
    await openViewContainer(page, 'QuantConnect Agents');
    await treeRow(page, 'Kept Agent').waitFor({ timeout: 60_000 });
    await expandRow(page, 'Kept Agent');
    await expandRow(page, 'Kept task');
    expect((await treeTexts(page)).some((text) => text.startsWith('Kept task'))).toBe(true);
  });
});
