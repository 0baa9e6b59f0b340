/** Plans what *Save All* does with the files of a conversation, and what it says, before anything is written. */
import { cutBeginning, plainLine } from '../../words/plain';
import { count, given, joined, say, type Text, type Words } from '../../words/words';
import { actingOn } from './actingFiles';
import { safeName } from './fileName';
import { pathProblemWords } from './filePath';
import type { FileVersion, WrittenFile } from './files';
import { written } from '../../words/texts';

export interface PlannedFile {
  readonly path: string;
  readonly version: FileVersion;
  readonly text: string;
}

interface ActingFile extends PlannedFile {
  /** Which tool acts on it, from `actingOn`. */
  readonly tool: string;
}

export interface SavePlan {
  readonly files: readonly PlannedFile[];
  /** Left out by default. */
  readonly acting: readonly ActingFile[];
  readonly refused: readonly { readonly path: string; readonly why: string }[];
}

/** Sorts the last versions of all files that exist at the end: save, leave out, or refuse. */
export function planSave(all: readonly WrittenFile[]): SavePlan {
  const plan = {
    files: [] as PlannedFile[],
    acting: [] as ActingFile[],
    refused: [] as SavePlan['refused'][number][],
  };
  for (const { path, problem, versions, isDeleted } of all) {
    const version = versions.at(-1);
    if (isDeleted || !version) continue;
    const { content } = version;
    if (problem) plan.refused.push({ path, why: pathProblemWords(problem) });
    else if (content.kind !== 'known') plan.refused.push({ path, why: written('files.textUnknown') });
    else {
      const planned = { path, version, text: content.text };
      const tool = actingOn(path);
      if (tool === undefined) plan.files.push(planned);
      else plan.acting.push({ ...planned, tool });
    }
  }
  return plan;
}

/** A safe name for a conversation's folder, made from the name of its task. */
export function saveFolderName(taskName: string): string {
  const fallback = written('document.conversation');
  const name = safeName(taskName, fallback);
  // Tools act on some folders, such as node_modules or a Python module. Choose another name for these.
  return ['x', '__init__.py'].every((file) => actingOn(`${name}/${file}`) === undefined) && actingOn(name) === undefined
    ? name
    : safeName(`${fallback} ${name}`, fallback);
}

/** How many names fit into a dialog. */
const MAX_NAMES = 12;
const MAX_NAME_LENGTH = 60;

export interface SaveQuestion {
  readonly message: Words;
  readonly detail: Words;
  /**
   * `plain`: no file acts by itself. `acting`: all files do. `mixed`: some do. `unlisted`: as `mixed`, but the question
   * cannot list them all.
   */
  readonly kind: 'plain' | 'mixed' | 'unlisted' | 'acting';
}

/** Whether there is something to ask: plain files, or few enough acting files to list them all. */
export function canAsk({ files, acting }: SavePlan): boolean {
  return files.length > 0 || (acting.length > 0 && acting.length <= MAX_NAMES);
}

/**
 * The question before files are saved: which files, into which folder, and what is left out.
 * @param folder as the reader sees it.
 */
export function saveQuestion({ files, acting, refused }: SavePlan, folder: string): SaveQuestion {
  const kind =
    acting.length === 0 ? 'plain' : files.length === 0 ? 'acting' : acting.length > MAX_NAMES ? 'unlisted' : 'mixed';
  const message = kind === 'acting' ? say('files.saveActing') : say('files.saveWritten', count(files.length, 'file'));
  const detail = joined(
    [
      say('files.folder', folder),
      list(
        undefined,
        files.map(({ path }) => given(shownName(path))),
      ),
      list(
        say('files.leftOutActing'),
        acting.map(({ path, tool }) => say('words.labeled', shownName(path), tool)),
      ),
      list(
        say('files.cannotBeSaved'),
        refused.map(({ path, why }) => say('words.labeled', shownName(path), why)),
      ),
      kind === 'unlisted' && say('files.saveOneByOne'),
    ],
    '\n\n',
  );
  return { message, detail, kind };
}

/** The question before a single file that acts by itself is saved. */
export function actingQuestion(path: string, tool: string): Pick<SaveQuestion, 'message' | 'detail'> {
  return {
    message: say('files.saveOne', shownName(path)),
    detail: say('files.actsOn', tool),
  };
}

/** How many reasons fit into one notification. */
const MAX_REASONS = 5;

export interface SaveResult {
  readonly saved: number;
  readonly of: number;
  /** Paths. */
  readonly leftOut: readonly string[];
  /** Sentences. */
  readonly notSaved: readonly Text[];
}

/** How *Save All* went. */
export function savedWords({ saved, of, leftOut, notSaved }: SaveResult): Words {
  return joined([
    say('files.saved', saved, count(of, 'file')),
    leftOut.length > 0 &&
      say(
        'files.leftOut',
        some(
          leftOut.map((path) => say('words.quoted', shownName(path))),
          ', ',
        ),
      ),
    notSaved.length > 0 && say('files.notSaved', some(notSaved, ' ')),
  ]);
}

function some(all: readonly Text[], separator: ' ' | ', '): Words {
  const rest = all.length - MAX_REASONS;
  return joined([...all.slice(0, MAX_REASONS), rest > 0 && say('files.andMore', rest)], separator);
}

function list(title: Words | undefined, lines: readonly Words[]): Words | undefined {
  if (lines.length === 0) return undefined;
  const rest = lines.length - MAX_NAMES;
  return joined([title, ...lines.slice(0, MAX_NAMES), rest > 0 && say('files.andMore', rest)], '\n');
}

/** Cuts off the beginning of a long path, because its end says more. */
function shownName(path: string): string {
  return cutBeginning(plainLine(path), MAX_NAME_LENGTH);
}
