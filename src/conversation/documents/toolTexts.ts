import * as vscode from 'vscode';
import type { FromPage } from '../../core/pages/conversation/protocol';
import { findMessage, partText } from '../../core/conversation/toolCalls/toolText';
import type { Message } from '../../core/conversation/transcript/transcript';
import { Obstacle } from '../../core/words/obstacle';
import { plainLine } from '../../core/words/plain';
import { render } from '../../core/words/render';
import { say } from '../../core/words/words';
import type { Register } from '../../ui/lazyProviders';
import { TEXT_SCHEME } from './schemes';
import { TEXTS } from './texts';

/** Read-only documents for texts, inputs and outputs that are too long for the page. */
export class ToolTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly disposables: readonly { dispose(): unknown }[];

  /** @param scheme of its documents. Tests set another one, because they run beside the installed extension. */
  constructor(
    register: Register<vscode.TextDocumentContentProvider>,
    private readonly scheme = TEXT_SCHEME,
  ) {
    this.disposables = [
      this.changed,
      register(this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.texts.delete(uri.toString());
      }),
    ];
  }

  async open(
    deploymentId: string,
    messages: readonly Message[],
    { messageId, partIndex, side }: Extract<FromPage, { type: 'openToolText' }>,
  ): Promise<void> {
    const part = findMessage(messages, messageId)?.parts[partIndex];
    const shown = part && partText(part, side);
    if (!shown) throw new Obstacle(say(TEXTS.textGone));
    // The name comes from the agent. It becomes one segment of a path that points nowhere. Its extension sets the
    // language.
    const title = plainLine(shown.name.split(/[\\/]/).at(-1) ?? '');
    const uri = vscode.Uri.from({
      scheme: this.scheme,
      path: `/${deploymentId}/${encodeURIComponent(messageId)}-${String(partIndex)}-${side}/${title}`,
    });
    // An open document may show an older, shorter text. VS Code reads it again only after this event.
    const isNews = this.texts.has(uri.toString()) && this.texts.get(uri.toString()) !== shown.text;
    this.texts.set(uri.toString(), shown.text);
    if (isNews) this.changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? render(say(TEXTS.textNotKept), 'page');
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
