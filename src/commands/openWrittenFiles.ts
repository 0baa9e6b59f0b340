import { say } from '../core/words/words';
import { cancellably } from '../ui/progress';
import { pickWrittenFile } from '../conversation/documents/pickWrittenFile';
import type { Command } from './command';
import { TEXTS } from './texts';

export const openWrittenFiles: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toOpenFiles),
  title: say(TEXTS.openWrittenFiles),
  async run(services, { session, deployment }) {
    const { records, writtenFiles } = await services.conversations.get();
    const record = await cancellably(say(TEXTS.readingConversation), (signal) =>
      records.read(session, deployment.deploymentId, signal),
    );
    await pickWrittenFile(writtenFiles, record);
  },
};
