import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openViewContainer } from '../support/vscode/index.mjs';
import { installedExtension, type InstalledExtension } from './support/installed';

describe('after installing the extension, signed out', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'first-look', signedInToSandbox: false });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('shows what it is and the ways in', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    const welcome = vscode.page.locator('.sidebar .welcome-view-content');
    await welcome.getByText("Run QuantConnect's AI agents from the editor").waitFor();
    for (const way of ['Sign In', 'Try the Sandbox'])
      await welcome.locator('.monaco-button', { hasText: way }).waitFor();
    await vscode.stepInThemes('signed out');
  });

  it('has asked no other host for anything', () => {
    expect(vscode.external).toEqual([]);
  });
});

describe('with the sandbox', () => {
  let vscode: InstalledExtension;
  beforeAll(async () => {
    vscode = await installedExtension({ name: 'agents-view' });
  });
  afterAll(async () => {
    await vscode?.dispose();
  });

  it('shows agents in the Agents view', async () => {
    await openViewContainer(vscode.page, 'QuantConnect Agents');
    const rows = vscode.page.locator('.sidebar .monaco-list-row');
    await rows.first().waitFor();
    expect(await rows.count()).toBeGreaterThan(1);
    await vscode.stepInThemes('agents');
  });
});
