import type { Task } from '../core/api/model';
import { say } from '../core/words/words';
import { askForName, askForText } from '../ui/inputs';
import { createTaskCarefully } from '../tasks/sendTasks';
import type { Command } from './command';
import { TEXTS } from './texts';

export const createTask: Command<'agent'> = {
  on: 'agent',
  doing: say(TEXTS.toCreateTask),
  title: say(TEXTS.createTask),
  async run(services, { session, agent }) {
    const title = say(TEXTS.createTaskFor, agent.name);
    const name = await askForName({ title, prompt: say(TEXTS.taskName) });
    if (name === undefined) return;
    let inEditor: string | undefined;
    const prompt = await askForText({
      title,
      prompt: say(TEXTS.promptPrompt),
      placeholder: say(TEXTS.promptExample),
      buttons: [
        {
          icon: 'edit',
          tooltip: say(TEXTS.writeInEditor),
          endsQuestion: true,
          run: (text) => {
            inEditor = text;
          },
        },
      ],
      check: (text) => Promise.resolve(text.trim() === '' ? say(TEXTS.promptNeeded) : undefined),
    });
    const writeInEditor = async (text: string): Promise<void> =>
      (await services.promptFiles.get()).openNew({ agent, task: name, prompt: text });
    if (inEditor !== undefined) await writeInEditor(inEditor);
    if (prompt === undefined) return;
    const projectPreference = await services.pickers.pickProjectPreference({ title });
    if (projectPreference === undefined) return;
    let task: Task | undefined;
    try {
      task = await createTaskCarefully(session, {
        agentId: agent.id,
        taskName: name,
        prompt: prompt.trim(),
        project: projectPreference,
      });
    } catch (error) {
      // So the text is not lost: the user can deploy the file or copy from it.
      await writeInEditor(prompt);
      throw error;
    }
    // It is not known whether the task was created, and the user gave up.
    if (!task) await writeInEditor(prompt);
    else await services.explorer.reveal(session, task);
  },
};
