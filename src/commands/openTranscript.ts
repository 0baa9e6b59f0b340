import { say } from '../core/words/words';
import { cancellably } from '../ui/progress';
import type { Command } from './command';
import { plainLine } from '../core/words/plain';

export const openTranscript: Command<'deployment'> = {
  on: 'deployment',
  doing: say('open the transcript'),
  title: say('Open Transcript'),
  async run(services, { session, deployment }) {
    const { documents, records } = await services.conversations.get();
    const record = await cancellably(say('Reading the conversation'), (signal) =>
      records.read(session, deployment.deploymentId, signal),
    );
    await documents.open(record, { kind: 'transcript', title: plainLine(record.facts.taskName) });
  },
};
