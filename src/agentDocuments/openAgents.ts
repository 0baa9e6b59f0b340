import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { parseAgentAddress, theirsPath, type AgentAddress } from '../core/agentFile/address';
import { DocumentFile, type FileVersion } from '../core/agentFile/documentFile';
import type { Agent, AgentFields } from '../core/api/model';
import type { Clock } from '../core/base/clock';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import { say } from '../core/words/words';
import { notFound } from '../ui/fileErrors';
import { isAgentGone, sessionFor } from './agentSession';
import { CreatedDrafts } from './createdDrafts';
import { fileError, isRefused } from './fileErrors';
import { asVersion, versionOf } from './fileVersions';
import { isDirty, openDocument } from './openDocuments';
import { RememberedBases } from './rememberedBases';
import { AGENT_SCHEME } from './scheme';
import { Turns } from './turns';
import { TEXTS } from './texts';

/** VS Code asks for a file's state and then for its content. Within this time, both come from the same read. */
const ONE_READ_MS = 2_000;

/** The time of the last read of a file that is known to be out of date. */
const LONG_AGO = Number.NEGATIVE_INFINITY;

export interface OpenAgentsServices {
  readonly sessions: SessionSource;
  readonly clock: Clock;
  /** Set only by tests, which run beside the installed extension. Default: `quantagents`. */
  readonly scheme?: string;
  /** Remembers across window reloads which drafts have become agents, and the bases of unsaved documents. */
  readonly memory?: vscode.Memento;
}

/**
 * The store of open agent documents: for each its file and its base, and whether it is being saved. Reading, refreshing
 * and saving all work on this store, and only it notifies VS Code of changed files.
 *
 * While a document is open, its file changes only by a save or a refresh. While it has unsaved changes, its file does
 * not change at all: VS Code compares the document with its base, so it sees no false conflict.
 */
export class OpenAgents implements vscode.Disposable {
  private readonly files = new Map<string, DocumentFile>();
  private readonly loading = new Map<string, Promise<DocumentFile>>();
  private readonly saves = new Turns();
  private readonly bases: RememberedBases;
  private readonly created: CreatedDrafts;
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  constructor(private readonly services: OpenAgentsServices) {
    this.bases = new RememberedBases(services.memory);
    this.created = new CreatedDrafts(services.memory);
  }

  get scheme(): string {
    return this.services.scheme ?? AGENT_SCHEME;
  }

  uri(organizationId: string, path: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.scheme, authority: organizationId, path });
  }

  /** All files with the addresses of their agents. Drafts and versions to compare with are left out. */
  *agents(): Generator<{
    readonly uri: vscode.Uri;
    readonly agent: Extract<AgentAddress, { readonly kind: 'agent' }>;
    readonly file: DocumentFile;
  }> {
    for (const [key, file] of this.files) {
      const uri = vscode.Uri.parse(key);
      const agent = parseAgentAddress(uri.authority, uri.path);
      if (agent?.kind === 'agent') yield { uri, agent, file };
    }
  }

  /** The file of a document, if it was read. */
  known(uri: vscode.Uri): DocumentFile | undefined {
    return this.files.get(uri.toString());
  }

  /** The file of a document. Reads the agent unless the document is open or was just read. */
  async openFileAt(uri: vscode.Uri, address: AgentAddress): Promise<DocumentFile> {
    const key = uri.toString();
    const known = this.files.get(key);
    if (known && (address.kind !== 'agent' || openDocument(uri) !== undefined || this.isFresh(known))) {
      if (known.isDeleted) throw notFound(uri);
      return known;
    }
    const underWay = this.loading.get(key);
    if (underWay) return underWay;
    const loading = this.load(uri, address).finally(() => {
      this.loading.delete(key);
    });
    this.loading.set(key, loading);
    return loading;
  }

  /**
   * The file of a document that VS Code restored without reading it. The text of the document is the only known base.
   */
  async fileOfRestored(document: vscode.TextDocument): Promise<DocumentFile> {
    const shown = await asVersion(document.getText());
    const file = this.known(document.uri) ?? new DocumentFile(shown, undefined, LONG_AGO);
    return this.keep(document.uri, file);
  }

  /** The fields that an agent document started from, if they are known yet. */
  baseOf(uri: vscode.Uri): AgentFields | undefined {
    return parseAgentAddress(uri.authority, uri.path)?.kind === 'agent' ? this.known(uri)?.base.fields : undefined;
  }

  /** The agent of a document. Undefined for a draft that is no agent yet, and for a version to compare with. */
  agentIdAt(uri: vscode.Uri, address: AgentAddress): number | undefined {
    switch (address.kind) {
      case 'agent':
        return address.agentId;
      case 'new':
        return this.created.agentIdOf(uri);
      case 'theirs':
        return undefined;
    }
  }

  /** Whether the user typed into a document since it was last saved or loaded. */
  hasTyping(document: vscode.TextDocument): boolean {
    return document.isDirty || this.known(document.uri)?.isVersion(document.getText()) === false;
  }

  isFresh(file: DocumentFile): boolean {
    return this.services.clock.monotonicMs() - file.confirmedMs < ONE_READ_MS;
  }

  markFresh(file: DocumentFile): void {
    file.confirmedMs = this.services.clock.monotonicMs();
  }

  /** Marks a file as out of date, so that the next refresh reads it. */
  markStale(file: DocumentFile): void {
    file.confirmedMs = LONG_AGO;
  }

  isSaving(uri: vscode.Uri): boolean {
    return this.saves.isBusy(uri.toString());
  }

  /** Runs the saves of one document one after another. */
  async inSaveTurn<T>(uri: vscode.Uri, save: () => Promise<T>): Promise<T> {
    return this.saves.take(uri.toString(), save);
  }

  /** A draft has become an agent. */
  draftCreated(draft: vscode.Uri, agentId: number): void {
    this.created.remember(draft, agentId);
  }

  /**
   * Puts a created agent at its own address. A document can be open there already: a second save of the draft may end
   * after the first one opened it.
   */
  settle(uri: vscode.Uri, version: FileVersion, agent: Agent): void {
    const known = this.known(uri);
    if (known && openDocument(uri)) this.replace(uri, known, version, agent);
    else this.keep(uri, new DocumentFile(version, agent, this.services.clock.monotonicMs()));
  }

  /** Shows a newer version of an agent in its open document. */
  replace(uri: vscode.Uri, file: DocumentFile, version: FileVersion, agent: Agent): void {
    const type = file.isDeleted ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed;
    file.isDeleted = false;
    file.replace(version, agent.updated, true);
    this.changed.fire([{ type, uri }]);
  }

  /** Adds a read-only file with the version that someone else saved. */
  async addTheirs(
    theirs: Agent,
    session: AgentsSession,
  ): Promise<{ readonly uri: vscode.Uri; readonly version: FileVersion }> {
    const uri = this.uri(session.organization.id, theirsPath(theirs, randomUUID()));
    const version = await versionOf(theirs, session);
    this.keep(uri, new DocumentFile(version, theirs, this.services.clock.monotonicMs()));
    return { uri, version };
  }

  /** The user saw someone else's version and chose what to do. From now on, that version is the base. */
  rebase(uri: vscode.Uri, version: FileVersion): void {
    this.known(uri)?.rebase(version);
    this.bases.remember(uri, version.text, true);
  }

  markDeleted(uri: vscode.Uri): void {
    const file = this.known(uri);
    if (!file || file.isDeleted) return;
    file.isDeleted = true;
    this.changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  /** An editor shows this document, with or without unsaved changes. */
  editorShows(document: vscode.TextDocument): void {
    const file = this.known(document.uri);
    if (document.isDirty) {
      if (file) this.bases.remember(document.uri, file.base.text);
    } else {
      file?.editorShows(document.getText());
      this.bases.forget(document.uri);
    }
  }

  /** The editor has finished saving. Only now may its document change to what QuantConnect made of it. */
  finishSave(document: vscode.TextDocument): void {
    const { uri } = document;
    if (this.known(uri)?.finishSave(document.getText()))
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** The document is closed. When it opens again, the agent is read again. */
  forget(uri: vscode.Uri): void {
    if (!openDocument(uri) && !this.isSaving(uri)) this.files.delete(uri.toString());
  }

  dispose(): void {
    this.changed.dispose();
  }

  private keep(uri: vscode.Uri, file: DocumentFile): DocumentFile {
    this.files.set(uri.toString(), file);
    return file;
  }

  private async load(uri: vscode.Uri, address: AgentAddress): Promise<DocumentFile> {
    const now = (): number => this.services.clock.monotonicMs();
    if (address.kind === 'new') {
      const { NEW_AGENT_DOCUMENT } = await import('../core/agentFile/format');
      return this.keep(uri, new DocumentFile({ text: NEW_AGENT_DOCUMENT, fields: {} }, undefined, now()));
    }
    const session = await sessionFor(this.services.sessions, address);
    try {
      const agent = await session.store.readAgent(address.agentId);
      const version = await versionOf(agent, session);
      const base = isDirty(uri) ? this.bases.recall(uri) : undefined;
      // The save compares with the base to find changes by others. If VS Code knew the time of a change, it would ask
      // its own question first.
      const file = this.keep(uri, new DocumentFile(version, base === undefined ? agent : undefined, now()));
      if (base !== undefined) file.rebase(await asVersion(base));
      return file;
    } catch (error) {
      if (isRefused(error) && (await isAgentGone(session, address.agentId))) throw notFound(say(TEXTS.agentGone));
      throw fileError(error);
    }
  }
}
