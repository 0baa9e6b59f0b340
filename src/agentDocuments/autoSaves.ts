import * as vscode from 'vscode';

/**
 * Knows which saves VS Code began by itself. Saving an agent changes what runs on QuantConnect, so it takes a hand on the keyboard: an
 * agent must not change at every pause of typing because `files.autoSave` is on (docs/decisions/007-agent-documents.md).
 */
export class AutoSaves implements vscode.Disposable {
  private readonly automatic = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(scheme: string) {
    this.subscription = vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (document.uri.scheme !== scheme) return;
      if (reason === vscode.TextDocumentSaveReason.Manual) this.automatic.delete(document.uri.toString());
      else this.automatic.add(document.uri.toString());
    });
  }

  /** Whether the write that is going on was begun by VS Code. Asked once per write. */
  take(uri: vscode.Uri): boolean {
    return this.automatic.delete(uri.toString());
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
