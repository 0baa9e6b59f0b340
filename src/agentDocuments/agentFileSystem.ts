import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { isAgentFolder, parseAgentAddress, theirsPath, type AgentAddress } from '../core/agentFile/address';
import { isSameAgent } from '../core/agentFile/changes';
import { HeldFile, type FileVersion } from '../core/agentFile/heldFile';
import type { Agent, AgentFields } from '../core/api/model';
import type { Clock } from '../core/base/clock';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import type { OrganizationChange } from '../core/organization/snapshot';
import type { Feedback } from '../ui/feedback';
import { AgentSaves, type AgentSaveEvents } from './agentSaves';
import { say } from '../core/words/words';
import { notFound, notPermitted, unavailable } from '../ui/fileErrors';
import { fileError, isRefused } from './fileErrors';
import { asVersion, differs, versionOf } from './fileVersions';
import { isDirty, openDocument } from './openDocuments';
import { OwnSaves } from './ownSaves';
import { RememberedBases } from './rememberedBases';
import { AGENT_SCHEME } from './scheme';

/** VS Code asks for a file's state and then for its content: both must be of one and the same read. */
const ONE_READ_MS = 2_000;

/** When a file was confirmed that is known to be out of date. */
const LONG_AGO = Number.NEGATIVE_INFINITY;

/** Read-only, so that a save dialog does not offer to put a new file there. */
const FOLDER: vscode.FileStat = {
  type: vscode.FileType.Directory,
  ctime: 0,
  mtime: 0,
  size: 0,
  permissions: vscode.FilePermission.Readonly,
};

export interface AgentDocumentServices {
  readonly sessions: SessionSource;
  readonly feedback: Feedback;
  readonly clock: Clock;
  /** Another scheme than `quantagents`, for tests beside the installed extension. */
  readonly scheme?: string;
  /** Remembers across window reloads which drafts have become agents, and what unsaved documents were made from. */
  readonly memory?: vscode.Memento;
}

/**
 * The agents as files (`core/agentFile/address.ts` says where each lives).
 *
 * While a document is open its file stands still, except in {@link refresh}, and while it has unsaved changes it stands
 * still altogether: what VS Code compares its text with is what the text was made from, so VS Code sees no conflict
 * that is none. Real conflicts are found at the save, which reads the agent anew.
 */
export class AgentFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly files = new Map<string, HeldFile>();
  private readonly loading = new Map<string, Promise<HeldFile>>();
  private readonly refreshing = new Set<string>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly saves: AgentSaves;
  private readonly bases: RememberedBases;
  readonly ownSaves: OwnSaves;

  readonly onDidChangeFile = this.changed.event;
  readonly events: AgentSaveEvents;

  constructor(private readonly services: AgentDocumentServices) {
    this.ownSaves = new OwnSaves(this.scheme);
    this.saves = new AgentSaves({
      ...services,
      sessionFor: (address) => this.sessionFor(address),
      fileAt: (uri, address) => this.held(uri, address),
      settle: (uri, version, agent) => this.settle(uri, version, agent),
      markDeleted: (uri) => this.markDeleted(uri),
    });
    this.events = this.saves.events;
    this.bases = new RememberedBases(services.memory);
  }

  get scheme(): string {
    return this.services.scheme ?? AGENT_SCHEME;
  }

  uri(organizationId: string, path: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.scheme, authority: organizationId, path });
  }

  /** Whether something was typed into a document since it was last saved or loaded. */
  hasTyping(document: vscode.TextDocument): boolean {
    return document.isDirty || this.files.get(document.uri.toString())?.isVersion(document.getText()) === false;
  }

  /** The agent whose document this is. Undefined: a draft that is none yet, or a text to compare with. */
  agentIdAt(uri: vscode.Uri, address: AgentAddress): number | undefined {
    return address.kind === 'agent'
      ? address.agentId
      : address.kind === 'new'
        ? this.saves.createdFrom(uri)
        : undefined;
  }

  /** What the text on screen was made from, if that is known yet. */
  baseOf(uri: vscode.Uri): AgentFields | undefined {
    return parseAgentAddress(uri.authority, uri.path)?.kind === 'agent'
      ? this.files.get(uri.toString())?.base.fields
      : undefined;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const address = parseAgentAddress(uri.authority, uri.path);
    if (!address && isAgentFolder(uri.path)) {
      this.ownSaves.folderAsked(uri);
      return FOLDER;
    }
    const file = await this.held(uri, address);
    return {
      type: vscode.FileType.File,
      ctime: file.createdAt,
      mtime: file.modifiedAt,
      size: Buffer.byteLength(file.current.text),
      ...(address?.kind === 'theirs' && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.held(uri, parseAgentAddress(uri.authority, uri.path))).current.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const address = parseAgentAddress(uri.authority, uri.path);
    if (!address || address.kind === 'theirs') throw notPermitted(say('Only agents can be saved here.'));
    const file = this.files.get(uri.toString());
    const written = Buffer.from(content).toString('utf8');
    const text = this.ownSaves.take(uri, written, file?.base.text);
    await this.saves.save(uri, address, { text, written }, file?.isDeleted ?? false);
  }

  /**
   * Brings a document without unsaved changes up to date, unless it was just read. Says nothing when that fails: the
   * next look or the save will.
   */
  async refresh(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const address = parseAgentAddress(uri.authority, uri.path);
    const document = openDocument(uri);
    if (
      address?.kind !== 'agent' ||
      !document ||
      document.isDirty ||
      this.saves.isSaving(uri) ||
      this.refreshing.has(key)
    )
      return;
    this.refreshing.add(key);
    try {
      const file = this.files.get(key) ?? (await this.foundOpen(document));
      if (this.isFresh(file)) return;
      const session = await this.sessionFor(address);
      const agent = await session.store.readAgent(address.agentId);
      const version = await versionOf(agent, session);
      // The text as well: VS Code calls a document clean after a save even when something was typed during it.
      if (
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- typed in meanwhile
        document.isDirty ||
        !file.isVersion(document.getText()) ||
        this.saves.isSaving(uri) ||
        this.files.get(key) !== file
      )
        return;
      file.confirmedMs = this.services.clock.monotonicMs();
      const wasDeleted = file.isDeleted;
      file.isDeleted = false;
      if (isSameAgent(version.fields, file.current.fields) && !wasDeleted) return;
      file.replace(version, agent.updated, true);
      this.ownSaves.forgetCleanUp(uri);
      this.changed.fire([{ type: wasDeleted ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri }]);
    } catch (error) {
      if (isRefused(error) && (await this.isGone(address))) this.markDeleted(uri);
    } finally {
      this.refreshing.delete(key);
    }
  }

  /**
   * Takes notice of what changed in the organization. Lists may leave fields out, so they only say which agents to
   * read.
   */
  observe(session: AgentsSession, changes: readonly OrganizationChange[]): void {
    const changedIds = new Set(changes.flatMap((change) => (change.kind === 'agent' ? [change.agentId] : [])));
    const hasNewList = changes.some(({ kind }) => kind === 'agents');
    for (const [key, file] of this.files) {
      const uri = vscode.Uri.parse(key);
      const address = parseAgentAddress(uri.authority, uri.path);
      if (address?.kind !== 'agent' || address.organizationId !== session.organization.id.toLowerCase()) continue;
      if (!hasNewList && !changedIds.has(address.agentId)) continue;
      const listed = session.store.agent(address.agentId);
      if (listed ? !file.isDeleted && !differs(listed, file.current.fields) : file.isDeleted) continue;
      file.confirmedMs = LONG_AGO;
      void this.refresh(uri);
    }
  }

  /** An editor shows this document, with or without unsaved changes. */
  editorShows(document: vscode.TextDocument): void {
    const file = this.files.get(document.uri.toString());
    if (document.isDirty) {
      if (file) this.bases.remember(document.uri, file.base.text);
    } else {
      file?.editorShows(document.getText());
      this.bases.forget(document.uri);
      this.ownSaves.editorShows(document);
    }
  }

  /**
   * The editor has finished saving: now it may be shown what QuantConnect made of it, or what the user wrote before it
   * was cleaned up.
   */
  finishSave(document: vscode.TextDocument): void {
    const { uri } = document;
    if (this.files.get(uri.toString())?.finishSave(document.getText()))
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** The document is closed: the next one to open it reads it anew. */
  forget(uri: vscode.Uri): void {
    if (!openDocument(uri) && !this.saves.isSaving(uri)) this.files.delete(uri.toString());
  }

  /** A read-only file with what somebody else saved. */
  async holdTheirs(
    theirs: Agent,
    session: AgentsSession,
  ): Promise<{ readonly uri: vscode.Uri; readonly version: FileVersion }> {
    const uri = this.uri(session.organization.id, theirsPath(theirs, randomUUID()));
    const version = await versionOf(theirs, session);
    this.files.set(uri.toString(), new HeldFile(version, theirs, this.services.clock.monotonicMs()));
    return { uri, version };
  }

  /** The user saw a version by somebody else and decided what to do about it. */
  rebase(uri: vscode.Uri, version: FileVersion): void {
    this.files.get(uri.toString())?.rebase(version);
    this.bases.remember(uri, version.text, true);
  }

  watch(): vscode.Disposable {
    // Changes are told for every open document, asked for or not.
    return new vscode.Disposable(() => {});
  }

  readDirectory(): [string, vscode.FileType][] {
    this.ownSaves.folderListed();
    return [];
  }

  createDirectory(): void {
    throw notPermitted(say('There are no folders among agents. Use the command “Duplicate Agent” for a copy.'));
  }

  delete(): void {
    throw notPermitted(say('Agents are deleted by the command “Delete Agent”.'));
  }

  rename(): void {
    throw notPermitted(
      say('An agent is renamed by the line “name: …” in its document, or by the command “Rename Agent”.'),
    );
  }

  dispose(): void {
    this.ownSaves.dispose();
    this.saves.dispose();
    this.changed.dispose();
  }

  private async held(uri: vscode.Uri, address: AgentAddress | undefined): Promise<HeldFile> {
    if (!address) throw notFound(uri);
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
   * The address may be open already: a draft that is saved twice in a row is on its way there when its second save
   * ends.
   */
  private settle(uri: vscode.Uri, version: FileVersion, agent: Agent): void {
    const known = this.files.get(uri.toString());
    if (!known || !openDocument(uri)) {
      this.files.set(uri.toString(), new HeldFile(version, agent, this.services.clock.monotonicMs()));
      return;
    }
    known.replace(version, agent.updated, true);
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  private async load(uri: vscode.Uri, address: AgentAddress): Promise<HeldFile> {
    const keep = (file: HeldFile): HeldFile => {
      this.files.set(uri.toString(), file);
      return file;
    };
    if (address.kind === 'new') {
      const { NEW_AGENT_DOCUMENT } = await import('../core/agentFile/format');
      return keep(new HeldFile({ text: NEW_AGENT_DOCUMENT, fields: {} }, undefined, this.services.clock.monotonicMs()));
    }
    const session = await this.sessionFor(address);
    try {
      const agent = await session.store.readAgent(address.agentId);
      const version = await versionOf(agent, session);
      const base = isDirty(uri) ? this.bases.recall(uri) : undefined;
      // With a base, a change by somebody else is found at the save; without a time of change, VS Code does not ask its
      // own question before.
      const file = keep(
        new HeldFile(version, base === undefined ? agent : undefined, this.services.clock.monotonicMs()),
      );
      if (base !== undefined) file.rebase(await asVersion(base));
      return file;
    } catch (error) {
      if (isRefused(error) && (await this.isGone(address)))
        throw notFound(say('This agent is not in the organization any more.'));
      throw fileError(error);
    }
  }

  /**
   * The file of a document that was open before this extension was: what it shows is all that is known of what it was
   * made from.
   */
  private async foundOpen(document: vscode.TextDocument): Promise<HeldFile> {
    const shown = await asVersion(document.getText());
    const key = document.uri.toString();
    const file = this.files.get(key) ?? new HeldFile(shown, undefined, LONG_AGO);
    this.files.set(key, file);
    return file;
  }

  private async sessionFor({ organizationId }: AgentAddress): Promise<AgentsSession> {
    await this.services.sessions.ready();
    const session = this.services.sessions.current;
    if (!session)
      throw unavailable(
        this.services.sessions.hindrance ?? say('You are signed out of QuantConnect. Sign in, then try again.'),
      );
    if (session.organization.id.toLowerCase() === organizationId) return session;
    throw unavailable(
      say(
        'This agent belongs to another organization than “{0}”. Switch to its organization, then try again.',
        session.organization.name,
      ),
    );
  }

  private async isGone(address: AgentAddress & { readonly agentId: number }): Promise<boolean> {
    const { isGone } = await import('../core/agentFile/saving');
    return isGone((await this.sessionFor(address)).store, address.agentId);
  }

  private markDeleted(uri: vscode.Uri): void {
    const file = this.files.get(uri.toString());
    if (!file || file.isDeleted) return;
    file.isDeleted = true;
    this.changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  private isFresh(file: HeldFile): boolean {
    return this.services.clock.monotonicMs() - file.confirmedMs < ONE_READ_MS;
  }
}
