import * as vscode from 'vscode';
import { parseAgentAddress } from '../core/agentFile/address';
import { UserText, type SaveOrder, type SaveSettings } from '../core/agentFile/userText';
import { originOf } from '../core/agentFile/writeOrigin';
import { say } from '../core/words/words';
import { unavailable } from '../ui/fileErrors';
import { isInTab } from '../ui/tabs';
import { openDocument, type MisplacedText } from './openDocuments';
import { TEXTS } from './texts';

const AUTOMATIC = say(TEXTS.noAutoSave);
const SAVE_AS = say(TEXTS.noSaveAs);
const OTHER = say(TEXTS.onlyOwnDocument);

/** The clean-up settings of VS Code, and the step that each switches on. */
const STEPS = [
  ['trimTrailingWhitespace', 'blanks'],
  ['insertFinalNewline', 'finalLineBreak'],
  ['trimFinalNewlines', 'furtherLineBreaks'],
] as const;

interface Dialog {
  readonly folder: string;
  readonly documents: ReadonlyMap<string, NonNullable<MisplacedText['before']>>;
}

/**
 * Decides whether a write is the save of the agent's own document. Separates what the user wrote from what the editor
 * cleaned up (docs/decisions/024-what-vs-code-does-by-itself.md).
 */
export class OwnSaves implements vscode.Disposable {
  private readonly texts = new Map<string, UserText>();
  /** Documents that VS Code is saving without being asked, as auto save does. */
  private readonly automatic = new Set<string>();
  private readonly order: SaveOrder = { announcesFirst: false };
  private readonly strangeTexts = new Map<string, string>();
  /** The folder that a save dialog asked about last and did not list. The user has chosen a file in it. */
  private dialog: Dialog | undefined;
  private readonly foundMisplaced = new vscode.EventEmitter<MisplacedText>();
  readonly onDidFindMisplacedText = this.foundMisplaced.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly scheme: string) {
    const isMine = ({ uri }: { readonly uri: vscode.Uri }): boolean => uri.scheme === scheme;
    this.subscription = vscode.Disposable.from(
      this.foundMisplaced,
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isMine(document)) this.textOf(document);
      }),
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (!isMine(document)) return;
        this.textOf(document).announced(document.getText());
        if (reason === vscode.TextDocumentSaveReason.Manual) this.automatic.delete(document.uri.toString());
        else this.automatic.add(document.uri.toString());
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, kind }) => {
        const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
        if (isMine(document) && (kind === Keyboard || kind === Mouse)) this.touched(document);
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

  /**
   * VS Code asked what a folder is. A save dialog does this when the user chose a file in it. A dialog that only shows
   * the folder lists it too.
   */
  folderAsked(folder: vscode.Uri): void {
    const shown = this.openDocuments().filter(({ uri }) => isShown(uri));
    const states = shown.map((document) => [document.uri.toString(), stateOf(document)] as const);
    this.dialog = { folder: folder.toString(), documents: new Map(states) };
  }

  folderListed(): void {
    this.dialog = undefined;
  }

  /**
   * Decides about one write. Call it once for each write.
   * @param baseText the text of the base, if it is known.
   * @returns what the user wrote. Throws if the write is not a save of the agent's own document that the user asked
   * for.
   */
  take(uri: vscode.Uri, content: string, baseText: string | undefined): string {
    const key = uri.toString();
    const isAutomatic = this.automatic.delete(key);
    const dialog = this.takeDialog(uri);
    const document = openDocument(uri);
    const userText = document && this.textOf(document);
    const origin = originOf({
      content,
      document: document &&
        userText && { text: document.getText(), isShown: isShown(uri), isBeingSaved: userText.isBeingSaved },
      isAutomatic,
      dialog: dialog && { text: dialog.documents.get(key)?.text },
      strangeText: this.strangeTexts.get(key),
      otherTexts: content === baseText ? [] : this.textsOfOthers(uri),
    });
    if (origin.kind === 'save') return userText ? userText.written(content, saveSettings(uri)) : content;
    userText?.forgetAnnouncement();
    switch (origin.kind) {
      case 'automatic':
        throw unavailable(AUTOMATIC);
      case 'saveAs':
        if (origin.isStrange) {
          this.strangeTexts.set(key, content);
          this.foundMisplaced.fire({ uri, before: dialog?.documents.get(key) });
        }
        throw unavailable(SAVE_AS);
      case 'other':
        throw unavailable(OTHER);
    }
  }

  /** Forgets the last clean-up, because the document has another text now. */
  forgetCleanUp(uri: vscode.Uri): void {
    this.texts.get(uri.toString())?.forgetCleanUp();
  }

  /** The document has no unsaved changes. Forgets the strange text, unless the document still contains it. */
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

  /** The user works in the document, so no save dialog is open. */
  private touched(document: vscode.TextDocument): void {
    this.textOf(document).touched();
    this.dialog = undefined;
  }

  private openDocuments(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === this.scheme && !isClosed);
  }

  /** The dialog that chose this address. It is returned only once. */
  private takeDialog(uri: vscode.Uri): Dialog | undefined {
    const { dialog } = this;
    if (dialog?.folder !== uri.with({ path: uri.path.replace(/\/[^/]*$/, '') }).toString()) return undefined;
    this.dialog = undefined;
    return dialog;
  }

  private textsOfOthers(uri: vscode.Uri): readonly string[] {
    const mine = parseAgentAddress(uri.authority, uri.path);
    if (mine?.kind !== 'agent') return [];
    return this.openDocuments().flatMap((document) => {
      const address = parseAgentAddress(document.uri.authority, document.uri.path);
      return address?.kind === 'agent' && address.agentId !== mine.agentId ? [document.getText()] : [];
    });
  }
}

/** Whether the user can see the document. The one that “Save As…” fills is in no tab and no editor. */
function isShown(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return isInTab(uri) || vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === key);
}

function stateOf(document: vscode.TextDocument): NonNullable<MisplacedText['before']> {
  return { text: document.getText(), isDirty: document.isDirty };
}

function saveSettings(uri: vscode.Uri): SaveSettings {
  const scope = { uri, languageId: 'markdown' };
  const files = vscode.workspace.getConfiguration('files', scope);
  const editor = vscode.workspace.getConfiguration('editor', scope);
  const actions = editor.get<Readonly<Record<string, unknown>> | readonly unknown[]>('codeActionsOnSave');
  return {
    steps: new Set(STEPS.flatMap(([name, step]) => (files.get(name) === true ? [step] : []))),
    formats: editor.get('formatOnSave') === true || Object.keys(actions ?? {}).length > 0,
  };
}
