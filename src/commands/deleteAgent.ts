import { count, joined, say } from '../core/words/words';
import { confirmDestruction } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const deleteAgent: Command<'agent'> = {
  on: 'agent',
  doing: say(TEXTS.toDeleteAgent),
  title: say(TEXTS.deleteAgent),
  async run(_services, { session: { store, organization }, agent }) {
    await inExplorer(() => store.refreshTasks());
    const tasks = store.tasksOf(agent.id);
    const running = tasks.reduce((sum, task) => sum + task.active.length, 0);
    const consequence = joined(
      [
        say(TEXTS.deleteAgentDetail, organization.name),
        tasks.length > 0 &&
          (running > 0
            ? say(TEXTS.deleteAgentActive, count(tasks.length, 'task'), count(running, 'deployment'))
            : say(TEXTS.deleteAgentTasks, count(tasks.length, 'task'))),
        !store.snapshot.tasks.value && say(TEXTS.deleteAgentUnread),
      ],
      '\n\n',
    );
    if (!(await confirmDestruction(say(TEXTS.deleteAgentQuestion, agent.name), consequence, TEXTS.deleteAgent))) return;
    await inExplorer(() => store.deleteAgent(agent.id));
  },
};
