import { count, joined, say } from '../core/words/words';
import { confirmDestruction } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const deleteAgent: Command<'agent'> = {
  on: 'agent',
  doing: say('delete the agent'),
  title: say('Delete Agent'),
  async run(_services, { session: { store, organization }, agent }) {
    await inExplorer(() => store.refreshTasks());
    const tasks = store.tasksOf(agent.id);
    const running = tasks.reduce((sum, task) => sum + task.active.length, 0);
    const consequence = joined(
      [
        say(
          'The agent is deleted for everyone in “{0}”, with its system prompt and settings. This cannot be undone.',
          organization.name,
        ),
        tasks.length > 0 &&
          (running > 0
            ? say(
                'It has {0}. Active now: {1}. QuantConnect decides what happens to them.',
                count(tasks.length, 'task'),
                count(running, 'deployment'),
              )
            : say('It has {0}. QuantConnect decides what happens to them.', count(tasks.length, 'task'))),
        !store.snapshot.tasks.value && say('Its tasks could not be read. QuantConnect decides what happens to them.'),
      ],
      '\n\n',
    );
    if (!(await confirmDestruction(say('Delete the agent “{0}”?', agent.name), consequence, 'Delete Agent'))) return;
    await inExplorer(() => store.deleteAgent(agent.id));
  },
};
