import { askExportTarget, pickExportFormat, writeExport } from '../conversation/documents/exportConversation';
import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import { openFile } from '../ui/outside';
import { cancellably } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const exportConversation: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toExport),
  title: say(TEXTS.exportConversation),
  async run(services, { session, deployment }) {
    const format = await pickExportFormat();
    if (!format) return;
    const { records } = await services.conversations.get();
    const record = await cancellably(say(TEXTS.readingConversation), (signal) =>
      records.read(session, deployment.deploymentId, signal),
    );
    const file = await askExportTarget(record, format);
    if (!file) return;
    await writeExport(record, format, file);
    // Not awaited: the export is done, whether or not the user opens the file.
    void inform(say(TEXTS.exported, file.path.split('/').at(-1) ?? ''), { open: TEXTS.open }).then((answer) => {
      if (answer) void openFile(file);
    });
  },
};
