import * as vscode from 'vscode';
import { isAgentFolder, parseAgentAddress } from '../core/agentFile/address';
import type { DocumentFile } from '../core/agentFile/documentFile';
import { say } from '../core/words/words';
import { notFound, notPermitted } from '../ui/fileErrors';
import type { AgentSaves } from './agentSaves';
import type { OpenAgents } from './openAgents';
import type { OwnSaves } from './ownSaves';
import { TEXTS } from './texts';

/** Marked read-only, so that a save dialog does not offer to put a new file there. */
const FOLDER: vscode.FileStat = {
  type: vscode.FileType.Directory,
  ctime: 0,
  mtime: 0,
  size: 0,
  permissions: vscode.FilePermission.Readonly,
};

/** The agents as files. `core/agentFile/address.ts` says which path belongs to which agent. */
export class AgentFileSystem implements vscode.FileSystemProvider {
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;

  constructor(
    private readonly open: OpenAgents,
    private readonly saves: AgentSaves,
    private readonly ownSaves: OwnSaves,
  ) {
    this.onDidChangeFile = open.onDidChangeFile;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const address = parseAgentAddress(uri.authority, uri.path);
    if (!address && isAgentFolder(uri.path)) {
      this.ownSaves.folderAsked(uri);
      return FOLDER;
    }
    const file = await this.openFileAt(uri);
    return {
      type: vscode.FileType.File,
      ctime: file.createdAt,
      mtime: file.modifiedAt,
      size: Buffer.byteLength(file.current.text),
      ...(address?.kind === 'theirs' && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.openFileAt(uri)).current.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const address = parseAgentAddress(uri.authority, uri.path);
    if (!address || address.kind === 'theirs') throw notPermitted(say(TEXTS.onlyAgents));
    const written = Buffer.from(content).toString('utf8');
    const text = this.ownSaves.take(uri, written, this.open.known(uri)?.base.text);
    await this.saves.save(uri, address, { text, written });
  }

  watch(): vscode.Disposable {
    // VS Code is notified of all open documents anyway, so there is nothing to watch.
    return new vscode.Disposable(() => {});
  }

  readDirectory(): [string, vscode.FileType][] {
    this.ownSaves.folderListed();
    return [];
  }

  createDirectory(): void {
    throw notPermitted(say(TEXTS.noFolders));
  }

  delete(): void {
    throw notPermitted(say(TEXTS.deleteByCommand));
  }

  rename(): void {
    throw notPermitted(say(TEXTS.renameByCommand));
  }

  private async openFileAt(uri: vscode.Uri): Promise<DocumentFile> {
    const address = parseAgentAddress(uri.authority, uri.path);
    if (!address) throw notFound(uri);
    return this.open.openFileAt(uri, address);
  }
}
