import * as vscode from 'vscode';
import { AgentNode } from '../explorer/nodes/agentNode';
import { TaskNode } from '../explorer/nodes/taskNode';
import type { Command } from './command';
import { rowOf, targetDeployment } from './targets';

export const copyId: Command = {
  doing: 'copy the ID',
  async run(services, target) {
    const row = rowOf(services, target ?? services.explorer.selected);
    const id = row instanceof AgentNode ? String(row.agentId)
      : row instanceof TaskNode ? String(row.taskId)
      : (await targetDeployment(services, row, 'Copy ID'))?.on.deploymentId;
    if (id === undefined) return;
    await vscode.env.clipboard.writeText(id);
    vscode.window.setStatusBarMessage(`$(copy) ${id} copied`, 3000);
  },
};
