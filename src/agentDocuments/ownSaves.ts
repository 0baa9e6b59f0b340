import * as vscode from 'vscode';
import { parseAgentAddress } from '../core/agentFile/address';
import { UserText, type SaveOrder, type SaveSettings } from '../core/agentFile/userText';
import { originOf } from '../core/agentFile/writeOrigin';
import { say } from '../core/words/words';
import { unavailable } from '../ui/fileErrors';
import { isInTab } from '../ui/tabs';
import { openDocument } from './openDocuments';

/** A “Save As…” left its text in a document that it is not meant for. `before`: what stood there, where it was open. */
export interface StrangeText {
  readonly uri: vscode.Uri;
  readonly before: { readonly text: string; readonly isDirty: boolean } | undefined;
}

interface Dialog {
  readonly folder: string;
  readonly documents: ReadonlyMap<string, NonNullable<StrangeText['before']>>;
}

/**
 * Tells the save of an agent's document from every other write, and what the user wrote from what the editor cleaned up on the way
 * (docs/decisions/036-what-vs-code-does-by-itself.md).
 */
export class OwnSaves implements vscode.Disposable {
  private readonly texts = new Map<string, UserText>();
  /** Documents that VS Code has begun to save by itself. */
  private readonly automatic = new Set<string>();
  private readonly order: SaveOrder = { announcesFirst: false };
  private readonly strangeTexts = new Map<string, string>();
  /** The folder that a save dialog asked for last, without listing it afterwards: the user has chosen a file in it. */
  private dialog: Dialog | undefined;
  private readonly foundStrange = new vscode.EventEmitter<StrangeText>();
  readonly onDidFindStrangeText = this.foundStrange.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly scheme: string) {
    const isMine = ({ uri }: { readonly uri: vscode.Uri }): boolean => uri.scheme === scheme;
    this.subscription = vscode.Disposable.from(
      this.foundStrange,
      vscode.workspace.onDidOpenTextDocument((document) => { if (isMine(document)) this.textOf(document); }),
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (!isMine(document)) return;
        this.textOf(document).announced(document.getText());
        if (reason === vscode.TextDocumentSaveReason.Manual) this.automatic.delete(document.uri.toString());
        else this.automatic.add(document.uri.toString());
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, kind }) => {
        const isByHand = kind === vscode.TextEditorSelectionChangeKind.Keyboard || kind === vscode.TextEditorSelectionChangeKind.Mouse;
        if (isMine(document) && isByHand) this.touched(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, reason, contentChanges }) => {
        if (!isMine(document) || contentChanges.length === 0) return;
        this.textOf(document).changed(document.getText());
        if (reason !== undefined) this.touched(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (!isMine({ uri })) return;
        for (const each of [this.texts, this.automatic, this.strangeTexts]) each.delete(uri.toString());
      }),
    );
    for (const document of vscode.workspace.textDocuments) if (isMine(document)) this.textOf(document);
  }

  /** VS Code asked what a folder is. A save dialog does when a file was chosen in it; it lists a folder right after asking when it only shows it. */
  folderAsked(folder: vscode.Uri): void {
    const documents = vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === this.scheme && !isClosed && isInTab(uri));
    this.dialog = {
      folder: folder.toString(),
      documents: new Map(documents.map((document) => [document.uri.toString(), { text: document.getText(), isDirty: document.isDirty }])),
    };
  }

  folderListed(): void {
    this.dialog = undefined;
  }

  /**
   * Decides on a write that goes on. Asked once for each.
   * @param baseText what the address held before, as far as known.
   * @returns what the user wrote. Throws where it is not the save of the document at the address, or one that nobody asked for.
   */
  take(uri: vscode.Uri, content: string, baseText: string | undefined): string {
    const key = uri.toString();
    const isAutomatic = this.automatic.delete(key);
    const dialog = this.dialog?.folder === uri.with({ path: uri.path.replace(/\/[^/]*$/, '') }).toString() ? this.dialog : undefined;
    if (dialog) this.dialog = undefined;
    const document = openDocument(uri);
    const userText = document && this.textOf(document);
    const origin = originOf({
      content,
      document: document && { text: document.getText(), isShown: isInTab(uri), isBeingSaved: userText?.isBeingSaved === true },
      isAutomatic,
      dialog: dialog && { text: dialog.documents.get(key)?.text },
      strangeText: this.strangeTexts.get(key),
      otherTexts: content === baseText ? [] : this.textsOfOthers(uri),
    });
    if (origin.kind === 'save') return userText ? userText.written(content, saveSettings(uri)) : content;
    userText?.forgetAnnouncement();
    switch (origin.kind) {
      case 'automatic':
        throw unavailable(say('Agents are not saved automatically, because every save changes the agent on QuantConnect. Save it yourself when you are ready.'));
      case 'saveAs':
        if (origin.isStrange) {
          this.strangeTexts.set(key, content);
          this.foundStrange.fire({ uri, before: dialog?.documents.get(key) });
        }
        throw unavailable(say('Nothing was saved: “Save As” would overwrite the agent on QuantConnect. Use the command “Duplicate Agent” for a copy, or “Save” for your changes.'));
      case 'other':
        throw unavailable(say('Nothing was saved: an agent is changed only by saving its own open document. Use the command “Duplicate Agent” for a copy.'));
    }
  }

  /** A clean-up of the document needs not be taken back any more: its text is another one. */
  forgetCleanUp(uri: vscode.Uri): void {
    this.texts.get(uri.toString())?.forgetCleanUp();
  }

  /** A document without unsaved changes shows this: a strange text is gone, unless it still stands there. */
  editorShows(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (this.strangeTexts.get(key) !== document.getText()) this.strangeTexts.delete(key);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private textOf(document: vscode.TextDocument): UserText {
    const key = document.uri.toString();
    const text = this.texts.get(key) ?? new UserText(document.getText(), this.order);
    this.texts.set(key, text);
    return text;
  }

  /** Somebody is at work in the document: no save dialog stands before it. */
  private touched(document: vscode.TextDocument): void {
    this.textOf(document).touched();
    this.dialog = undefined;
  }

  private textsOfOthers(uri: vscode.Uri): readonly string[] {
    const mine = parseAgentAddress(uri.authority, uri.path);
    if (mine?.kind !== 'agent') return [];
    return vscode.workspace.textDocuments.filter((document) => document.uri.scheme === this.scheme && !document.isClosed).flatMap((document) => {
      const address = parseAgentAddress(document.uri.authority, document.uri.path);
      return address?.kind === 'agent' && address.agentId !== mine.agentId ? [document.getText()] : [];
    });
  }
}

function saveSettings(uri: vscode.Uri): SaveSettings {
  const scope = { uri, languageId: 'markdown' };
  const [files, editor] = [vscode.workspace.getConfiguration('files', scope), vscode.workspace.getConfiguration('editor', scope)];
  const actions = editor.get<Readonly<Record<string, unknown>> | readonly unknown[]>('codeActionsOnSave');
  const steps = [['trimTrailingWhitespace', 'blanks'], ['insertFinalNewline', 'finalLineBreak'], ['trimFinalNewlines', 'furtherLineBreaks']] as const;
  return {
    steps: new Set(steps.flatMap(([name, step]) => (files.get(name) === true ? [step] : []))),
    formats: editor.get('formatOnSave') === true || Object.keys(actions ?? {}).length > 0,
  };
}
