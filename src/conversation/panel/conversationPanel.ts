import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { standsIn } from '../../core/conversation/queue/draftText';
import { itemsOf, unconfirmed } from '../../core/conversation/queue/outbox';
import { dispatch, type HandlersOf, type MessageOf } from '../../core/pages/channel/messages';
import { parseFromPage } from '../../core/pages/validation/conversationMessages';
import { pageHtml } from './pageHtml';
import type {
  ConversationState,
  FromPage,
  FromPageMessages,
  PageAction,
  PanelIdentity,
  SentPrompt,
  WholeConversationAction,
} from '../../core/pages/conversation/protocol';
import type { SavedPage } from '../../core/pages/conversation/savedPage';
import type { AgentsSession } from '../../core/organization/session';
import { Obstacle } from '../../core/words/obstacle';
import { deploymentTarget, qualified } from '../../core/commandIds';
import { render } from '../../core/words/render';
import { given, joined, say, type Words } from '../../core/words/words';
import { copy, openOutside } from '../../ui/outside';
import { setTitle } from '../../ui/titles';
import type { Feedback } from '../../ui/feedback';
import type { Log } from '../../ui/log';
import type { ConversationMemory } from '../live/conversationMemory';
import type { LiveConversation } from '../live/liveConversation';
import type { LiveConversations } from '../live/liveConversations';
import { PageChannel, type PageBeginning } from './pageChannel';
import { PAGE_COMMANDS } from './panelIds';
import type { PageFiles } from './pageFiles';
import type { ToolTexts } from '../documents/toolTexts';

type Message<Type extends keyof FromPageMessages> = MessageOf<FromPageMessages, Type>;

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
  /** Tells that a conversation was closed whose queued prompts wait until it is opened again. */
  readonly tellQueueWaits: (conversation: {
    readonly taskName: string;
    readonly count: number;
    readonly reopen: () => void;
  }) => void;
}

/**
 * The webview of one deployment's conversation. Without its session (signed out, other organization) it keeps what it
 * shows, and says so.
 */
export class ConversationPanel implements vscode.Disposable {
  private live: LiveConversation | undefined;
  private liveSubscription: { dispose(): void } | undefined;
  /** What it shows without a session. */
  private last: Omit<ConversationState, 'outbox' | 'draft'>;
  private readonly channel: PageChannel;
  private wantsFocus = false;
  private isDisposed = false;
  private readonly disposables: { dispose(): void }[] = [];

  /** One handler for each message of the page. */
  private readonly handlers: HandlersOf<FromPageMessages, void | Promise<void>> = {
    ready: () => {
      this.channel.begin();
      this.sendFocus();
    },
    resync: () => this.channel.sendState(),
    ping: () => {
      this.channel.post({ type: 'pong' });
    },
    pageError: ({ message }) => this.services.log.error(say('Conversation page: {0}', message)),
    requestEarlier: ({ before }) => this.channel.sendEarlier(before),
    draft: (message) => this.keepDraft(message),
    confirmPrompts: ({ prompts }) => this.decide(prompts),
    send: (message) => this.takeIn(message),
    queue: (message) => this.takeIn(message),
    sendNow: ({ clientId }) => this.attached().sendNow(clientId),
    sendAgain: ({ clientId }) => this.attached().sendAgain(clientId),
    takeBack: ({ clientId }) => this.takeBack(clientId),
    resumeQueue: () => this.attached().resumeQueue(),
    readingPosition: ({ position }) => this.services.memory.keepPlace(this.identity.deploymentId, position),
    stop: () => this.attached().stop(),
    action: ({ action }) => this.act(action),
    openLink: ({ url }) => openOutside(url),
    copy: ({ text }) => copy(text),
    openToolText: (message) =>
      this.services.toolTexts.open(this.identity.deploymentId, this.live?.messages ?? this.last.messages, message),
    file: (message) => this.attachedFiles().act(this.identity.deploymentId, message, message.action),
    saveAllFiles: () => this.attachedFiles().saveAll(this.identity.deploymentId),
    wholeConversation: async ({ action }) => {
      await vscode.commands.executeCommand(
        qualified(WHOLE_CONVERSATION_COMMANDS[action]),
        deploymentTarget(this.identity.deploymentId),
      );
    },
  };

  /**
   * @param saved what a page has kept that this panel takes over; VS Code hands it to the page itself when it restores
   * a panel.
   */
  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly identity: PanelIdentity,
    private readonly services: PanelServices,
    private readonly saved?: SavedPage,
  ) {
    this.last = detachedState(identity);
    this.channel = new PageChannel(panel, { beginning: () => this.beginning(), log: services.log });
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      services.memory.onDidChangeOutbox((deploymentId) => {
        // A prompt that left before the session ended: what became of it is told here all the same.
        if (deploymentId === identity.deploymentId && !this.live)
          this.channel.sendChanges([{ kind: 'outbox', outbox: itemsOf(services.memory.outbox(deploymentId)) }]);
      }),
      panel.onDidChangeViewState(() => {
        this.live?.visibilityChanged(panel.visible);
      }),
    );
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [this.asset('.')],
      enableCommandUris: Object.values(PAGE_COMMANDS),
    };
    panel.iconPath = { light: this.media('conversation-light.svg'), dark: this.media('conversation-dark.svg') };
    panel.webview.html = this.html();
  }

  /** The conversation while its session lasts. */
  get conversation(): LiveConversation | undefined {
    return this.live;
  }

  /**
   * Goes on with this session, or without one where it is not this panel's.
   * @param hindrance why nobody can be signed in.
   */
  attach(session: AgentsSession | undefined, hindrance?: Words): void {
    if (this.isDisposed) return;
    const isMine = session !== undefined && this.isOf(session);
    if (isMine && this.live?.session === session) return;
    const before = this.live;
    this.liveSubscription?.dispose();
    if (before) this.last = before.state();
    if (before) this.services.live.end(before);
    this.live = isMine ? this.services.live.begin(session, this.identity.deploymentId, this.last) : undefined;
    if (!this.live) {
      const { confirmedAt } = this.last.freshness;
      this.last = {
        ...this.last,
        header: { ...this.last.header, canStop: false, stopping: false },
        freshness: {
          loading: false,
          ...(confirmedAt === undefined ? {} : { confirmedAt }),
          problem: whyNotLive(session, hindrance),
        },
      };
    }
    this.liveSubscription = this.live?.onDidChange((changes) => {
      for (const change of changes) if (change.kind === 'header') this.showTitle(change.header.taskName);
      this.channel.sendChanges(changes);
    });
    this.live?.visibilityChanged(this.panel.visible);
    this.showTitle((this.live?.state() ?? this.last).header.taskName);
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

  dispose(): void {
    this.isDisposed = true;
    this.channel.dispose();
    if (this.live) this.services.live.end(this.live);
    this.liveSubscription?.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private receive(raw: unknown): void {
    const message = parseFromPage(raw);
    if (!message) {
      this.services.log.error(say('The conversation page sent something that is not in its contract.'));
      return;
    }
    this.answer(message).catch((error: unknown) =>
      this.services.feedback.failed(error, DOING[message.type] ?? say('do that')),
    );
  }

  private async answer(message: FromPage): Promise<void> {
    await dispatch(this.handlers, message);
  }

  private async keepDraft({ text, earlierDrafts = [], revision }: Message<'draft'>): Promise<void> {
    const { isWritten } = await this.services.memory.keepDraft(this.identity.deploymentId, text, earlierDrafts);
    if (isWritten && revision !== undefined) this.channel.post({ type: 'draftSaved', revision });
  }

  private async takeIn({ type, clientId, text }: Message<'send' | 'queue'>): Promise<void> {
    const { live } = this;
    // Signed out meanwhile: the text stays a draft and comes back into the box.
    if (!live) this.showDraft(this.services.memory.giveBack(this.identity.deploymentId, text));
    const taken = live?.take(type, clientId, text);
    await this.confirm([clientId], taken?.written);
    await taken?.done;
    if (!live) this.attached();
  }

  private async act(action: PageAction): Promise<void> {
    if (action === 'retry') await this.live?.readNow();
    else await vscode.commands.executeCommand(qualified(action));
  }

  /** What the user asked for needs the session: without it they are told why nothing happens. */
  private attached(): LiveConversation {
    if (this.live) return this.live;
    const { problem } = this.last.freshness;
    throw problem
      ? new Obstacle(
          problem.message,
          problem.action === 'signIn' || problem.action === 'openSettings' ? problem.action : undefined,
        )
      : new Obstacle(say('The sign-in is being restored. Try again in a moment.'));
  }

  /** Documents are read with the session that the conversation belongs to. */
  private attachedFiles(): PageFiles {
    this.attached();
    return this.services.files;
  }

  private takeBack(clientId: string): void {
    const { live } = this;
    const draft = live ? undefined : this.services.memory.takeBack(this.identity.deploymentId, clientId);
    this.showDraft(draft);
    if (live ? !live.takeBack(clientId) : draft === undefined) this.channel.post({ type: 'alreadySent', clientId });
  }

  private showTitle(title: string): void {
    const before = this.panel.title;
    setTitle(this.panel, given(title));
    if (this.panel.title !== before) this.services.titleChanged?.(this.panel.title);
  }

  private showDraft(text: string | undefined): void {
    if (text !== undefined) this.channel.sendChanges([{ kind: 'draft', text }]);
  }

  /** Takes in what another page of this conversation kept and no extension host has confirmed. */
  async carryOver({ draft, draftTold, sent = [] }: SavedPage): Promise<void> {
    const { memory } = this.services;
    const { deploymentId } = this.identity;
    if (!draftTold && draft.trim() !== '' && !standsIn(draft, memory.draft(deploymentId)))
      this.showDraft(memory.giveBack(deploymentId, draft));
    await this.decide(sent);
  }

  /**
   * Prompts that a page sent and never heard of. One that nobody knows is not sent: it may have been, so it is left to
   * the user.
   */
  private async decide(prompts: readonly SentPrompt[]): Promise<void> {
    const { memory } = this.services;
    const { deploymentId } = this.identity;
    const settled: string[] = [];
    for (const prompt of prompts) {
      const outbox = memory.outbox(deploymentId);
      const next = unconfirmed(outbox, prompt, this.live?.confirmedAt === undefined ? undefined : this.live.messages);
      // What stands in the draft never left, or was given back. What there is no room for stays with the page.
      const isSettled =
        next === outbox ||
        standsIn(prompt.text, memory.draft(deploymentId)) ||
        memory.takeIn(deploymentId, next, prompt.text) === undefined;
      if (isSettled) settled.push(prompt.clientId);
    }
    await this.confirm(settled);
  }

  /** Tells the page that prompts are on the disk, once they are. */
  private async confirm(
    clientIds: readonly string[],
    written = this.services.memory.lastWrite(this.identity.deploymentId),
  ): Promise<void> {
    const { isWritten } = await written;
    if (isWritten && clientIds.length > 0) this.channel.post({ type: 'promptsConfirmed', clientIds });
  }

  private beginning(): PageBeginning {
    const { deploymentId } = this.identity;
    const { memory } = this.services;
    const state = this.live?.state() ?? {
      ...this.last,
      outbox: itemsOf(memory.outbox(deploymentId)),
      draft: memory.draft(deploymentId),
    };
    const position = memory.place(deploymentId);
    const earlierDrafts = memory.asides(deploymentId);
    return { state, ...(position && { position }), ...(earlierDrafts.length > 0 && { earlierDrafts }) };
  }

  private sendFocus(): void {
    if (this.wantsFocus && this.channel.post({ type: 'focusPrompt' })) this.wantsFocus = false;
  }

  private html(): string {
    const { webview } = this.panel;
    const uri = (file: string): string => webview.asWebviewUri(this.asset(file)).toString();
    return pageHtml({
      nonce: randomBytes(18).toString('base64url'),
      cspSource: webview.cspSource,
      scriptUri: uri('conversation.js'),
      toolkitUri: uri('toolkit.js'),
      styleUri: uri('style.css'),
      identity: this.identity,
      ...(this.saved && { saved: this.saved }),
    });
  }

  private media(file: string): vscode.Uri {
    return vscode.Uri.joinPath(this.services.extensionUri, 'media', file);
  }

  private asset(file: string): vscode.Uri {
    return vscode.Uri.joinPath(this.services.extensionUri, 'dist', 'webview', file);
  }
}

const WHOLE_CONVERSATION_COMMANDS = {
  export: 'exportConversation',
  transcript: 'openTranscript',
  compare: 'compareDeployments',
} as const satisfies Readonly<Record<WholeConversationAction, string>>;

const DOING: Readonly<Partial<Record<FromPage['type'], Words>>> = {
  stop: say('stop the deployment'),
  send: say('send the prompt'),
  queue: say('queue the prompt'),
  sendAgain: say('send the prompt'),
  sendNow: say('send the prompt'),
  resumeQueue: say('resume the queue'),
  openLink: say('open the link'),
  openToolText: say('open the text'),
  file: say('open the file'),
  saveAllFiles: say('save the files'),
};

function detachedState({ deploymentId }: PanelIdentity): Omit<ConversationState, 'outbox' | 'draft'> {
  return {
    header: {
      deploymentId,
      taskName: 'Conversation',
      agentName: '',
      status: '',
      canStop: false,
      stopping: false,
      sandbox: false,
    },
    freshness: { loading: true },
    messages: [],
    observed: [],
  };
}

function whyNotLive(
  session: AgentsSession | undefined,
  hindrance: Words | undefined,
): { readonly message: string; readonly action: PageAction } {
  if (session)
    return {
      message: 'This conversation belongs to another account or organization. Switch to it to go on.',
      action: 'switchOrganization',
    };
  if (hindrance)
    return { message: render(joined([hindrance, say('What was read stays here.')]), 'page'), action: 'openSettings' };
  return { message: 'You are signed out. What was read stays here; sign in to go on.', action: 'signIn' };
}
