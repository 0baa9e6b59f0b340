import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { agentPath, newAgentPath, parseAgentAddress } from '../core/agentFile/address';
import type { Agent } from '../core/api/model';
import type { Disposable } from '../core/base/events';
import type { AgentsSession } from '../core/organization/session';
import { say, type Words } from '../core/words/words';
import type { Register } from '../ui/lateProviders';
import { warn } from '../ui/messages';
import { AgentFileSystem, type AgentDocumentServices } from './agentFileSystem';
import { askByNotification, ConflictChoices, type AskAboutConflict } from './conflictChoice';
import { DocumentChecks } from './documentChecks';
import { registerLanguageFeatures } from './languageFeatures';
import { moveEditors, replaceText, takeBackStrangeText } from './openDocuments';

export interface AgentDocumentsServices extends AgentDocumentServices {
  /** How the user is asked which version to keep; a notification unless told otherwise. */
  readonly askAboutConflict?: AskAboutConflict;
  /** How VS Code comes to know the file system. */
  readonly registerFiles: Register<vscode.FileSystemProvider>;
}

/**
 * Agents as Markdown documents: opens them, keeps open ones up to date, and follows what a save brings about. Registers
 * itself with VS Code.
 */
export class AgentDocuments implements vscode.Disposable {
  readonly files: AgentFileSystem;
  private readonly conflicts: ConflictChoices;
  private readonly subscriptions: vscode.Disposable;
  private storeSubscription: Disposable | undefined;
  /** Drafts whose agent lives elsewhere now, until their save is finished. */
  private readonly moves = new Map<string, vscode.Uri>();

  constructor(private readonly services: AgentDocumentsServices) {
    const { sessions } = services;
    const files = new AgentFileSystem(services);
    this.files = files;
    this.conflicts = new ConflictChoices(files, services.askAboutConflict ?? askByNotification);
    const isMine = ({ uri }: { readonly uri: vscode.Uri }): boolean => uri.scheme === files.scheme;
    this.subscriptions = vscode.Disposable.from(
      services.registerFiles(files),
      files,
      new DocumentChecks(files),
      registerLanguageFeatures(files.scheme, sessions),
      files.events.onDidMeetConflict((conflict) =>
        this.attempt(this.conflicts.settle(conflict), say('compare the two versions of the agent')),
      ),
      files.events.onDidMissAgent(({ text }) => this.attempt(this.offerToCreateAgain(text), say('open a new agent'))),
      files.ownSaves.onDidFindStrangeText((strange) =>
        this.attempt(takeBackStrangeText(strange), say('restore the document that “Save As” wrote into')),
      ),
      files.events.onDidSave(({ uri, home }) => {
        if (home.path !== uri.path) this.moves.set(uri.toString(), home);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isMine(document)) files.editorShows(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!isMine(document)) return;
        files.editorShows(document);
        // Saved or reverted: while it had unsaved changes its file stood still.
        if (contentChanges.length === 0 && !document.isDirty) void files.refresh(document.uri);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (isMine(document)) this.finishSave(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // A change of language closes a document and opens it again at once.
        if (uri.scheme === files.scheme) setTimeout(() => files.forget(uri), 0);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isMine(editor.document)) void files.refresh(editor.document.uri);
      }),
      new vscode.Disposable(() => this.storeSubscription?.dispose()),
    );
    const sessionSubscription = sessions.onDidChange((session) => this.follow(session));
    this.subscriptions = vscode.Disposable.from(this.subscriptions, sessionSubscription);
    this.follow(sessions.current);
  }

  /** Opens the agent's document, or shows it where it is open already. Undefined: nobody is signed in. */
  async openAgent(agent: Pick<Agent, 'id' | 'name'>): Promise<vscode.TextEditor | undefined> {
    const session = await this.services.sessions.require();
    if (!session) return undefined;
    const organizationId = session.organization.id;
    return vscode.window.showTextDocument(
      this.openedUri(organizationId, agent.id) ?? this.files.uri(organizationId, agentPath(agent)),
    );
  }

  /**
   * Opens a document for an agent that does not exist yet: its first save creates it. Undefined: nobody is signed in.
   * @param seed an agent to start from as a copy.
   */
  async openNewAgent(seed?: Agent): Promise<vscode.TextEditor | undefined> {
    const session = await this.services.sessions.require();
    if (!session) return undefined;
    if (!seed) return this.openDraft(session);
    const { copyOf, formatFields } = await import('../core/agentFile/format');
    const fields = copyOf(seed);
    return this.openDraft(
      session,
      formatFields(fields, { nameOf: (id) => session.store.agent(id)?.name }),
      fields.name,
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async openDraft(session: AgentsSession, text?: string, name?: string): Promise<vscode.TextEditor> {
    const uri = this.files.uri(session.organization.id, newAgentPath(randomUUID(), name));
    const document = await vscode.workspace.openTextDocument(uri);
    // As an unsaved change, which it is: so it also survives a window reload.
    if (text !== undefined) await replaceText(document, text);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const name_ = /^name: */m.exec(document.getText());
    if (name_) {
      const start = document.positionAt(name_.index + name_[0].length);
      editor.selection = new vscode.Selection(start, document.lineAt(start.line).range.end);
    }
    return editor;
  }

  /**
   * Where the agent is open: at its address, whatever its file was named when it was opened, or at that of the draft
   * that it was.
   */
  private openedUri(organizationId: string, agentId: number): vscode.Uri | undefined {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input }) =>
        input instanceof vscode.TabInputText && input.uri.scheme === this.files.scheme ? [input.uri] : [],
      )
      .find((uri) => {
        const address = parseAgentAddress(uri.authority, uri.path);
        return (
          address?.organizationId === organizationId.toLowerCase() && this.files.agentIdAt(uri, address) === agentId
        );
      });
  }

  private finishSave(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const home = this.moves.get(key);
    this.moves.delete(key);
    if (home)
      void this.attempt(
        moveEditors(document, home, () => this.files.hasTyping(document)),
        say('open the saved agent'),
      );
    else this.files.finishSave(document);
  }

  private follow(session: AgentsSession | undefined): void {
    this.storeSubscription?.dispose();
    this.storeSubscription = session?.store.onDidChange((changes) => this.files.observe(session, changes));
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === this.files.scheme) void this.files.refresh(uri);
  }

  private async offerToCreateAgain(text: string): Promise<void> {
    const answer = await warn(
      say(
        'The agent was deleted on QuantConnect. Your text can become a new agent, with a new id and without the tasks of the old one.',
      ),
      'Create It Again',
    );
    const session = answer ? await this.services.sessions.require() : undefined;
    if (session) await this.openDraft(session, text);
  }

  private async attempt(work: Promise<unknown>, doing: Words): Promise<void> {
    try {
      await work;
    } catch (error) {
      await this.services.feedback.failed(error, doing);
    }
  }
}
