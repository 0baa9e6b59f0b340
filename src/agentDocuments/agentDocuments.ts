import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { agentPath, newAgentPath, parseAgentAddress } from '../core/agentFile/address';
import type { Agent } from '../core/api/model';
import type { Disposable } from '../core/base/events';
import type { AgentsSession } from '../core/organization/session';
import { say, type Words } from '../core/words/words';
import type { Feedback } from '../ui/feedback';
import type { Register } from '../ui/lazyProviders';
import { warn } from '../ui/messages';
import { AgentFileSystem } from './agentFileSystem';
import { AgentRefresh } from './agentRefresh';
import { AgentSaves } from './agentSaves';
import { askByNotification, ConflictChoices, type AskAboutConflict } from './conflictChoice';
import { DocumentChecks } from './documentChecks';
import { registerLanguageFeatures } from './languageFeatures';
import { OpenAgents, type OpenAgentsServices } from './openAgents';
import { moveEditors, replaceText, revertMisplacedText } from './openDocuments';
import { OwnSaves } from './ownSaves';
import { TEXTS } from './texts';

export interface AgentDocumentsServices extends OpenAgentsServices {
  readonly feedback: Feedback;
  /** Asks the user which version to keep. By default, a notification. */
  readonly askAboutConflict?: AskAboutConflict;
  /** Registers the file system with VS Code. */
  readonly registerFiles: Register<vscode.FileSystemProvider>;
}

/** Agents as Markdown documents: opens them, and connects their store, saves and refreshes with VS Code's events. */
export class AgentDocuments implements vscode.Disposable {
  readonly files: AgentFileSystem;
  readonly open: OpenAgents;
  private readonly refresher: AgentRefresh;
  private readonly conflicts: ConflictChoices;
  private readonly subscriptions: vscode.Disposable;
  private storeSubscription: Disposable | undefined;
  /** The new addresses of drafts that became agents, until their save is finished. */
  private readonly moves = new Map<string, vscode.Uri>();

  constructor(private readonly services: AgentDocumentsServices) {
    const { sessions } = services;
    const open = new OpenAgents(services);
    const ownSaves = new OwnSaves(open.scheme);
    const saves = new AgentSaves(sessions, open);
    this.open = open;
    this.files = new AgentFileSystem(open, saves, ownSaves);
    this.refresher = new AgentRefresh(sessions, open, ownSaves);
    this.conflicts = new ConflictChoices(open, ownSaves, services.askAboutConflict ?? askByNotification);
    const isMine = ({ uri }: { readonly uri: vscode.Uri }): boolean => uri.scheme === open.scheme;
    const editorShows = (document: vscode.TextDocument): void => {
      open.editorShows(document);
      if (!document.isDirty) ownSaves.editorShows(document);
    };
    this.subscriptions = vscode.Disposable.from(
      services.registerFiles(this.files),
      ownSaves,
      saves,
      open,
      new DocumentChecks(open, saves),
      registerLanguageFeatures(open.scheme, sessions),
      saves.events.onDidFindConflict((conflict) => this.attempt(this.conflicts.settle(conflict), say(TEXTS.toCompare))),
      saves.events.onDidMissAgent(({ text }) => this.attempt(this.offerToCreateAgain(text), say(TEXTS.toOpenNew))),
      ownSaves.onDidFindMisplacedText((strange) => this.attempt(revertMisplacedText(strange), say(TEXTS.toRestore))),
      saves.events.onDidSave(({ uri, home }) => {
        if (home.path !== uri.path) this.moves.set(uri.toString(), home);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isMine(document)) editorShows(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!isMine(document)) return;
        editorShows(document);
        // Saved or reverted. Until now its unsaved changes kept its file from changing.
        if (contentChanges.length === 0 && !document.isDirty) void this.refresher.refresh(document.uri);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (isMine(document)) this.finishSave(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // A change of language closes a document and opens it again at once.
        if (uri.scheme === open.scheme) setTimeout(() => open.forget(uri), 0);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isMine(editor.document)) void this.refresher.refresh(editor.document.uri);
      }),
      new vscode.Disposable(() => this.storeSubscription?.dispose()),
    );
    const sessionSubscription = sessions.onDidChange((session) => this.follow(session));
    this.subscriptions = vscode.Disposable.from(this.subscriptions, sessionSubscription);
    this.follow(sessions.current);
  }

  /** Opens an agent's document, or shows it where it is already open. Undefined: nobody is signed in. */
  async openAgent(agent: Pick<Agent, 'id' | 'name'>): Promise<vscode.TextEditor | undefined> {
    const session = await this.services.sessions.require();
    if (!session) return undefined;
    const organizationId = session.organization.id;
    return vscode.window.showTextDocument(
      this.openedUri(organizationId, agent.id) ?? this.open.uri(organizationId, agentPath(agent)),
    );
  }

  /**
   * Opens a document for a new agent. Its first save creates the agent. Undefined: nobody is signed in.
   * @param seed an agent to copy.
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
    const uri = this.open.uri(session.organization.id, newAgentPath(randomUUID(), name));
    const document = await vscode.workspace.openTextDocument(uri);
    // An unsaved change survives a window reload.
    if (text !== undefined) await replaceText(document, text);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const nameLine = /^name: */m.exec(document.getText());
    if (nameLine) {
      const start = document.positionAt(nameLine.index + nameLine[0].length);
      editor.selection = new vscode.Selection(start, document.lineAt(start.line).range.end);
    }
    return editor;
  }

  /** The address at which an agent is open: its own, with its current or an earlier name, or that of its draft. */
  private openedUri(organizationId: string, agentId: number): vscode.Uri | undefined {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input }) =>
        input instanceof vscode.TabInputText && input.uri.scheme === this.open.scheme ? [input.uri] : [],
      )
      .find((uri) => {
        const address = parseAgentAddress(uri.authority, uri.path);
        return (
          address?.organizationId === organizationId.toLowerCase() && this.open.agentIdAt(uri, address) === agentId
        );
      });
  }

  private finishSave(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const home = this.moves.get(key);
    this.moves.delete(key);
    if (home)
      void this.attempt(
        moveEditors(document, home, () => this.open.hasTyping(document)),
        say(TEXTS.toOpenSaved),
      );
    else this.open.finishSave(document);
  }

  private follow(session: AgentsSession | undefined): void {
    this.storeSubscription?.dispose();
    this.storeSubscription = session?.store.onDidChange((changes) => this.refresher.observe(session, changes));
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === this.open.scheme) void this.refresher.refresh(uri);
  }

  private async offerToCreateAgain(text: string): Promise<void> {
    const answer = await warn(say(TEXTS.agentDeleted), { createAgain: TEXTS.createAgain });
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
