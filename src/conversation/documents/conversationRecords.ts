import type { Conversation } from '../../core/api/model';
import type { WallClock } from '../../core/base/clock';
import { toTranscript } from '../../core/conversation/transcript/parseTranscript';
import type { ConversationFacts, ConversationRecord } from '../../core/conversation/documents/record';
import type { PartTimes } from '../../core/conversation/times/partTimes';
import type { Message } from '../../core/conversation/transcript/transcript';
import type { AgentsSession, SessionSource } from '../../core/organization/session';
import { Obstacle } from '../../core/words/obstacle';
import { factsOf } from '../live/factsOf';

/** A conversation that somebody reads already. */
export interface OpenConversation {
  readonly session: AgentsSession;
  readonly conversation: Conversation | undefined;
  readonly messages: readonly Message[];
  /** When it was read last: a read that fails leaves what an earlier one told. */
  readonly confirmedAt: number | undefined;
  readNow(): Promise<void>;
}

/** Where conversations are found that somebody reads already. */
interface OpenConversations {
  get(deploymentId: string): OpenConversation | undefined;
  /** When the parts of a conversation ran, also of one that nobody reads now. */
  timesOf(deploymentId: string): PartTimes;
}

export interface RecordSources {
  readonly sessions: Pick<SessionSource, 'ready' | 'signInProblem'>;
  readonly clock: WallClock;
  readonly live: OpenConversations;
}

type Reading = Pick<ConversationRecord, 'conversation' | 'messages' | 'readAt'>;

/** How many are kept for the documents that were made from them. */
const MAX_RECORDS = 8;

/**
 * Reads whole conversations for files, exports and comparisons: through the panel where there is one, so that both tell
 * the same.
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
   * The last one that was read in the active session, by anyone: what the conversation's panel shows is taken from
   * there, without another read. Reads it where nobody has, as after a reload of the window. Undefined while signed
   * out. Throws `ApiError`.
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
    // The same record while it tells the same, so that its documents keep their time.
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
    // What the panel shows is worth more than an error, should the network be gone.
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

  /** What tasks and agents are called; a failed refresh is no reason to fail. */
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

/** Undefined while the panel has read nothing itself. */
function shownIn({ conversation, messages, confirmedAt }: OpenConversation): Reading | undefined {
  return conversation === undefined || confirmedAt === undefined
    ? undefined
    : { conversation, messages, readAt: confirmedAt };
}

/** What is unchanged is the same object; only the facts are made anew each time. */
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
