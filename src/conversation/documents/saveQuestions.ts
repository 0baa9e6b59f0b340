/** The questions to the user before the agent's files are saved. */
import * as vscode from 'vscode';
import { fileNameIn } from '../../core/conversation/files/filePath';
import type { FileVersion } from '../../core/conversation/files/files';
import { actingQuestion, type SaveQuestion } from '../../core/conversation/files/savePlan';
import { given, joined, say, type Text, type Words } from '../../core/words/words';
import { ask, inform } from '../../ui/messages';
import { askForFolder } from '../../ui/outside';
import { choose } from '../../ui/quickPick';
import type { Conflict } from './saveIntoWorkspace';
import { TEXTS } from './texts';

/** A folder to save into: `below` inside `base`, or `base` itself if `below` is empty. */
export interface SaveFolder {
  readonly base: vscode.Uri;
  readonly below: string;
}

/** What the user wants when a file already exists. */
export type ConflictChoice = 'overwrite' | 'difference' | undefined;

export type SaveAllChoice = 'save' | 'saveActing' | 'elsewhere' | undefined;

/** The questions to the user. Undefined always means that nothing is saved. Tests answer them. */
export interface FileQuestions {
  /** The folders of the workspace. */
  roots(): readonly vscode.Uri[];
  /**
   * Asks for a folder.
   * @param places to offer, besides “any other folder”.
   * @param path of the file. Undefined: several files.
   */
  place(places: readonly SaveFolder[], path?: string): Promise<SaveFolder | undefined>;
  saveAll(question: SaveQuestion): Promise<SaveAllChoice>;
  /** Whether to save a file that a tool acts on without asking. */
  saveActing(path: string, tool: string): Promise<boolean>;
  conflict(name: string, version: FileVersion, conflict: Conflict): Promise<ConflictChoice>;
  /** Asks after the difference was shown. */
  overwrite(name: string, version: FileVersion): Promise<boolean>;
  report(sentence: Words): void;
}

/** The path of the folder, as the user reads it. */
export function folderWords({ base, below }: SaveFolder): string {
  const folder = below === '' ? base : vscode.Uri.joinPath(base, below);
  return folder.scheme === 'file' ? folder.fsPath : folder.path;
}

/** The path of a file, relative to `base`. */
export function pathIn({ below }: SaveFolder, path: string): string {
  return below === '' ? path : `${below}/${path}`;
}

export const saveQuestions: FileQuestions = {
  roots: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
  async place(places, path) {
    if (places.length === 0) return otherFolder();
    const words = (folder: SaveFolder): Text => {
      if (path !== undefined) return given(pathIn(folder, path));
      return folder.below === '' ? say(TEXTS.workspaceItself) : given(folder.below);
    };
    const known = places.map((folder) => ({
      icon: 'folder',
      label: words(folder),
      description: folderWords(folder),
      value: folder,
    }));
    const other = { icon: 'folder-opened', label: say(TEXTS.otherFolder), value: 'other' as const };
    const title = path === undefined ? say(TEXTS.saveAll) : say(TEXTS.save, fileNameIn(path));
    const placeholder = say(TEXTS.intoWhichFolder);
    const chosen = await choose<SaveFolder | 'other'>([...known, other], { title, placeholder, ignoreFocusOut: true });
    return chosen === 'other' ? otherFolder() : chosen;
  },
  async saveAll({ message, detail, kind }) {
    // Enter presses the first button, so that button never saves what is left out.
    switch (kind) {
      case 'plain':
        return ask(message, { detail, isHarmless: true }, { save: TEXTS.saveButton, elsewhere: TEXTS.chooseFolder });
      case 'mixed':
        return ask(
          message,
          { detail },
          { save: TEXTS.saveWithout, saveActing: TEXTS.saveWith, elsewhere: TEXTS.chooseFolder },
        );
      case 'unlisted':
        return ask(message, { detail }, { save: TEXTS.saveWithout, elsewhere: TEXTS.chooseFolder });
      case 'acting':
        return ask(message, { detail }, { elsewhere: TEXTS.chooseFolder, saveActing: TEXTS.saveAnyway });
    }
  },
  async saveActing(path, tool) {
    const { message, detail } = actingQuestion(path, tool);
    return (await ask(message, { detail }, { save: TEXTS.saveAnyway })) === 'save';
  },
  async conflict(name, version, { isDirty, hasChanged }) {
    const detail = joined([
      hasChanged && say(TEXTS.changedSinceAsked),
      say(TEXTS.otherText, version.number),
      isDirty && say(TEXTS.unsavedChanges),
    ]);
    return ask(say(TEXTS.exists, name), { detail }, { difference: TEXTS.showDifference, overwrite: TEXTS.overwrite });
  },
  async overwrite(name, version) {
    return (await inform(say(TEXTS.replace, name, version.number), { overwrite: TEXTS.overwrite })) === 'overwrite';
  },
  report(sentence) {
    void inform(sentence);
  },
};

async function otherFolder(): Promise<SaveFolder | undefined> {
  const chosen = await askForFolder({ title: TEXTS.saveFilesTitle, openLabel: TEXTS.saveHere });
  return chosen && { base: chosen, below: '' };
}
