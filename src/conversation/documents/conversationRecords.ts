import type { Conversation } from '../../core/api/model';
import type { WallClock } from '../../core/base/clock';
import { toTranscript } from '../../core/conversation/transcript/parseTranscript';
import type { ConversationFacts, ConversationRecord } from '../../core/conversation/documents/record';
import type { PartTimes } from '../../core/conversation/times/partTimes';
import type { Message } from '../../core/conversation/transcript/transcript';
import type { AgentsSession, SessionSource } from '../../core/organization/session';
import { Obstacle } from '../../core/words/obstacle';
import { factsOf } from '../live/factsOf';

/** A conversation that a panel or the queue already reads. */
export interface OpenConversation {
  readonly session: AgentsSession;
  readonly conversation: Conversation | undefined;
  readonly messages: readonly Message[];
  /** When a read last succeeded. A failed read changes nothing. */
  readonly confirmedAt: number | undefined;
  readNow(): Promise<void>;
}

/** The conversations that a panel or the queue already reads. */
interface OpenConversations {
  get(deploymentId: string): OpenConversation | undefined;
  /** When the parts of a conversation ran, even if nobody reads it now. */
  timesOf(deploymentId: string): PartTimes;
}

export interface RecordSources {
  readonly sessions: Pick<SessionSource, 'ready' | 'signInProblem'>;
  readonly clock: WallClock;
  readonly live: OpenConversations;
}

type Reading = Pick<ConversationRecord, 'conversation' | 'messages' | 'readAt'>;

/** How many records are kept for their open documents. */
const MAX_RECORDS = 8;

/**
 * Reads whole conversations for files, exports and comparisons. If a panel is open, it reads through the panel, so that
 * both show the same.
 */
export class ConversationRecords {
  private readonly records = new Map<
    string,
    { readonly session: AgentsSession; readonly record: ConversationRecord }
  >();

  constructor(private readonly sources: RecordSources) {}

  /** The conversation as it is now. Throws `ApiError`. */
  async read(session: AgentsSession, deploymentId: string, signal?: AbortSignal): Promise<ConversationRecord> {
    const live = this.sources.live.get(deploymentId);
    const [reading] = await Promise.all([
      live?.session === session
        ? this.throughPanel(live, session, deploymentId, signal)
        : this.directly(session, deploymentId, signal),
      this.namesOf(session),
    ]);
    return this.keep(session, this.recordOf(session, deploymentId, reading));
  }

  /**
   * The last record in the current session. If a panel is open, it is what the panel shows, without another read. Reads
   * the conversation if nobody has, for example after a window reload. Undefined while signed out. Throws `ApiError`.
   */
  async last(deploymentId: string): Promise<ConversationRecord | undefined> {
    const session = await this.sources.sessions.ready();
    if (!session) {
      const { signInProblem } = this.sources.sessions;
      if (signInProblem) throw new Obstacle(signInProblem, 'openSettings');
      return undefined;
    }
    return this.shown(session, deploymentId) ?? this.read(session, deploymentId);
  }

  private shown(session: AgentsSession, deploymentId: string): ConversationRecord | undefined {
    const kept = this.records.get(deploymentId);
    const known = kept?.session === session ? kept.record : undefined;
    const live = this.sources.live.get(deploymentId);
    const reading = live?.session === session ? shownIn(live) : undefined;
    if (!reading) return known;
    const record = this.recordOf(session, deploymentId, reading);
    // An equal record stays the same object, so that its documents keep their time.
    return known && isSameRecord(known, record) ? known : this.keep(session, record);
  }

  private recordOf(session: AgentsSession, deploymentId: string, reading: Reading): ConversationRecord {
    return {
      facts: conversationFacts(session, deploymentId, reading.conversation),
      ...reading,
      times: this.sources.live.timesOf(deploymentId),
    };
  }

  private async throughPanel(
    live: OpenConversation,
    session: AgentsSession,
    deploymentId: string,
    signal?: AbortSignal,
  ): Promise<Reading> {
    await live.readNow();
    // If the network fails, what the panel shows is better than an error.
    return shownIn(live) ?? this.directly(session, deploymentId, signal);
  }

  private async directly(session: AgentsSession, deploymentId: string, signal?: AbortSignal): Promise<Reading> {
    const within = { signal: signal ? AbortSignal.any([signal, session.signal]) : session.signal };
    const [{ conversation }] = await Promise.all([
      session.client.readConversation(deploymentId, within),
      session.store.readDeployment(deploymentId, within),
    ]);
    const messages = toTranscript(conversation);
    session.store.observeConversation(deploymentId, messages);
    return { conversation, messages, readAt: this.sources.clock.now() };
  }

  /** Reads the names of tasks and agents. A failed read is no reason to fail. */
  private async namesOf({ store }: AgentsSession): Promise<void> {
    await Promise.all([
      store.snapshot.tasks.value ? undefined : store.refreshTasks(),
      store.snapshot.agents.value ? undefined : store.refreshAgents(),
    ]);
  }

  private keep(session: AgentsSession, record: ConversationRecord): ConversationRecord {
    const { deploymentId } = record.facts;
    this.records.delete(deploymentId);
    this.records.set(deploymentId, { session, record });
    const [oldest] = this.records.keys();
    if (this.records.size > MAX_RECORDS && oldest !== undefined) this.records.delete(oldest);
    return record;
  }
}

/** Undefined until the panel has read something in this session. */
function shownIn({ conversation, messages, confirmedAt }: OpenConversation): Reading | undefined {
  return conversation === undefined || confirmedAt === undefined
    ? undefined
    : { conversation, messages, readAt: confirmedAt };
}

/** Unchanged values are the same objects. Only the facts are new each time. */
function isSameRecord(one: ConversationRecord, other: ConversationRecord): boolean {
  return (
    one.conversation === other.conversation &&
    one.times === other.times &&
    JSON.stringify(one.facts) === JSON.stringify(other.facts)
  );
}

function conversationFacts(
  session: AgentsSession,
  deploymentId: string,
  conversation: Conversation,
): ConversationFacts {
  const facts = factsOf(session, deploymentId, conversation);
  const prompt = session.store.deployment(deploymentId)?.prompt ?? conversation.prompt;
  return {
    ...facts,
    status: facts.status || (conversation.aggregateStatus ?? ''),
    organizationName: session.organization.name,
    ...(prompt !== undefined && { prompt }),
  };
}
