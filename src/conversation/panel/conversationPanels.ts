import * as vscode from 'vscode';
import type { Deployment } from '../../core/api/model';
import { EMPTY_OUTBOX } from '../../core/conversation/queue/outbox';
import type { PanelIdentity } from '../../core/pages/conversation/protocol';
import { parseSavedPage, type SavedPage } from '../../core/pages/conversation/savedPage';
import type { AgentsSession, SessionSource } from '../../core/organization/session';
import { pluralForm } from '../../core/words/texts';
import { count, say, type Words } from '../../core/words/words';
import type { PanelTabs } from '../../panels/panelTabs';
import { createPanel } from '../../ui/titles';
import { ConversationPanel, type PanelServices } from './conversationPanel';
import { PANEL_TYPE } from './panelIds';
import { TEXTS } from './texts';

/**
 * All conversation panels: one per deployment. Restores them after a reload, replaces those whose extension host died,
 * and follows changes of the session.
 */
export class ConversationPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly panels = new Map<string, ConversationPanel>();
  /** Deployments whose prompt box gets the focus as soon as their panel is restored. */
  private readonly wantFocus = new Set<string>();
  private readonly disposables: { dispose(): void }[] = [];

  constructor(
    private readonly sessions: SessionSource,
    private readonly services: PanelServices,
    private readonly tabs: PanelTabs,
  ) {
    this.disposables.push(
      sessions.onDidChange((session) => {
        for (const panel of this.panels.values()) panel.attach(session, this.sessions.signInProblem);
      }),
    );
  }

  /** The conversation of the active panel, while its session lasts. */
  get inFront(): { readonly session: AgentsSession; readonly deployment: Deployment } | undefined {
    for (const { panel, identity } of this.panels.values()) {
      const conversation = panel.active ? this.services.live.get(identity.deploymentId) : undefined;
      if (conversation?.deployment) return { session: conversation.session, deployment: conversation.deployment };
    }
    return undefined;
  }

  /** Opens the panel of a deployment, or brings the existing one to the front. */
  async open(
    session: AgentsSession,
    deployment: Deployment,
    options: { readonly focusPrompt?: boolean; readonly beside?: boolean } = {},
  ): Promise<void> {
    const { deploymentId } = deployment;
    if (!this.services.memory.isOpen) await this.services.memory.open();
    // The store's deployment is at least as new as the caller's.
    if (!session.store.deployment(deploymentId)) session.store.updateDeployment(deployment);
    let panel = this.panels.get(deploymentId);
    if (panel && !panel.isOf(session)) {
      // Another account of the same organization opened this panel. The new panel reads with the current account.
      this.panels.delete(deploymentId);
      panel.panel.dispose();
      panel = undefined;
    }
    if (panel) {
      panel.panel.reveal();
    } else {
      // A second panel would lose the input in the page of the first one.
      const tab = this.tabs.tabOf(deploymentId, new Set(this.panels.keys()));
      if (options.focusPrompt) this.wantFocus.add(deploymentId);
      if (tab && (await this.tabs.reveal(tab))) return;
      this.wantFocus.delete(deploymentId);
      panel = this.create(
        { deploymentId, organizationId: session.organization.id, accountId: session.account.id },
        options.beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
      );
      panel.attach(session, this.sessions.signInProblem);
    }
    if (options.focusPrompt) panel.focusPrompt();
  }

  /** Stops a deployment through its open panel, so that the panel shows the request. False: it has no panel. */
  async stopIfOpen(deploymentId: string): Promise<boolean> {
    const conversation = this.services.live.get(deploymentId);
    if (!conversation) return false;
    await conversation.stop();
    return true;
  }

  /**
   * The unsent input that a deletion of the deployment would destroy: `an unsent draft and 2 prompts that wait`.
   * Undefined: none.
   */
  async unsentWords(deploymentId: string): Promise<Words | undefined> {
    const { memory } = this.services;
    await memory.open();
    const hasDraft = memory.draft(deploymentId).trim() !== '' || memory.earlierDrafts(deploymentId).length > 0;
    const { length: waiting } = memory.outbox(deploymentId).entries.filter(({ state }) => state !== 'accepted');
    const draft = hasDraft ? say(TEXTS.unsentDraft) : undefined;
    if (waiting === 0) return draft;
    const form = pluralForm(waiting) === 'one' ? TEXTS.promptWaits : TEXTS.promptsWait;
    const prompts = say(form, count(waiting, 'prompt'));
    return draft ? say(TEXTS.both, draft, prompts) : prompts;
  }

  close(deploymentId: string): void {
    const { memory } = this.services;
    // Empties the outbox first, or the closing panel would report its queued prompts. The panel saves its draft while
    // it closes, so the memory forgets the deployment last.
    void memory.saveOutbox(deploymentId, EMPTY_OUTBOX);
    this.panels.get(deploymentId)?.panel.dispose();
    memory.forget(deploymentId);
  }

  async deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (!this.services.memory.isOpen && (await this.closesBeforeMemoryOpens(webviewPanel))) return;
    const saved = parseSavedPage(state);
    const open = saved && this.panels.get(saved.identity.deploymentId);
    if (!saved || open) {
      if (open) await open.adopt(saved);
      webviewPanel.dispose();
      return;
    }
    const panel = this.adopt(webviewPanel, saved.identity);
    panel.attach(await this.sessions.ready(), this.sessions.signInProblem);
    if (this.wantFocus.delete(saved.identity.deploymentId)) panel.focusPrompt();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
    for (const panel of this.panels.values()) panel.dispose();
  }

  private async closesBeforeMemoryOpens(panel: vscode.WebviewPanel): Promise<boolean> {
    let isClosed = false;
    const subscription = panel.onDidDispose(() => {
      isClosed = true;
    });
    await this.services.memory.open();
    subscription.dispose();
    return isClosed;
  }

  /**
   * Reconnects a page whose extension host died. VS Code does not give the webview to the next host. So a new panel
   * starts with the page's saved state, and the dead tab closes. The user clicked in that tab, so it is in front.
   * @param raw the page's saved state. Anyone can call this command with any value.
   */
  async reconnect(raw: unknown): Promise<void> {
    const saved = parseSavedPage(raw);
    if (!saved) return;
    const { deploymentId } = saved.identity;
    const isOwnInFront = [...this.panels.values()].some(({ panel }) => panel.active);
    const dead = isOwnInFront ? undefined : this.tabs.inFront;
    await this.services.memory.open();
    const open = this.panels.get(deploymentId);
    if (open) {
      await open.adopt(saved);
      open.panel.reveal();
    } else {
      const panel = this.create(saved.identity, dead?.group.viewColumn ?? vscode.ViewColumn.Active, saved);
      this.wantFocus.delete(deploymentId);
      panel.focusPrompt();
      void this.sessions.ready().then((session) => panel.attach(session, this.sessions.signInProblem));
    }
    if (dead) await vscode.window.tabGroups.close(dead, true);
  }

  private create(identity: PanelIdentity, column: vscode.ViewColumn, saved?: SavedPage): ConversationPanel {
    return this.adopt(createPanel(PANEL_TYPE, say(TEXTS.conversation), column), identity, saved);
  }

  private adopt(webviewPanel: vscode.WebviewPanel, identity: PanelIdentity, saved?: SavedPage): ConversationPanel {
    const { deploymentId } = identity;
    const panel = new ConversationPanel(
      webviewPanel,
      identity,
      {
        ...this.services,
        titleChanged: (title) => this.tabs.panelOpened(deploymentId, title),
      },
      saved,
    );
    this.panels.set(deploymentId, panel);
    this.tabs.panelOpened(deploymentId, webviewPanel.title);
    webviewPanel.onDidDispose(() => {
      if (this.panels.get(deploymentId) === panel) {
        this.panels.delete(deploymentId);
        this.tabs.panelClosed(deploymentId);
        this.notifyOfQueue(deploymentId);
      }
      panel.dispose();
    });
    return panel;
  }

  /** Reports prompts that stay queued because their panel was closed, so that nobody watches the run. */
  private notifyOfQueue(deploymentId: string): void {
    const conversation = this.services.live.get(deploymentId);
    const count = this.services.memory.outbox(deploymentId).entries.filter(({ state }) => state === 'queued').length;
    if (count === 0 || !conversation) return;
    const { session, deployment } = conversation;
    const { taskName } = conversation.state().header;
    this.services.notifyQueueWaits({
      taskName,
      count,
      reopen: () => {
        if (deployment && !session.signal.aborted) void this.open(session, deployment);
      },
    });
  }
}
