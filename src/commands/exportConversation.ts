import { askExportTarget, pickExportFormat, writeExport } from '../conversation/documents/exportConversation';
import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import { openFile } from '../ui/outside';
import { cancellably } from '../ui/progress';
import type { Command } from './command';

export const exportConversation: Command<'deployment'> = {
  on: 'deployment',
  doing: say('export the conversation'),
  title: say('Export Conversation'),
  async run(services, { session, deployment }) {
    const format = await pickExportFormat();
    if (!format) return;
    const { records } = await services.conversations.get();
    const record = await cancellably(say('Reading the conversation'), (signal) =>
      records.read(session, deployment.deploymentId, signal),
    );
    const file = await askExportTarget(record, format);
    if (!file) return;
    await writeExport(record, format, file);
    // Not awaited: the export is done, whether or not the user opens the file.
    void inform(say('The conversation was exported to “{0}”.', file.path.split('/').at(-1) ?? ''), 'Open').then(
      (answer) => {
        if (answer) void openFile(file);
      },
    );
  },
};
