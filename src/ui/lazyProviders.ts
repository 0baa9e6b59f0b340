import * as vscode from 'vscode';
import type { Text } from '../core/words/words';
import type { Lazy } from '../core/base/lazy';
import type { Feedback } from './feedback';

/**
 * Providers that VS Code must know from the start. The feature behind one loads with the first request. If it cannot
 * load, the request rejects and VS Code tells the user.
 */

/** How a feature registers its provider: with VS Code, or with one of the providers below. */
export type Register<Provider> = (provider: Provider) => vscode.Disposable;

/** A file system that loads with the first request. */
export class LazyFiles implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly registration: vscode.Disposable;

  constructor(
    scheme: string,
    options: { readonly isCaseSensitive: boolean; readonly isReadonly?: boolean },
    private readonly load: () => Promise<vscode.FileSystemProvider>,
  ) {
    this.registration = vscode.workspace.registerFileSystemProvider(scheme, this, options);
  }

  /** From now on, notifies VS Code of changes in these files. */
  readonly follow: Register<vscode.FileSystemProvider> = (files) =>
    files.onDidChangeFile((changes) => this.changed.fire(changes));

  /** Does nothing: VS Code is notified of changes in every open document anyway. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.load()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.load()).readFile(uri);
  }

  async writeFile(...write: Parameters<vscode.FileSystemProvider['writeFile']>): Promise<void> {
    await (await this.load()).writeFile(...write);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.load()).readDirectory(uri);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    await (await this.load()).createDirectory(uri);
  }

  async delete(...deletion: Parameters<vscode.FileSystemProvider['delete']>): Promise<void> {
    await (await this.load()).delete(...deletion);
  }

  async rename(...renaming: Parameters<vscode.FileSystemProvider['rename']>): Promise<void> {
    await (await this.load()).rename(...renaming);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** Read-only texts that load with the first request. */
export class LazyTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration: vscode.Disposable;

  constructor(
    scheme: string,
    private readonly load: () => Promise<vscode.TextDocumentContentProvider>,
  ) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  /** From now on, notifies VS Code of changes in these texts. */
  readonly follow: Register<vscode.TextDocumentContentProvider> = (texts) =>
    texts.onDidChange?.((uri) => this.changed.fire(uri)) ?? new vscode.Disposable(() => undefined);

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    return (await (await this.load()).provideTextDocumentContent(uri, token)) ?? '';
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/**
 * Loads a feature when a document that it is about opens. Checks the documents that are already open after activation.
 * @param doing completes "Could not …" if the feature cannot load. Shown once.
 */
export function loadForDocuments(
  feature: Lazy<object>,
  isAbout: (document: vscode.TextDocument) => boolean,
  feedback: Feedback,
  doing: Text,
): vscode.Disposable {
  let hasFailed = false;
  const look = (document: vscode.TextDocument): void => {
    if (hasFailed || feature.current || !isAbout(document)) return;
    feature.get().catch((error: unknown) => {
      if (!hasFailed) void feedback.failed(error, doing);
      hasFailed = true;
    });
  };
  const first = setImmediate(() => vscode.workspace.textDocuments.forEach(look));
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    new vscode.Disposable(() => clearImmediate(first)),
  );
}
