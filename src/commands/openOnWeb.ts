import * as vscode from 'vscode';
import { deploymentPage } from '../core/organization/webPages';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const openOnWeb: Command = {
  doing: 'open the page on QuantConnect',
  async run(services, target) {
    const deployment = await targetDeployment(services, target, 'Open on QuantConnect');
    if (!deployment) return;
    if (deployment.session.account.kind === 'sandbox') {
      await vscode.window.showInformationMessage('The sandbox is simulated and has no pages on QuantConnect.');
      return;
    }
    await vscode.env.openExternal(vscode.Uri.parse(deploymentPage(deployment.session.organization.id, deployment.on.deploymentId)));
  },
};
