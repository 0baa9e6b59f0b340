import * as vscode from 'vscode';
import { hasEnded } from '../core/api/model';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const stopDeployment: Command = {
  doing: 'stop the deployment',
  async run(services, target) {
    const deployment = await targetDeployment(services, target, 'Stop Deployment', (candidate) => !hasEnded(candidate));
    if (!deployment) return;
    if (await services.conversations.stopIfOpen(deployment.on.deploymentId)) return;
    const after = await inExplorer(() => deployment.session.store.stopDeployment(deployment.on.deploymentId));
    if (after && !hasEnded(after)) await vscode.window.setStatusBarMessage('$(debug-stop) Stop requested', 5000);
  },
};
