import type { Clock } from '../../core/base/clock';
import { Emitter, type Disposable } from '../../core/base/events';
import { fromStored } from '../../core/conversation/times/measuredTimes';
import type { PartTimes } from '../../core/conversation/times/partTimes';
import type { AgentsSession } from '../../core/organization/session';
import type { ConversationMemory } from './conversationMemory';
import { LiveConversation, type Shown } from './liveConversation';

/**
 * The conversations that are read now: at most one for each deployment, so that no two of them send one queue. Panels
 * start and end them. Exports, comparisons and documents find them here and do not need to know the panels.
 */
export class LiveConversations implements Disposable {
  private readonly conversations = new Map<string, LiveConversation>();
  private readonly changed = new Emitter<string>();
  /** Fires the ID of a deployment when its conversation has changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: ConversationMemory,
    private readonly clock: Clock,
  ) {}

  /** The conversation of a deployment. Undefined: nobody reads it now. */
  get(deploymentId: string): LiveConversation | undefined {
    return this.conversations.get(deploymentId);
  }

  /** When the parts of a conversation ran. If nobody reads it now, these are the saved times. */
  timesOf(deploymentId: string): PartTimes {
    return this.get(deploymentId)?.times ?? fromStored(this.memory.measuredTimes(deploymentId)).times;
  }

  /**
   * Starts to read a conversation with this session, and ends the one that read it before.
   * @param shown what an earlier session read: it stays until the first read of this one.
   */
  begin(session: AgentsSession, deploymentId: string, shown?: Shown): LiveConversation {
    this.conversations.get(deploymentId)?.dispose();
    const conversation = new LiveConversation(session, deploymentId, this.memory, this.clock, shown);
    this.conversations.set(deploymentId, conversation);
    conversation.onDidChange(() => this.changed.fire(deploymentId));
    return conversation;
  }

  /** Stops reading a conversation. A newer one of the same deployment stays. */
  end(conversation: LiveConversation): void {
    const { deploymentId } = conversation;
    conversation.dispose();
    if (this.conversations.get(deploymentId) === conversation) this.conversations.delete(deploymentId);
  }

  dispose(): void {
    for (const conversation of this.conversations.values()) conversation.dispose();
    this.conversations.clear();
    this.changed.dispose();
  }
}
