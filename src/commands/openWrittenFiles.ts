import { say } from '../core/words/words';
import { cancellably } from '../ui/progress';
import { pickWrittenFile } from '../conversation/documents/pickWrittenFile';
import type { Command } from './command';

export const openWrittenFiles: Command<'deployment'> = {
  on: 'deployment',
  doing: say('open the files that the agent wrote'),
  title: say('Open Written Files'),
  async run(services, { session, deployment }) {
    const { records, writtenFiles } = await services.conversations.get();
    const record = await cancellably(say('Reading the conversation'), (signal) =>
      records.read(session, deployment.deploymentId, signal),
    );
    await pickWrittenFile(writtenFiles, record);
  },
};
