import * as vscode from 'vscode';
import type { Deployment } from '../../core/api/model';
import { plural } from '../../core/words/format';
import { EMPTY_OUTBOX } from '../../core/conversation/queue/outbox';
import type { PanelIdentity } from '../../core/pages/conversation/protocol';
import { parseSavedPage, type SavedPage } from '../../core/pages/conversation/savedPage';
import type { AgentsSession, SessionSource } from '../../core/organization/session';
import { say } from '../../core/words/words';
import type { PanelTabs } from '../../panels/panelTabs';
import { createPanel } from '../../ui/titles';
import { ConversationPanel, type PanelServices } from './conversationPanel';
import { PANEL_TYPE } from './panelIds';
import { TEXTS } from './texts';

/**
 * The open conversations: one panel per deployment. Restores them after a reload, takes over those of an extension host
 * that died, follows the session.
 */
export class ConversationPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly panels = new Map<string, ConversationPanel>();
  /** Deployments whose tab was brought to the front to go into the prompt box, before its panel is restored. */
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

  /** The conversation whose panel is in front, while its session lasts. */
  get inFront(): { readonly session: AgentsSession; readonly deployment: Deployment } | undefined {
    for (const { panel, identity } of this.panels.values()) {
      const conversation = panel.active ? this.services.live.get(identity.deploymentId) : undefined;
      if (conversation?.deployment) return { session: conversation.session, deployment: conversation.deployment };
    }
    return undefined;
  }

  /** Opens the panel of a deployment, or brings the one to the front that is there. */
  async open(
    session: AgentsSession,
    deployment: Deployment,
    options: { readonly focusPrompt?: boolean; readonly beside?: boolean } = {},
  ): Promise<void> {
    const { deploymentId } = deployment;
    if (!this.services.memory.isOpen) await this.services.memory.open();
    // What the store has is at least as new as what the caller holds.
    if (!session.store.deployment(deploymentId)) session.store.updateDeployment(deployment);
    let panel = this.panels.get(deploymentId);
    if (panel && !panel.isOf(session)) {
      // Another account of the same organization opened it: this one reads it with its own.
      this.panels.delete(deploymentId);
      panel.panel.dispose();
      panel = undefined;
    }
    if (panel) {
      panel.panel.reveal();
    } else {
      // A second panel would leave behind what the first one's page keeps.
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

  /** Stops a deployment through its open panel, which then shows that it was asked for. False: it has no panel. */
  async stopIfOpen(deploymentId: string): Promise<boolean> {
    const conversation = this.services.live.get(deploymentId);
    if (!conversation) return false;
    await conversation.stop();
    return true;
  }

  /**
   * What of the user's own words would be lost with the deployment, in words: `an unsent draft and 2 prompts that
   * wait`; undefined: nothing.
   */
  async unsentWords(deploymentId: string): Promise<string | undefined> {
    const { memory } = this.services;
    await memory.open();
    const hasDraft = memory.draft(deploymentId).trim() !== '' || memory.earlierDrafts(deploymentId).length > 0;
    const { length: count } = memory.outbox(deploymentId).entries.filter(({ state }) => state !== 'accepted');
    const words = [
      hasDraft && 'an unsent draft',
      count > 0 && `${plural(count, 'prompt')} that ${count === 1 ? 'waits' : 'wait'}`,
    ].filter(Boolean);
    return words.length === 0 ? undefined : words.join(' and ');
  }

  close(deploymentId: string): void {
    const { memory } = this.services;
    // A panel that closes tells of the prompts that wait: these have nobody to go to. What else it holds it keeps, to
    // be forgotten after it.
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
   * Goes on for a page whose extension host died. VS Code does not hand its webview to the next host, so a new panel
   * begins with what the page kept, and the dead tab is closed. The user clicked in that tab, so it is in front.
   * @param raw what the page kept. Anyone can call this command, with anything.
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

  /** Nobody watches a run whose panel is closed, so what is queued for it stays where it is: not without a word. */
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
