import * as vscode from 'vscode';
import { askForName, askForText } from '../ui/inputs';
import { createTaskCarefully } from '../ui/sendTasks';
import type { Command } from './command';
import { targetAgent } from './targets';

export const createTask: Command = {
  doing: 'create the task',
  async run(services, target) {
    const agent = await targetAgent(services, target, 'Create Task: for which agent?');
    if (!agent) return;
    const title = `Create Task for ${agent.on.name}`;
    const name = await askForName({ title, prompt: 'Name of the task' });
    if (name === undefined) return;
    let opensEditor = false;
    const prompt = await askForText({
      title,
      prompt: 'What the agent shall do. For more than a line, write it in an editor.',
      placeholder: 'e.g. Build a momentum strategy on QQQ with monthly rebalancing',
      buttons: [{
        iconPath: new vscode.ThemeIcon('edit'),
        tooltip: 'Write the Prompt in an Editor',
        run: async () => {
          opensEditor = true;
          await services.promptFiles.openNew({ agent: agent.on, task: name });
        },
      }],
      check: (text) => Promise.resolve(text.trim() === '' ? 'A task needs a prompt.' : undefined),
    });
    if (prompt === undefined || opensEditor) return;
    const projectPreference = await services.pickers.pickProjectPreference({ title });
    if (projectPreference === undefined) return;
    const task = await createTaskCarefully(agent.session, { agentId: agent.on.id, taskName: name, prompt: prompt.trim(), project: projectPreference });
    if (task) await services.explorer.reveal(task);
  },
};
