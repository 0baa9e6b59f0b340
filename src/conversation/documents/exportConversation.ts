import * as vscode from 'vscode';
import { safeName } from '../../core/conversation/files/fileName';
import type { ConversationRecord } from '../../core/conversation/documents/record';
import { given, say } from '../../core/words/words';
import { askWhereToSave } from '../../ui/outside';
import { choose } from '../../ui/quickPick';
import { TEXTS } from './texts';

export type ExportFormat = 'markdown' | 'json';

const FORMATS = {
  markdown: {
    icon: 'markdown',
    detail: say(TEXTS.markdownDetail),
    extension: 'md',
    name: 'Markdown',
  },
  json: {
    icon: 'json',
    detail: say(TEXTS.jsonDetail),
    extension: 'json',
    name: 'JSON',
  },
} as const;

/** Asks for the format. Undefined: the user canceled. */
export async function pickExportFormat(): Promise<ExportFormat | undefined> {
  const choices = (['markdown', 'json'] as const).map((format) => ({
    icon: FORMATS[format].icon,
    label: given(FORMATS[format].name),
    detail: FORMATS[format].detail,
    value: format,
  }));
  return choose(choices, { title: say(TEXTS.exportConversation), placeholder: say(TEXTS.exportFormat) });
}

/** Asks for the target file and suggests a name made from the task's. VS Code itself asks before it replaces a file. */
export async function askExportTarget(
  { facts, readAt }: ConversationRecord,
  format: ExportFormat,
): Promise<vscode.Uri | undefined> {
  const { extension, name } = FORMATS[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const created = new Date(facts.created ?? readAt);
  const day = (Number.isNaN(created.getTime()) ? new Date(readAt) : created).toISOString().slice(0, 10);
  const file = `${safeName(facts.taskName, 'Conversation')} ${day}.${extension}`;
  return askWhereToSave({
    title: TEXTS.exportConversation,
    saveLabel: TEXTS.exportButton,
    filters: { [name]: [extension] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
  });
}

/** Writes the conversation, with provider keys masked. */
export async function writeExport(record: ConversationRecord, format: ExportFormat, target: vscode.Uri): Promise<void> {
  // Loaded here, because only an export needs them.
  const text =
    format === 'json'
      ? (await import('../../core/conversation/documents/exportJson')).exportJson(record)
      : (await import('../../core/conversation/documents/exportMarkdown')).exportMarkdown(record);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
