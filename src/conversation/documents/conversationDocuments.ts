import * as vscode from 'vscode';
import { describeError } from '../../core/api/describeError';
import { systemClock } from '../../core/base/clock';
import {
  addressOf,
  documentText,
  isNumbered,
  locationOf,
  type Comparison,
  type ConversationDocument,
} from '../../core/conversation/documents/documentAddress';
import type { ConversationRecord } from '../../core/conversation/documents/record';
import { given, say, type Words } from '../../core/words/words';
import { notFound, notPermitted, unavailable } from '../../ui/fileErrors';
import { showDifference, showDifferences } from '../../ui/titles';
import type { Register } from '../../ui/lazyProviders';
import type { ConversationRecords } from './conversationRecords';
import { FILE_SCHEME } from './schemes';
import { TEXTS } from './texts';

/** How far an open transcript may lag behind. Writing a long one often would cost too much. */
const FOLLOW_MS = 3_000;

const FOLLOWS: ReadonlySet<ConversationDocument['kind']> = new Set(['transcript', 'prompts', 'answer']);

interface Content {
  readonly bytes: Uint8Array;
  /** Changes with the bytes, because VS Code reads a document again only if its time changes. */
  readonly madeAt: number;
}

/**
 * Read-only documents made from conversations: file versions, transcripts, prompts and answers.
 * `core/conversation/documents/documentAddress.ts` defines their addresses. Addresses survive a window reload. Then the
 * conversation is read again.
 */
export class ConversationDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly registration: vscode.Disposable;
  private readonly following = new Map<string, ReturnType<typeof setTimeout>>();
  /** By address. VS Code asks for a document's size before it reads it. This avoids writing a long transcript twice. */
  private readonly contents = new WeakMap<ConversationRecord, Map<string, Content>>();

  /** @param scheme of its documents. Tests set another one, because they run beside the installed extension. */
  constructor(
    private readonly records: Pick<ConversationRecords, 'last'>,
    register: Register<vscode.FileSystemProvider>,
    private readonly scheme = FILE_SCHEME,
    private readonly followMs = FOLLOW_MS,
  ) {
    this.registration = register(this);
  }

  uri({ facts }: ConversationRecord, document: ConversationDocument): vscode.Uri {
    return vscode.Uri.from({ scheme: this.scheme, ...locationOf({ deploymentId: facts.deploymentId, document }) });
  }

  async open(record: ConversationRecord, document: ConversationDocument): Promise<void> {
    const uri = this.uri(record, document);
    // A document that is already open comes from an older read.
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  /** The conversation has changed, so its open transcript updates a moment later. File versions never change. */
  conversationChanged(deploymentId: string): void {
    if (this.following.has(deploymentId) || this.openOf(deploymentId).length === 0) return;
    this.following.set(
      deploymentId,
      setTimeout(() => {
        this.following.delete(deploymentId);
        this.changed.fire(this.openOf(deploymentId).map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
      }, this.followMs),
    );
  }

  private openOf(deploymentId: string): readonly vscode.Uri[] {
    return vscode.workspace.textDocuments
      .map(({ uri }) => uri)
      .filter((uri) => {
        const address = uri.scheme === this.scheme ? addressOf(uri) : undefined;
        return address?.deploymentId === deploymentId && FOLLOWS.has(address.document.kind);
      });
  }

  /**
   * Shows both sides in VS Code's diff editor.
   * @param other the conversation of the right side, if it differs from the left one.
   */
  async compare(record: ConversationRecord, { left, right, title }: Comparison, other = record): Promise<void> {
    const leftUri = this.uri(record, left);
    const rightUri = this.uri(other, right);
    this.changed.fire([leftUri, rightUri].map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
    await showDifference(leftUri, rightUri, given(title), { preview: true });
  }

  /** Shows many comparisons in one editor. */
  async compareAll(
    record: ConversationRecord,
    other: ConversationRecord,
    title: Words,
    comparisons: readonly Comparison[],
  ): Promise<void> {
    const resources = comparisons.map(({ left, right }) => {
      const [original, modified] = [this.uri(record, left), this.uri(other, right)];
      return [right.kind === 'nothing' ? original : modified, original, modified];
    });
    await showDifferences(title, resources);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes, madeAt } = await this.content(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: madeAt,
      size: bytes.byteLength,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.content(uri)).bytes;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw notPermitted(say(TEXTS.readOnly, uri.path));
  }

  writeFile(uri: vscode.Uri): void {
    throw notPermitted(say(TEXTS.readOnly, uri.path));
  }

  delete(uri: vscode.Uri): void {
    throw notPermitted(say(TEXTS.readOnly, uri.path));
  }

  rename(uri: vscode.Uri): void {
    throw notPermitted(say(TEXTS.readOnly, uri.path));
  }

  dispose(): void {
    for (const timer of this.following.values()) clearTimeout(timer);
    this.registration.dispose();
    this.changed.dispose();
  }

  private async content(uri: vscode.Uri): Promise<Content> {
    const address = addressOf(uri);
    if (!address && isNumbered(uri)) throw unavailable(say(TEXTS.versionMoved));
    if (!address) throw notFound(uri);
    // The empty side of a comparison needs no conversation.
    if (address.document.kind === 'nothing') return { bytes: new Uint8Array(), madeAt: 0 };
    const record = await this.records.last(address.deploymentId).catch((error: unknown) => {
      throw unavailable(describeError(error, say(TEXTS.toRead)).message);
    });
    if (!record) throw unavailable(say(TEXTS.signInToRead));
    return this.contentIn(record, uri, address.document);
  }

  private contentIn(record: ConversationRecord, uri: vscode.Uri, document: ConversationDocument): Content {
    const contents = this.contents.get(record) ?? new Map<string, Content>();
    this.contents.set(record, contents);
    const known = contents.get(uri.toString());
    if (known) return known;
    const text = documentText(record, document);
    if (text === undefined) throw notFound(say(TEXTS.noVersion));
    const content = { bytes: new TextEncoder().encode(text), madeAt: systemClock.now() };
    contents.set(uri.toString(), content);
    return content;
  }
}
