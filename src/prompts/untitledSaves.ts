import * as vscode from 'vscode';
import { isInTab } from '../ui/tabs';
import { isPromptDocument } from './promptDocument';

/**
 * Finds the file that an untitled prompt was saved to. VS Code does not report this. It saves a file with the same
 * text, empties the untitled document and closes it.
 */
export class UntitledSaves implements vscode.Disposable {
  /** Untitled documents whose text was saved as a file, until they close or the user types in them again. */
  private readonly savedAs = new Map<string, string>();
  private readonly subscription: vscode.Disposable;

  /**
   * @param isRemembered whether the user has deployed this file before.
   * @param follow called before the untitled document counts as closed.
   */
  constructor(
    private readonly isRemembered: (file: string) => boolean,
    follow: (from: string, to: string) => Promise<void>,
    closed: (file: string) => void,
  ) {
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onWillSaveTextDocument(({ document }) => this.saved(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.saved(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const isTypedIn = document.isUntitled && contentChanges.length > 0 && document.getText() !== '';
        if (isTypedIn) this.savedAs.delete(document.uri.toString());
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
        if (!isUntitled) return;
        const from = uri.toString();
        const to = this.savedAs.get(from);
        this.savedAs.delete(from);
        void (to === undefined ? Promise.resolve() : follow(from, to)).finally(() => closed(from));
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private saved(document: vscode.TextDocument): void {
    if (document.isUntitled || !isPromptDocument(document)) return;
    const file = document.uri.toString();
    const text = document.getText();
    // A different file may have the same text by chance. It is not the saved form of the untitled document.
    if (text === '' || (isInTab(document.uri) && this.isRemembered(file))) return;
    for (const other of vscode.workspace.textDocuments) {
      if (other.isUntitled && !other.isClosed && other.getText() === text) this.savedAs.set(other.uri.toString(), file);
    }
  }
}
