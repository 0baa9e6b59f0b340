import * as vscode from 'vscode';
import { changeOf, documentOf, versionDocument } from '../core/conversation/documentAddress';
import { fileNameIn, pathProblemWords } from '../core/conversation/filePath';
import { unknownReasonWords, versionOf, writtenFiles, type FileVersion, type WrittenFile } from '../core/conversation/files';
import type { ConversationRecord } from '../core/conversation/record';
import { plainLine } from '../core/words/plain';
import { count, joined, say, type Text } from '../core/words/words';
import { ask, inform } from '../ui/messages';
import { pickWorkspaceFolder } from '../ui/quickPick';
import { showDifference } from '../ui/titles';
import type { ConversationDocuments } from './conversationDocuments';
import { saveIntoFolder, type Conflict, type SaveOutcome } from './saveIntoWorkspace';

/** What the user wants when a file is there already. */
export type ConflictChoice = 'overwrite' | 'difference' | undefined;

/** What is asked of the user; tests answer for them. */
export interface FileQuestions {
  /** Where to save; undefined: nowhere. */
  folder(): Promise<vscode.Uri | undefined>;
  conflict(name: string, version: FileVersion, conflict: Conflict): Promise<ConflictChoice>;
  /** After the difference was shown. */
  overwrite(name: string, version: FileVersion): Promise<boolean>;
  tell(sentence: Text): void;
}

/** What to do with one version of a file. */
export type FileAction = 'open' | 'diff' | 'save';

/** The files that the agent wrote, in VS Code's editors and in the workspace. */
export class WrittenFiles {
  constructor(private readonly documents: ConversationDocuments, private readonly questions: FileQuestions = modalQuestions) {}

  /** For a tool call in the page. Says so where the call made no version. */
  async atCall(record: ConversationRecord, call: { readonly messageId: string; readonly partIndex: number }, action: FileAction): Promise<void> {
    const found = versionOf(writtenFiles(record.messages), call);
    if (found) await this.act(record, found.file, found.version, action);
    else this.questions.tell(say('This tool call wrote no file.'));
  }

  async act(record: ConversationRecord, file: WrittenFile, version: FileVersion, action: FileAction): Promise<void> {
    switch (action) {
      case 'open': return this.open(record, file, version);
      case 'diff': return this.diff(record, file, version);
      case 'save': return this.save(record, file, version);
    }
  }

  /** Opens the version as a document; where its whole text is not known, what is known of the change. */
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
    this.questions.tell(content.kind === 'unknown'
      ? say('The text of version {0} is not known. {1}', number, unknownReasonWords(content.reason))
      : say('The text before version {0} is not known.', number));
  }

  /** Saves the version below a workspace folder, under the agent's own path, and opens it there. */
  async save(record: ConversationRecord, file: WrittenFile, version: FileVersion): Promise<void> {
    const text = this.savable(file, version);
    const folder = text === undefined ? undefined : await this.questions.folder();
    if (text === undefined || !folder) return;
    const name = plainLine(file.path);
    const outcome = await this.write(record, { folder, path: file.path, text }, version, () => this.questions.overwrite(name, version));
    if (outcome.kind === 'refused') this.questions.tell(say('“{0}” was not saved. {1}', name, outcome.why));
    if (outcome.kind === 'same') this.questions.tell(say('“{0}” holds this version already.', name));
    if (outcome.kind === 'same' || outcome.kind === 'saved') await vscode.window.showTextDocument(outcome.uri, { preview: true });
  }

  /** Saves the newest version of every file that is there in the end, and tells how that went. */
  async saveAll(record: ConversationRecord, files: readonly WrittenFile[]): Promise<void> {
    const folder = await this.questions.folder();
    if (!folder) return;
    const remaining = files.filter(({ isDeleted }) => !isDeleted);
    let saved = 0;
    const refused: Text[] = [];
    for (const file of remaining) {
      const version = file.versions.at(-1);
      const name = plainLine(file.path);
      if (file.problem) refused.push(say('“{0}” {1}.', name, pathProblemWords(file.problem)));
      else if (version?.content.kind !== 'known') refused.push(say('The text of “{0}” is not known.', name));
      else {
        // A difference is looked at for as long as it takes: the files behind it do not wait for that.
        const leave = (): Promise<boolean> => {
          refused.push(say('“{0}” differs as shown; save it by itself to replace it.', name));
          return Promise.resolve(false);
        };
        const outcome = await this.write(record, { folder, path: file.path, text: version.content.text }, version, leave);
        if (outcome.kind === 'refused') refused.push(outcome.why);
        if (outcome.kind === 'saved' || outcome.kind === 'same') saved++;
      }
    }
    this.questions.tell(joined([say('{0} of {1} saved.', saved, count(remaining.length, 'file')), ...(refused.length > 0 ? [say('Not saved:'), ...refused] : [])]));
  }

  /** @param onceShown whether to replace a text whose difference stands open now. */
  private async write(
    record: ConversationRecord, target: { folder: vscode.Uri; path: string; text: string }, version: FileVersion, onceShown: () => Promise<boolean>,
  ): Promise<SaveOutcome> {
    const name = plainLine(target.path);
    const mayReplace = async (uri: vscode.Uri, conflict: Conflict): Promise<boolean> => {
      const choice = await this.questions.conflict(name, version, conflict);
      if (choice !== 'difference') return choice === 'overwrite';
      const document = this.documents.uri(record, versionDocument('file', target.path, version));
      const title = say('{0} (workspace ↔ version {1})', fileNameIn(name), version.number);
      // In a tab that stays: the next file's difference is not to take its place.
      await showDifference(uri, document, title, { preview: false });
      return onceShown();
    };
    return saveIntoFolder({ ...target, mayReplace });
  }

  /** The text to save, or undefined, of which the user is told why. */
  private savable({ path, problem }: WrittenFile, { content }: FileVersion): string | undefined {
    const name = plainLine(path);
    if (problem) this.questions.tell(say('“{0}” is not saved: it {1}. Open it and save it under a name of your own.', name, pathProblemWords(problem)));
    else if (content.kind === 'known') return content.text;
    else this.questions.tell(content.kind === 'deleted' ? say('The agent deleted “{0}” here.', name) : say('The text of “{0}” is not known. {1}', name, unknownReasonWords(content.reason)));
    return undefined;
  }
}

const modalQuestions: FileQuestions = {
  async folder() {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length > 1) return pickWorkspaceFolder(say('Save into which folder?'));
    if (folders[0]) return folders[0].uri;
    if (await inform(say('Files are saved into the workspace, and no folder is open.'), 'Open Folder')) {
      await vscode.commands.executeCommand('workbench.action.files.openFolder');
    }
    return undefined;
  },
  async conflict(name, version, { isDirty, hasChanged }) {
    const detail = joined([
      hasChanged && say('It has changed since you were asked.'),
      say('It holds another text, which version {0} of the agent would replace.', version.number),
      isDirty && say('It also has unsaved changes in an editor.'),
    ]);
    const answer = await ask(say('“{0}” is there already.', name), { detail }, 'Show Difference', 'Overwrite');
    return answer === 'Overwrite' ? 'overwrite' : answer === 'Show Difference' ? 'difference' : undefined;
  },
  async overwrite(name, version) {
    return await inform(say('Replace “{0}” in the workspace by version {1} of the agent?', name, version.number), 'Overwrite') === 'Overwrite';
  },
  tell(sentence) {
    void inform(sentence);
  },
};
