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
  /** A gap was met: nothing is applied until the state has come. */
  private awaitsState = true;
  /** What comes before this index is on its way; 0: nothing is. */
  private comesBefore = 0;
  private isFirstPieceOnItsWay = false;
  private problem: string | undefined;

  constructor(private readonly post: (message: FromPage) => void) {}

  get state(): ConversationState | undefined {
    return this.received?.state;
  }

  /** So many messages at the beginning have not arrived. */
  get missing(): number {
    return this.received?.missing ?? 0;
  }

  /** A state has come and its last messages are on their way: until then what was shown before stays. */
  get awaitsMessages(): boolean {
    return this.isFirstPieceOnItsWay;
  }

  /** Why messages are missing, in words, where they could not be sent to the page. */
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

  /** The changes that were taken over; undefined where they do not fit: then the state is asked for. */
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

  /**
   * Asks for the next piece of what came before: when this one has been painted, and the browser has nothing better to
   * do.
   */
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
