import { say } from '../core/words/words';
import { cancellably } from '../ui/progress';
import type { Command } from './command';
import { targetDeployment } from './targets';
import { plainLine } from '../core/words/plain';

export const openTranscript: Command = {
  doing: say('open the transcript'),
  async run(services, target) {
    const deployment = await targetDeployment(services, target, say('Open Transcript'));
    if (!deployment) return;
    const { documents, records } = await services.conversations.get();
    const record = await cancellably(say('Reading the conversation'), (signal) =>
      records.read(deployment.session, deployment.on.deploymentId, signal),
    );
    await documents.open(record, { kind: 'transcript', title: plainLine(record.facts.taskName) });
  },
};
