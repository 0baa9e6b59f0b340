import { Emitter, type Disposable } from '../../core/base/events';
import { pageItemsOf } from '../../core/conversation/queue/outbox';
import type { HandlersOf, MessageOf } from '../../core/pages/channel/messages';
import type {
  Change,
  ConversationState,
  FromPageMessages,
  PanelIdentity,
} from '../../core/pages/conversation/protocol';
import { Obstacle } from '../../core/words/obstacle';
import { render } from '../../core/words/render';
import { say } from '../../core/words/words';
import type { ConversationMemory } from '../live/conversationMemory';
import type { PageChannel } from './pageChannel';
import type { PageInput } from './pageInput';
import type { Handled, SessionMessages, ShownConversation } from './shownConversation';
import type { WhyDetached } from './whyDetached';
import { TEXTS } from './texts';

/**
 * The conversation that stays on screen. Draft and outbox come from the memory, because they work without a session.
 */
export type Seen = Omit<ConversationState, 'outbox' | 'draft'>;

export interface DetachedServices {
  readonly memory: ConversationMemory;
  readonly input: PageInput;
  readonly channel: Pick<PageChannel, 'post'>;
}

/**
 * The conversation of a panel without its session. Shows what was read, and reads nothing more. Returns a prompt to the
 * prompt box, and says why it cannot be sent.
 */
export class DetachedConversation implements ShownConversation {
  readonly session = undefined;
  readonly confirmedMessages = undefined;
  private readonly changed = new Emitter<readonly Change[]>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: Disposable;

  readonly handlers: HandlersOf<SessionMessages, Handled> = {
    send: (message) => this.returnPrompt(message),
    queue: (message) => this.returnPrompt(message),
    sendNow: () => this.refuse(),
    sendAgain: () => this.refuse(),
    takeBack: ({ clientId }) => {
      const draft = this.services.memory.takeBack(this.deploymentId, clientId);
      if (draft === undefined) this.services.channel.post({ type: 'alreadySent', clientId });
      else this.showDraft(draft);
    },
    resumeQueue: () => this.refuse(),
    stop: () => this.refuse(),
    file: () => this.refuse(),
    saveAllFiles: () => this.refuse(),
  };

  /** @param why undefined while it is unknown whether the session can be restored. */
  constructor(
    private readonly deploymentId: string,
    private readonly seen: Seen,
    private readonly why: WhyDetached | undefined,
    private readonly services: DetachedServices,
  ) {
    const { memory } = services;
    // A prompt may be in flight when the session ends. The page still gets its result.
    this.subscription = memory.onDidChangeOutbox((changedId) => {
      if (changedId === deploymentId)
        this.changed.fire([{ kind: 'outbox', outbox: pageItemsOf(memory.outbox(changedId)) }]);
    });
  }

  state(): ConversationState {
    const { memory } = this.services;
    const { header, freshness } = this.seen;
    return {
      ...this.seen,
      ...(this.why && {
        header: { ...header, canStop: false, stopping: false },
        freshness: {
          loading: false,
          ...(freshness.confirmedAt !== undefined && { confirmedAt: freshness.confirmedAt }),
          problem: { message: render(this.why.words, 'page'), action: this.why.action },
        },
      }),
      outbox: pageItemsOf(memory.outbox(this.deploymentId)),
      draft: memory.draft(this.deploymentId),
    };
  }

  visibilityChanged(): void {
    // Without a session it reads nothing, visible or not.
  }

  readNow(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async returnPrompt({ clientId, text }: MessageOf<FromPageMessages, 'send' | 'queue'>): Promise<void> {
    this.showDraft(this.services.memory.returnToDraft(this.deploymentId, text));
    await this.services.input.confirm([clientId]);
    this.refuse();
  }

  private refuse(): never {
    const { why } = this;
    if (!why) throw new Obstacle(say(TEXTS.restoringSignIn));
    throw new Obstacle(why.words, why.action === 'switchOrganization' ? undefined : why.action);
  }

  private showDraft(text: string): void {
    this.changed.fire([{ kind: 'draft', text }]);
  }
}

/** A conversation that has not been read yet. */
export function nothingSeen({ deploymentId }: PanelIdentity): Seen {
  return {
    header: {
      deploymentId,
      taskName: render(say(TEXTS.conversation), 'page'),
      agentName: '',
      status: '',
      canStop: false,
      stopping: false,
      sandbox: false,
    },
    freshness: { loading: true },
    messages: [],
    partTimes: [],
  };
}
