import { say } from '../core/words/words';
import { cancellably } from '../ui/progress';
import { pickWrittenFile } from '../conversation/documents/pickWrittenFile';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const openWrittenFiles: Command = {
  doing: say('open the files that the agent wrote'),
  async run(services, target) {
    const deployment = await targetDeployment(services, target, say('Open Written Files'));
    if (!deployment) return;
    const { records, writtenFiles } = await services.conversations.get();
    const record = await cancellably(say('Reading the conversation'), (signal) =>
      records.read(deployment.session, deployment.on.deploymentId, signal),
    );
    await pickWrittenFile(writtenFiles, record);
  },
};
