import * as vscode from 'vscode';
import type { Disposable } from '../core/base/events';
import type { SessionSource } from '../core/organization/session';
import { mentionsSettings } from '../core/prompts/mentionsSettings';
import type { PromptProblem } from '../core/prompts/promptFile';
import { problemsInOrganization } from '../core/prompts/sessionProblems';
import { MarkedProblems } from '../ui/languageTexts';
import { isEditable, isPromptDocument } from './promptDocument';

/** A pause long enough that nothing is underlined while the user types. */
const QUIET_MS = 300;

/** Underlines problems in the settings of open prompt files. Ignores files without such settings. */
export class PromptDiagnostics implements vscode.Disposable {
  private readonly collection = new MarkedProblems('quantAgents.prompts');
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: readonly Disposable[];
  private storeSubscription: Disposable | undefined;

  constructor(private readonly sessions: SessionSource) {
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.checkSoon(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.checkSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.clear(document.uri)),
      sessions.onDidChange(() => this.followStore()),
    ];
    this.followStore();
  }

  /** Shows the problems that prevented a deployment, until the file changes. */
  show(uri: vscode.Uri, problems: readonly PromptProblem[]): void {
    this.stopWaiting(uri);
    this.collection.set(uri, problems);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.storeSubscription?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private followStore(): void {
    this.storeSubscription?.dispose();
    this.storeSubscription = this.sessions.current?.store.onDidChange((changes) => {
      if (changes.some(({ kind }) => kind === 'agents' || kind === 'agent')) this.checkAll();
    });
    this.checkAll();
  }

  private checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.checkSoon(document);
  }

  private checkSoon(document: vscode.TextDocument): void {
    if (!isPromptDocument(document) || !isEditable(document)) return;
    this.stopWaiting(document.uri);
    const timer = setTimeout(() => {
      this.waiting.delete(document.uri.toString());
      void this.check(document);
    }, QUIET_MS);
    this.waiting.set(document.uri.toString(), timer);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    if (document.isClosed) return;
    const { version } = document;
    const text = document.getText();
    if (!mentionsSettings(text)) {
      this.collection.delete(document.uri);
      return;
    }
    const { parsePromptFile } = await import('../core/prompts/promptFile');
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- closed meanwhile
    if (document.isClosed || document.version !== version) return;
    const file = parsePromptFile(text);
    const session = this.sessions.current;
    const found = [
      // A file that has only settings so far needs no underline.
      ...file.problems.filter(({ code }) => code !== 'emptyPrompt'),
      ...(session
        ? problemsInOrganization(file, { ...session.organization, agents: session.store.snapshot.agents.value })
        : []),
    ];
    this.collection.set(document.uri, found);
  }

  private clear(uri: vscode.Uri): void {
    this.stopWaiting(uri);
    this.collection.delete(uri);
  }

  private stopWaiting(uri: vscode.Uri): void {
    clearTimeout(this.waiting.get(uri.toString()));
    this.waiting.delete(uri.toString());
  }
}
