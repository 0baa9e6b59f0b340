import * as vscode from 'vscode';
import { changeOf } from '../core/conversation/documentAddress';
import { pathProblemWords } from '../core/conversation/filePath';
import { unknownReasonWords, writtenFiles, type FileVersion, type WrittenFile } from '../core/conversation/files';
import { plainLine, plural } from '../core/conversation/format';
import type { LineChanges } from '../core/conversation/lineChanges';
import type { ConversationRecord } from '../core/conversation/record';
import type { FileAction, WrittenFiles } from './writtenFiles';

interface Item<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

interface Step {
  readonly version: FileVersion;
  readonly action: FileAction;
}

/** Lists the files of a conversation, then what can be done with the one that was chosen, and does it. */
export async function pickWrittenFile(files: WrittenFiles, record: ConversationRecord): Promise<void> {
  const all = writtenFiles(record.messages);
  const title = `Written Files: ${plainLine(record.facts.taskName)}`;
  if (all.length === 0) {
    void vscode.window.showInformationMessage('The agent has not written a file in this conversation.');
    return;
  }
  for (;;) {
    const [only] = all;
    const file = all.length === 1 ? only : await pickFile(title, all);
    if (file === 'all') return files.saveAll(record, all);
    if (!file) return;
    const step = await pickStep(file);
    if (step) return files.act(record, file, step.version, step.action);
    // Escape leads back to the list, where there is one.
    if (all.length === 1) return;
  }
}

async function pickFile(title: string, files: readonly WrittenFile[]): Promise<WrittenFile | 'all' | undefined> {
  const items: Item<WrittenFile | 'all'>[] = files.map((file) => ({
    label: `$(${file.isDeleted ? 'trash' : 'file'}) ${plainLine(file.path)}`,
    description: joined(plural(file.versions.length, 'version'), totalOf(file), file.isDeleted && 'deleted'),
    ...(file.problem ? { detail: `$(warning) Cannot be saved under this path: it ${pathProblemWords(file.problem)}.` } : {}),
    value: file,
  }));
  if (files.filter(({ isDeleted }) => !isDeleted).length > 1) {
    items.push({ label: '', kind: vscode.QuickPickItemKind.Separator }, { label: '$(save-all) Save All into the Workspace', description: 'the newest version of each', value: 'all' });
  }
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Choose a file', matchOnDescription: true }))?.value;
}

async function pickStep(file: WrittenFile): Promise<Step | undefined> {
  const newestFirst = file.versions.toReversed();
  const newest = newestFirst.find(({ content }) => content.kind === 'known');
  const separator = (label: string): Item<Step> => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const steps: Item<Step>[] = [];
  if (newest) {
    steps.push({ label: '$(go-to-file) Open', description: wordsOf(newest), value: { version: newest, action: 'open' } });
    if (!file.problem) steps.push({ label: '$(save) Save into the Workspace', description: wordsOf(newest), value: { version: newest, action: 'save' } });
  }
  steps.push(separator('what changed'), ...newestFirst.filter((version) => changeOf(file, version)).map((version): Item<Step> => ({
    label: `$(diff) Change in Version ${String(version.number)}`, description: changeWords(version), value: { version, action: 'diff' }, ...remark(version),
  })));
  const older = newestFirst.filter((version) => version !== newest && version.content.kind === 'known');
  if (older.length > 0) steps.push(separator('older versions'));
  for (const version of older) {
    steps.push({ label: `$(history) Open Version ${String(version.number)}`, description: timesOf(version), value: { version, action: 'open' } });
    if (!file.problem) steps.push({ label: `$(save) Save Version ${String(version.number)} into the Workspace`, value: { version, action: 'save' } });
  }
  // A panel gets the keyboard back a moment after an earlier list has closed: that must not close this one.
  return (await vscode.window.showQuickPick(steps, { title: plainLine(file.path), placeHolder: 'What to do with it', ignoreFocusOut: true }))?.value;
}

const OPERATIONS = { create: 'created', edit: 'edited', delete: 'deleted' } as const;

/** `version 3 · edited · Nov 18, 04:51 PM`. */
function wordsOf(version: FileVersion): string {
  return `version ${String(version.number)} · ${timesOf(version)}`;
}

function timesOf({ operation, time }: FileVersion): string {
  return joined(OPERATIONS[operation], time !== undefined && shortTime(time));
}

function changeWords({ operation, lines, time }: FileVersion): string {
  return joined(OPERATIONS[operation], lines && signed(lines), time !== undefined && shortTime(time));
}

function joined(...words: readonly (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' · ');
}

function remark({ content }: FileVersion): { detail?: string } {
  return content.kind === 'unknown' ? { detail: unknownReasonWords(content.reason) } : {};
}

function totalOf({ versions }: WrittenFile): string | undefined {
  const counted = versions.map(({ lines }) => lines).filter((lines) => lines !== undefined);
  if (counted.length < versions.length) return undefined;
  return signed(counted.reduce((sum, { added, removed }) => ({ added: sum.added + added, removed: sum.removed + removed }), { added: 0, removed: 0 }));
}

/** `+84 −3`. */
export function signed({ added, removed }: LineChanges): string {
  return `+${String(added)} −${String(removed)}`;
}

function shortTime(epochMs: number): string {
  return new Date(epochMs).toLocaleString([], { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}
