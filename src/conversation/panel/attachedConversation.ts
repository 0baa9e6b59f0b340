import type { Message } from '../../core/conversation/transcript/transcript';
import type { AgentsSession } from '../../core/organization/session';
import type { HandlersOf, MessageOf } from '../../core/pages/channel/messages';
import type { ConversationState, FromPageMessages } from '../../core/pages/conversation/protocol';
import type { LiveConversation } from '../live/liveConversation';
import type { LiveConversations } from '../live/liveConversations';
import type { PageChannel } from './pageChannel';
import type { PageFiles } from './pageFiles';
import type { PageInput } from './pageInput';
import type { Handled, SessionMessages, ShownConversation } from './shownConversation';

export interface AttachedServices {
  readonly live: LiveConversations;
  readonly input: PageInput;
  readonly channel: Pick<PageChannel, 'post'>;
  readonly files: PageFiles;
}

/** The conversation of a panel while its session lasts. Reads it, and does what the page asks for. */
export class AttachedConversation implements ShownConversation {
  private readonly conversation: LiveConversation;
  readonly onDidChange: ShownConversation['onDidChange'];

  readonly handlers: HandlersOf<SessionMessages, Handled> = {
    send: (message) => this.add(message),
    queue: (message) => this.add(message),
    sendNow: ({ clientId }) => this.conversation.sendNow(clientId),
    sendAgain: ({ clientId }) => this.conversation.sendAgain(clientId),
    takeBack: ({ clientId }) => {
      if (!this.conversation.takeBack(clientId)) this.services.channel.post({ type: 'alreadySent', clientId });
    },
    resumeQueue: () => this.conversation.resumeQueue(),
    stop: () => this.conversation.stop(),
    file: (message) => this.services.files.act(this.conversation.deploymentId, message, message.action),
    saveAllFiles: () => this.services.files.saveAll(this.conversation.deploymentId),
  };

  /** @param shown what the panel showed before. It stays on screen until the first read. */
  constructor(
    readonly session: AgentsSession,
    deploymentId: string,
    shown: ConversationState,
    private readonly services: AttachedServices,
  ) {
    this.conversation = services.live.begin(session, deploymentId, shown);
    this.onDidChange = this.conversation.onDidChange;
  }

  get confirmedMessages(): readonly Message[] | undefined {
    return this.conversation.confirmedAt === undefined ? undefined : this.conversation.messages;
  }

  state(): ConversationState {
    return this.conversation.state();
  }

  visibilityChanged(isVisible: boolean): void {
    this.conversation.visibilityChanged(isVisible);
  }

  readNow(): Promise<void> {
    return this.conversation.readNow();
  }

  dispose(): void {
    this.services.live.end(this.conversation);
  }

  private async add({ type, clientId, text }: MessageOf<FromPageMessages, 'send' | 'queue'>): Promise<void> {
    const { written, done } = this.conversation.add(type, clientId, text);
    await this.services.input.confirm([clientId], written);
    await done;
  }
}
