import type { MessageOf } from '../../../src/core/pages/channel/messages';
import {
  receiveState,
  withChanges,
  withEarlier,
  type ReceivedState,
} from '../../../src/core/pages/conversation/delivery';
import type {
  Change,
  ConversationState,
  FromPage,
  ToPageMessages,
} from '../../../src/core/pages/conversation/protocol';

type Arriving<Type extends keyof ToPageMessages> = MessageOf<ToPageMessages, Type>;

/** The conversation as far as it has arrived from the panel. */
export class ReceivedConversation {
  private received: ReceivedState | undefined;
  private seq = 0;
  /** A change is missing. The page applies nothing until the state arrives. */
  private awaitsState = true;
  /** The page has asked for the messages before this index. 0: it waits for none. */
  private comesBefore = 0;
  private isFirstPieceOnItsWay = false;
  private problem: string | undefined;

  constructor(private readonly post: (message: FromPage) => void) {}

  get state(): ConversationState | undefined {
    return this.received?.state;
  }

  /** How many messages at the beginning have not arrived. */
  get missing(): number {
    return this.received?.missing ?? 0;
  }

  /** A state has arrived, but its last messages have not. Until then the page keeps what it shows. */
  get awaitsMessages(): boolean {
    return this.isFirstPieceOnItsWay;
  }

  /** Why messages could not be sent to the page, in words. */
  get undelivered(): string | undefined {
    return this.problem;
  }

  begin({ seq, state, earlier = 0, follows = false }: Arriving<'state'>): void {
    this.seq = seq;
    this.awaitsState = false;
    this.problem = undefined;
    this.received = receiveState(state, earlier, this.received);
    this.isFirstPieceOnItsWay = follows;
    this.comesBefore = follows ? earlier : 0;
  }

  /** The changes that were applied. Undefined if they do not fit; then the page asks for the state. */
  change({ seq, changes }: Arriving<'changes'>): readonly Change[] | undefined {
    if (this.awaitsState) return undefined;
    const next = this.received && seq === this.seq + 1 ? withChanges(this.received, changes) : undefined;
    if (!next) {
      this.awaitsState = true;
      this.post({ type: 'resync' });
      return undefined;
    }
    this.seq = seq;
    this.received = next;
    return changes;
  }

  piece(message: Arriving<'earlier'>): void {
    if (this.received) this.received = withEarlier(this.received, message);
    this.comesBefore = 0;
    this.isFirstPieceOnItsWay = false;
  }

  notDelivered({ problem }: Arriving<'undelivered'>): void {
    this.problem = problem;
  }

  /** Asks for the next piece of earlier messages, once this piece is painted and the browser is idle. */
  askForEarlier(): void {
    const { missing } = this;
    if (missing === 0 || this.comesBefore === missing) return;
    this.comesBefore = missing;
    requestAnimationFrame(() =>
      requestIdleCallback(
        () => {
          if (this.missing === missing) this.post({ type: 'requestEarlier', before: missing });
          else this.comesBefore = 0;
        },
        { timeout: 100 },
      ),
    );
  }
}
