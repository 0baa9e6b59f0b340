import { pathProblemWords } from '../../core/conversation/files/filePath';
import {
  unknownReasonWords,
  writtenFiles,
  type FileVersion,
  type WrittenFile,
} from '../../core/conversation/files/files';
import type { LineChanges } from '../../core/conversation/files/lineChanges';
import { totalLines, versionChange } from '../../core/conversation/files/versionChange';
import type { ConversationRecord } from '../../core/conversation/documents/record';
import { formatDate } from '../../core/words/dates';
import { count, given, joined, say, type Text, type Words } from '../../core/words/words';
import { inform } from '../../ui/messages';
import { choose, type Choice, type Heading } from '../../ui/quickPick';
import type { FileAction, WrittenFiles } from './writtenFiles';
import { TEXTS } from './texts';

interface Step {
  readonly version: FileVersion;
  readonly action: FileAction;
}

/** Lists the files of a conversation, then the actions for the chosen file, and runs the chosen action. */
export async function pickWrittenFile(files: WrittenFiles, record: ConversationRecord): Promise<void> {
  const all = writtenFiles(record.messages);
  const title = say(TEXTS.writtenFiles, record.facts.taskName);
  if (all.length === 0) {
    void inform(say(TEXTS.noFiles));
    return;
  }
  for (;;) {
    const [only] = all;
    const file = all.length === 1 ? only : await pickFile(title, all);
    if (file === 'all') return files.saveAll(record, all);
    if (!file) return;
    const step = await pickStep(file);
    if (step) return files.act(record, file, step.version, step.action);
    // Escape leads back to the list, if there is one.
    if (all.length === 1) return;
  }
}

async function pickFile(title: Words, files: readonly WrittenFile[]): Promise<WrittenFile | 'all' | undefined> {
  const choices: (Choice<WrittenFile | 'all'> | Heading)[] = files.map((file) => ({
    icon: file.isDeleted ? 'trash' : 'file',
    label: given(file.path),
    description: joined(
      [count(file.versions.length, 'version'), totalOf(file), file.isDeleted && say(TEXTS.deleted)],
      ' · ',
    ),
    ...(file.problem
      ? {
          detailIcon: 'warning',
          detail: say(TEXTS.badPath, pathProblemWords(file.problem)),
        }
      : {}),
    value: file,
  }));
  if (files.filter(({ isDeleted }) => !isDeleted).length > 1) {
    choices.push(
      { heading: '' },
      { icon: 'save-all', label: say(TEXTS.saveAllLater), description: say(TEXTS.newestOfEach), value: 'all' },
    );
  }
  return choose(choices, { title, placeholder: say(TEXTS.chooseFile), matchOnDescription: true });
}

async function pickStep(file: WrittenFile): Promise<Step | undefined> {
  const newestFirst = file.versions.toReversed();
  const newest = newestFirst.find(({ content }) => content.kind === 'known');
  const steps: (Choice<Step> | Heading)[] = [];
  if (newest) {
    steps.push({
      icon: 'go-to-file',
      label: say(TEXTS.open),
      description: wordsOf(newest),
      value: { version: newest, action: 'open' },
    });
    if (!file.problem)
      steps.push({
        icon: 'save',
        label: say(TEXTS.saveLater),
        description: wordsOf(newest),
        value: { version: newest, action: 'save' },
      });
  }
  steps.push(
    { heading: say(TEXTS.whatChanged) },
    ...newestFirst
      .filter((version) => versionChange(file, version))
      .map((version): Choice<Step> => ({
        icon: 'diff',
        label: say(TEXTS.changeInVersion, version.number),
        description: changeWords(version),
        value: { version, action: 'diff' },
        ...remark(version),
      })),
  );
  const older = newestFirst.filter((version) => version !== newest && version.content.kind === 'known');
  if (older.length > 0) steps.push({ heading: say(TEXTS.olderVersions) });
  for (const version of older) {
    steps.push({
      icon: 'history',
      label: say(TEXTS.openVersion, version.number),
      description: timesOf(version),
      value: { version, action: 'open' },
    });
    if (!file.problem)
      steps.push({ icon: 'save', label: say(TEXTS.saveVersion, version.number), value: { version, action: 'save' } });
  }
  // A panel takes the focus shortly after an earlier list has closed. That must not close this list.
  return choose(steps, { title: given(file.path), placeholder: say(TEXTS.whatToDo), ignoreFocusOut: true });
}

const OPERATIONS = { create: say(TEXTS.created), edit: say(TEXTS.edited), delete: say(TEXTS.deleted) } as const;

/** `version 3 · edited · Nov 18, 04:51 PM`. */
function wordsOf(version: FileVersion): Words {
  return joined([say(TEXTS.version, version.number), timesOf(version)], ' · ');
}

function timesOf({ operation, time }: FileVersion): Words {
  return joined([OPERATIONS[operation], time !== undefined && formatDate(time, 'row')], ' · ');
}

function changeWords({ operation, lines, time }: FileVersion): Words {
  return joined([OPERATIONS[operation], lines && signed(lines), time !== undefined && formatDate(time, 'row')], ' · ');
}

function remark({ content }: FileVersion): { detail?: Text } {
  return content.kind === 'unknown' ? { detail: unknownReasonWords(content.reason) } : {};
}

function totalOf({ versions }: WrittenFile): string | undefined {
  const total = totalLines(versions);
  return total && signed(total);
}

/** `+84 −3`. */
export function signed({ added, removed }: LineChanges): string {
  return `+${String(added)} −${String(removed)}`;
}
