import * as vscode from 'vscode';
import type { FromPage } from '../core/conversation/protocol';
import type { Message } from '../core/conversation/transcript';

const SCHEME = 'quantagents-text';

/** Inputs and outputs of tool calls that are too long for the page, as read-only documents. */
export class ToolTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly disposables: vscode.Disposable[] = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) this.texts.delete(uri.toString());
    }),
  ];

  async open(deploymentId: string, messages: readonly Message[], { messageId, partIndex, side }: Extract<FromPage, { type: 'openToolText' }>): Promise<void> {
    const part = messages.find(({ id }) => id === messageId)?.parts[partIndex];
    if (part?.kind !== 'tool') throw new Error('This tool call is not in the conversation any more.');
    const value = side === 'input' ? part.input : part.errorText ?? part.output;
    const isText = typeof value === 'string';
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${deploymentId}/${messageId}-${String(partIndex)}/${part.name} ${side}.${isText ? 'txt' : 'json'}` });
    this.texts.set(uri.toString(), isText ? value : JSON.stringify(value, null, 2) ?? '');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? 'This text is not kept any more. Open it from the conversation again.';
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
