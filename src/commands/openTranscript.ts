import { say } from '../core/words/words';
import { cancellably } from '../ui/progress';
import type { Command } from './command';
import { plainLine } from '../core/words/plain';
import { TEXTS } from './texts';

export const openTranscript: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toOpenTranscript),
  title: say(TEXTS.openTranscript),
  async run(services, { session, deployment }) {
    const { documents, records } = await services.conversations.get();
    const record = await cancellably(say(TEXTS.readingConversation), (signal) =>
      records.read(session, deployment.deploymentId, signal),
    );
    await documents.open(record, { kind: 'transcript', title: plainLine(record.facts.taskName) });
  },
};
