import * as vscode from 'vscode';
import { actingOn } from '../../core/conversation/files/actingFiles';
import { changeOf, documentOf, versionDocument } from '../../core/conversation/documents/documentAddress';
import { fileNameIn, pathProblemWords } from '../../core/conversation/files/filePath';
import {
  unknownReasonWords,
  versionOf,
  writtenFiles,
  type FileVersion,
  type WrittenFile,
} from '../../core/conversation/files/files';
import type { ConversationRecord } from '../../core/conversation/documents/record';
import type { PartAddress } from '../../core/conversation/transcript/partAddress';
import {
  canAsk,
  planSave,
  savedWords,
  saveFolderName,
  saveQuestion,
  type PlannedFile,
} from '../../core/conversation/files/savePlan';
import { plainLine } from '../../core/words/plain';
import { say, type Text } from '../../core/words/words';
import { showDifference } from '../../ui/titles';
import type { ConversationDocuments } from './conversationDocuments';
import { saveIntoFolder, type Conflict, type SaveOutcome } from './saveIntoWorkspace';
import { folderWords, pathIn, saveQuestions, type FileQuestions, type SaveFolder } from './saveQuestions';
import { TEXTS } from './texts';

/** What to do with one version of a file. */
export type FileAction = 'open' | 'diff' | 'save';

/** The number of conversations whose last save folder is remembered. */
const MAX_PLACES = 50;

/** Opens, compares and saves the files that the agent wrote. */
export class WrittenFiles {
  /** The folder that the user saved into last, by deployment. */
  private readonly lastFolder = new Map<string, SaveFolder>();

  constructor(
    private readonly documents: ConversationDocuments,
    private readonly questions: FileQuestions = saveQuestions,
  ) {}

  /** Acts on the version that a tool call made. Reports a call that made none. */
  async atCall(record: ConversationRecord, call: PartAddress, action: FileAction): Promise<void> {
    const found = versionOf(writtenFiles(record.messages), call);
    if (found) await this.act(record, found.file, found.version, action);
    else this.questions.report(say(TEXTS.wroteNoFile));
  }

  async act(record: ConversationRecord, file: WrittenFile, version: FileVersion, action: FileAction): Promise<void> {
    switch (action) {
      case 'open':
        return this.open(record, file, version);
      case 'diff':
        return this.diff(record, file, version);
      case 'save':
        return this.save(record, file, version);
    }
  }

  /** Opens the version as a document. If its whole text is not known, shows the known part of the change. */
  async open(record: ConversationRecord, file: WrittenFile, version: FileVersion): Promise<void> {
    const document = version.content.kind === 'known' ? documentOf(file.path, version) : undefined;
    if (document) await this.documents.open(record, document);
    else await this.diff(record, file, version);
  }

  async diff(record: ConversationRecord, file: WrittenFile, version: FileVersion): Promise<void> {
    const change = changeOf(file, version);
    if (change) {
      await this.documents.compare(record, { ...change, title: plainLine(change.title) });
      return;
    }
    const { content, number } = version;
    this.questions.report(
      content.kind === 'unknown'
        ? say(TEXTS.versionUnknown, number, unknownReasonWords(content.reason))
        : say(TEXTS.beforeUnknown, number),
    );
  }

  /** Saves the version below a folder of the user's choice, under the agent's own path, and opens it. */
  async save(record: ConversationRecord, file: WrittenFile, version: FileVersion): Promise<void> {
    const text = this.savable(file, version);
    const folder = text === undefined ? undefined : await this.questions.place(this.places(record), file.path);
    if (text === undefined || !folder) return;
    const tool = actingOn(file.path);
    if (tool !== undefined && !(await this.questions.saveActing(file.path, tool))) return;
    this.remember(record, folder);
    const name = pathIn(folder, file.path);
    const outcome = await this.write(record, folder, { path: file.path, version, text }, () =>
      this.questions.overwrite(name, version),
    );
    if (outcome.kind === 'refused') this.questions.report(say(TEXTS.notSaved, name, outcome.why));
    if (outcome.kind === 'same') this.questions.report(say(TEXTS.alreadySame, name));
    if (outcome.kind === 'same' || outcome.kind === 'saved')
      await vscode.window.showTextDocument(outcome.uri, { preview: true });
  }

  /** Asks before it saves the newest version of every file that exists at the end, and reports the result. */
  async saveAll(record: ConversationRecord, files: readonly WrittenFile[]): Promise<void> {
    const plan = planSave(files);
    const notSaved: Text[] = plan.refused.map(({ path, why }) => say(TEXTS.badPathOf, path, why));
    const actingPaths = plan.acting.map(({ path }) => path);
    const of = plan.files.length + plan.acting.length + plan.refused.length;
    if (!canAsk(plan)) {
      this.questions.report(savedWords({ saved: 0, of, leftOut: actingPaths, notSaved }));
      return;
    }
    const places = this.places(record);
    let folder = places[0] ?? (await this.questions.place([]));
    for (;;) {
      if (!folder) return;
      const choice = await this.questions.saveAll(saveQuestion(plan, folderWords(folder)));
      if (choice === undefined) return;
      if (choice === 'elsewhere') {
        // Canceling leads back to the question.
        folder = (await this.questions.place(places)) ?? folder;
        continue;
      }
      this.remember(record, folder);
      const chosen = choice === 'saveActing' ? [...plan.files, ...plan.acting] : plan.files;
      const saved = await this.writeAll(record, folder, chosen, notSaved);
      this.questions.report(savedWords({ saved, of, leftOut: choice === 'saveActing' ? [] : actingPaths, notSaved }));
      return;
    }
  }

  /**
   * @param notSaved gets a sentence for each file that was not saved.
   * @returns how many files were saved.
   */
  private async writeAll(
    record: ConversationRecord,
    folder: SaveFolder,
    files: readonly PlannedFile[],
    notSaved: Text[],
  ): Promise<number> {
    let saved = 0;
    for (const file of files) {
      // The user may look at a difference for a long time. The other files do not wait for that.
      const leave = (): Promise<boolean> => {
        notSaved.push(say(TEXTS.differs, file.path));
        return Promise.resolve(false);
      };
      const outcome = await this.write(record, folder, file, leave);
      if (outcome.kind === 'refused') notSaved.push(outcome.why);
      if (outcome.kind === 'saved' || outcome.kind === 'same') saved++;
    }
    return saved;
  }

  /**
   * Folders to offer, the likeliest first. The workspace folder itself is never the first, unless the user chose it
   * before.
   */
  private places({ facts }: ConversationRecord): readonly SaveFolder[] {
    const last = this.lastFolder.get(facts.deploymentId);
    const below = saveFolderName(facts.taskName);
    const known = [below, ''].flatMap((folder) =>
      this.questions.roots().map((base): SaveFolder => ({ base, below: folder })),
    );
    return last ? [last, ...known.filter((folder) => folderWords(folder) !== folderWords(last))] : known;
  }

  private remember({ facts }: ConversationRecord, folder: SaveFolder): void {
    this.lastFolder.delete(facts.deploymentId);
    this.lastFolder.set(facts.deploymentId, folder);
    const [oldest] = this.lastFolder.keys();
    if (this.lastFolder.size > MAX_PLACES && oldest !== undefined) this.lastFolder.delete(oldest);
  }

  /** @param onceShown asks whether to replace a text, while its difference is open. */
  private async write(
    record: ConversationRecord,
    folder: SaveFolder,
    { path, version, text }: PlannedFile,
    onceShown: () => Promise<boolean>,
  ): Promise<SaveOutcome> {
    const mayReplace = async (uri: vscode.Uri, conflict: Conflict): Promise<boolean> => {
      const choice = await this.questions.conflict(pathIn(folder, path), version, conflict);
      if (choice !== 'difference') return choice === 'overwrite';
      const document = this.documents.uri(record, versionDocument('file', path, version));
      const title = say(TEXTS.workspaceAndVersion, fileNameIn(path), version.number);
      // Opens a tab that stays, because the next file's difference would replace a preview.
      await showDifference(uri, document, title, { preview: false });
      return onceShown();
    };
    return saveIntoFolder({ folder: folder.base, path: pathIn(folder, path), text, mayReplace });
  }

  /** The text to save. Undefined: there is none, and the user has been told why. */
  private savable({ path, problem }: WrittenFile, { content }: FileVersion): string | undefined {
    const name = plainLine(path);
    if (problem) this.questions.report(say(TEXTS.refusedPath, name, pathProblemWords(problem)));
    else if (content.kind === 'known') return content.text;
    else
      this.questions.report(
        content.kind === 'deleted'
          ? say(TEXTS.deletedHere, name)
          : say(TEXTS.fileUnknown, name, unknownReasonWords(content.reason)),
      );
    return undefined;
  }
}
