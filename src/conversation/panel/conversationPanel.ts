import * as vscode from 'vscode';
import { deploymentTarget, qualified } from '../../core/commandIds';
import type { AgentsSession } from '../../core/organization/session';
import { dispatch, type HandlersOf } from '../../core/pages/channel/messages';
import type {
  Change,
  FromPage,
  FromPageMessages,
  PanelIdentity,
  WholeConversationAction,
} from '../../core/pages/conversation/protocol';
import type { SavedPage } from '../../core/pages/conversation/savedPage';
import { parseFromPage } from '../../core/pages/validation/conversationMessages';
import { english, given, say, type Words } from '../../core/words/words';
import type { Feedback } from '../../ui/feedback';
import type { Log } from '../../ui/log';
import { showPage } from '../../panels/webviewPage';
import { copy, openInSystem } from '../../ui/outside';
import { setTitle } from '../../ui/titles';
import type { ToolTexts } from '../documents/toolTexts';
import type { ConversationMemory } from '../live/conversationMemory';
import type { LiveConversations } from '../live/liveConversations';
import { AttachedConversation } from './attachedConversation';
import { DetachedConversation, nothingSeen, type Seen } from './detachedConversation';
import { PageChannel, type PageBeginning } from './pageChannel';
import type { PageFiles } from './pageFiles';
import { pageHtml } from './pageHtml';
import { pageTexts } from './pageTexts';
import { PageInput } from './pageInput';
import { PAGE_COMMANDS } from './panelIds';
import type { Handled, SessionMessages, ShownConversation } from './shownConversation';
import { whyDetached, type WhyDetached } from './whyDetached';
import { TEXTS } from './texts';

export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly memory: ConversationMemory;
  readonly live: LiveConversations;
  readonly feedback: Feedback;
  readonly log: Log;
  readonly toolTexts: ToolTexts;
  readonly files: PageFiles;
  /** The title of the panel's tab has changed. */
  readonly titleChanged?: (title: string) => void;
  /** Reports that a closed conversation has queued prompts, which wait until it opens again. */
  readonly notifyQueueWaits: (conversation: {
    readonly taskName: string;
    readonly count: number;
    readonly reopen: () => void;
  }) => void;
}

/**
 * The webview of one deployment's conversation. Its content depends on the session: see {@link ShownConversation}. The
 * panel owns webview, page and title, and replaces its content when the session changes.
 */
export class ConversationPanel implements vscode.Disposable {
  private shown: ShownConversation;
  private changes: { dispose(): void };
  private readonly input: PageInput;
  private readonly channel: PageChannel;
  private wantsFocus = false;
  private isDisposed = false;
  private readonly disposables: readonly { dispose(): void }[];

  /** One handler for each page message that needs no session. */
  private readonly handlers: HandlersOf<Omit<FromPageMessages, keyof SessionMessages>, Handled> = {
    ready: () => {
      this.channel.begin();
      this.sendFocus();
    },
    resync: () => this.channel.sendState(),
    ping: () => {
      this.channel.post({ type: 'pong' });
    },
    pageError: ({ message }) => this.services.log.error(english('Conversation page: {0}', message)),
    requestEarlier: ({ before }) => this.channel.sendEarlier(before),
    draft: (message) => this.input.saveDraft(message),
    confirmPrompts: ({ prompts }) => this.input.settle(prompts, this.shown.confirmedMessages),
    readingPosition: ({ position }) => this.services.memory.saveReadingPosition(this.identity.deploymentId, position),
    action: async ({ action }) => {
      if (action === 'retry') await this.shown.readNow();
      else await vscode.commands.executeCommand(qualified(action));
    },
    openLink: ({ url }) => openInSystem(url),
    copy: ({ text }) => copy(text),
    openToolText: (message) =>
      this.services.toolTexts.open(this.identity.deploymentId, this.shown.state().messages, message),
    wholeConversation: async ({ action }) => {
      await vscode.commands.executeCommand(
        qualified(WHOLE_CONVERSATION_COMMANDS[action]),
        deploymentTarget(this.identity.deploymentId),
      );
    },
  };

  /**
   * @param saved the state of another page, which this panel adopts. When VS Code restores a panel, it passes the state
   * to the page itself.
   */
  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly identity: PanelIdentity,
    private readonly services: PanelServices,
    saved?: SavedPage,
  ) {
    this.channel = new PageChannel(panel, { beginning: () => this.beginning(), log: services.log });
    this.input = new PageInput(identity.deploymentId, services.memory, this.channel);
    this.shown = this.detached(nothingSeen(identity), undefined);
    this.changes = this.shown.onDidChange((changes) => this.send(changes));
    this.disposables = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => this.shown.visibilityChanged(panel.visible)),
    ];
    showPage(panel, {
      extensionUri: services.extensionUri,
      script: 'conversation.js',
      icon: { light: 'conversation-light.svg', dark: 'conversation-dark.svg' },
      commands: Object.values(PAGE_COMMANDS),
      html: (sources) => pageHtml({ ...sources, identity, texts: pageTexts(), ...(saved && { saved }) }),
    });
  }

  /**
   * Continues with this session, or without one if it is not the session of this panel.
   * @param signInProblem why nobody can sign in.
   */
  attach(session: AgentsSession | undefined, signInProblem?: Words): void {
    if (this.isDisposed) return;
    const mine = session && this.isOf(session) ? session : undefined;
    if (mine && this.shown.session === mine) return;
    const seen = this.shown.state();
    this.changes.dispose();
    this.shown.dispose();
    this.shown = mine
      ? new AttachedConversation(mine, this.identity.deploymentId, seen, {
          live: this.services.live,
          files: this.services.files,
          input: this.input,
          channel: this.channel,
        })
      : this.detached(seen, whyDetached(session, signInProblem));
    this.changes = this.shown.onDidChange((changes) => this.send(changes));
    this.shown.visibilityChanged(this.panel.visible);
    this.showTitle(this.shown.state().header.taskName);
    this.channel.sendState();
  }

  /** Whether it was opened by this account in this organization. */
  isOf({ organization, account }: AgentsSession): boolean {
    return organization.id === this.identity.organizationId && account.id === this.identity.accountId;
  }

  focusPrompt(): void {
    this.panel.reveal();
    this.wantsFocus = true;
    this.sendFocus();
  }

  /** Adopts unconfirmed input from another page of this conversation. */
  async adopt(saved: SavedPage): Promise<void> {
    await this.input.adopt(saved, this.shown.confirmedMessages);
  }

  dispose(): void {
    this.isDisposed = true;
    this.channel.dispose();
    this.shown.dispose();
    this.changes.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private receive(raw: unknown): void {
    const message = parseFromPage(raw);
    if (!message) {
      this.services.log.error(english('The conversation page sent something that is not in its contract.'));
      return;
    }
    this.answer(message).catch((error: unknown) =>
      this.services.feedback.failed(error, DOING[message.type] ?? say(TEXTS.toDoThat)),
    );
  }

  private async answer(message: FromPage): Promise<void> {
    const handlers: HandlersOf<FromPageMessages, Handled> = { ...this.handlers, ...this.shown.handlers };
    await dispatch(handlers, message);
  }

  private detached(seen: Seen, why: WhyDetached | undefined): DetachedConversation {
    const { memory } = this.services;
    return new DetachedConversation(this.identity.deploymentId, seen, why, {
      memory,
      input: this.input,
      channel: this.channel,
    });
  }

  private send(changes: readonly Change[]): void {
    for (const change of changes) if (change.kind === 'header') this.showTitle(change.header.taskName);
    this.channel.sendChanges(changes);
  }

  private showTitle(title: string): void {
    const before = this.panel.title;
    setTitle(this.panel, given(title));
    if (this.panel.title !== before) this.services.titleChanged?.(this.panel.title);
  }

  private beginning(): PageBeginning {
    const { deploymentId } = this.identity;
    const { memory } = this.services;
    const position = memory.readingPosition(deploymentId);
    const earlierDrafts = memory.earlierDrafts(deploymentId);
    return {
      state: this.shown.state(),
      ...(position && { position }),
      ...(earlierDrafts.length > 0 && { earlierDrafts }),
    };
  }

  private sendFocus(): void {
    if (this.wantsFocus && this.channel.post({ type: 'focusPrompt' })) this.wantsFocus = false;
  }
}

const WHOLE_CONVERSATION_COMMANDS = {
  export: 'exportConversation',
  transcript: 'openTranscript',
  compare: 'compareDeployments',
} as const satisfies Readonly<Record<WholeConversationAction, string>>;

const DOING: Readonly<Partial<Record<FromPage['type'], Words>>> = {
  stop: say(TEXTS.toStop),
  send: say(TEXTS.toSend),
  queue: say(TEXTS.toQueue),
  sendAgain: say(TEXTS.toSend),
  sendNow: say(TEXTS.toSend),
  resumeQueue: say(TEXTS.toResume),
  openLink: say(TEXTS.toOpenLink),
  openToolText: say(TEXTS.toOpenText),
  file: say(TEXTS.toOpenFile),
  saveAllFiles: say(TEXTS.toSaveFiles),
};
