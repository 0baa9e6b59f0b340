import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMAND_IDS, qualified } from '../../src/core/commandIds';

suite('what the manifest promises', () => {
  suiteSetup(async () => {
    await vscode.extensions.getExtension('quant-agents.agents-for-quantconnect')?.activate();
  });

  test('has a handler for every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      COMMAND_IDS.map(qualified).filter((id) => !registered.includes(id)),
      [],
    );
  });

  test('has the Agents view', async () => {
    await vscode.commands.executeCommand('quantAgents.explorer.focus');
  });

  test('keeps a workspace from choosing where requests go', async () => {
    const settings = vscode.workspace.getConfiguration('quantAgents');
    assert.equal(settings.get('apiBaseUrl'), 'https://www.quantconnect.com/api/v2');
    await assert.rejects(async () =>
      settings.update('apiBaseUrl', 'http://127.0.0.1:1/', vscode.ConfigurationTarget.Workspace),
    );
    assert.equal(settings.inspect('apiBaseUrl')?.workspaceValue, undefined);
  });
});
