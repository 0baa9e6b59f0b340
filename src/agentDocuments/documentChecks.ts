import * as vscode from 'vscode';
import type { Problem } from '../core/agentFile/parse';
import { reviewDocument } from '../core/agentFile/review';
import { MarkedProblems } from '../ui/languageTexts';
import type { AgentSaves } from './agentSaves';
import type { OpenAgents } from './openAgents';

const TYPING_PAUSE_MS = 200;

/** Underlines what is wrong in agents' documents, after each pause in typing and when they are saved. */
export class DocumentChecks implements vscode.Disposable {
  private readonly diagnostics = new MarkedProblems('quantAgents.agents');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly open: OpenAgents,
    saves: AgentSaves,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.checkSoon(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.checkSoon(document, TYPING_PAUSE_MS)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      saves.events.onDidReview(({ uri, problems }) => this.show(uri, problems)),
    ];
    for (const document of vscode.workspace.textDocuments) this.checkSoon(document, 0);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of [...this.subscriptions, this.diagnostics]) subscription.dispose();
  }

  private checkSoon(document: vscode.TextDocument, delayMs: number): void {
    // The user cannot edit a version that someone else saved.
    if (document.uri.scheme !== this.open.scheme || document.uri.path.startsWith('/theirs/')) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        void this.check(document);
      }, delayMs),
    );
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { parseAgentDocument } = await import('../core/agentFile/parse');
    if (!document.isClosed)
      this.show(document.uri, reviewDocument(parseAgentDocument(document.getText()), this.open.baseOf(document.uri)));
  }

  private show(uri: vscode.Uri, problems: readonly Problem[]): void {
    this.diagnostics.set(uri, problems);
  }

  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.diagnostics.delete(uri);
  }
}
