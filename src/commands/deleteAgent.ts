import { counted } from '../core/organization/describe';
import { confirmDestruction } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetAgent } from './targets';

export const deleteAgent: Command = {
  doing: 'delete the agent',
  async run(services, target) {
    const agent = await targetAgent(services, target, 'Delete Agent');
    if (!agent) return;
    const { store, organization } = agent.session;
    await inExplorer(() => store.refreshTasks());
    const tasks = store.tasksOf(agent.on.id);
    const running = tasks.reduce((sum, task) => sum + task.active.length, 0);
    const consequence = [
      `It is deleted for everyone in ${organization.name}, with its system prompt and settings. This cannot be undone.`,
      tasks.length > 0 && `It has ${counted(tasks.length, 'task')}${running > 0 ? `, ${counted(running, 'deployment')} of them active` : ''}; QuantConnect decides what becomes of them.`,
      !store.snapshot.tasks.value && 'Its tasks could not be read; QuantConnect decides what becomes of them.',
    ].filter(Boolean).join('\n\n');
    if (!await confirmDestruction(`Delete the agent “${agent.on.name}”?`, consequence, 'Delete Agent')) return;
    await inExplorer(() => store.deleteAgent(agent.on.id));
  },
};
