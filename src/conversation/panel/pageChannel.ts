import type * as vscode from 'vscode';
import { splitChanges, earlierThan, lastMessages, openingState } from '../../core/pages/conversation/delivery';
import type { Change, ConversationState, ReadingPosition, ToPage } from '../../core/pages/conversation/protocol';
import { english } from '../../core/words/words';
import type { Log } from '../../ui/log';

const UNDELIVERED = 'Messages of this conversation could not be shown. The status and Stop still work.';

/** All that a page needs to begin. */
export interface PageBeginning {
  readonly state: ConversationState;
  readonly position?: ReadingPosition;
  readonly earlierDrafts?: readonly string[];
}

export interface PageSources {
  readonly beginning: () => PageBeginning;
  readonly log: Pick<Log, 'error'>;
}

/**
 * The panel's end of the wire to its page. It sends header, Stop, outbox and draft apart from the messages. When
 * messages cannot be sent the page says so, and the rest goes on.
 */
export class PageChannel {
  private seq = 0;
  private isReady = false;
  private isDisposed = false;
  /** Counts the states: what becomes of messages that belong to an older one does not matter any more. */
  private states = 0;
  /** Messages got lost, so changes of messages do not fit: only the whole state helps. */
  private lacksMessages = false;

  constructor(
    private readonly panel: Pick<vscode.WebviewPanel, 'webview' | 'visible'>,
    private readonly sources: PageSources,
  ) {}

  /** The page listens. */
  begin(): void {
    this.isReady = true;
    this.sendState();
  }

  /** Sends the state, and after it the last messages. */
  sendState(): void {
    if (!this.isReady) return;
    const { state, ...rest } = this.sources.beginning();
    this.states++;
    this.lacksMessages = false;
    this.post({ type: 'state', seq: ++this.seq, ...openingState(state), ...rest });
    if (state.messages.length > 0) this.postMessages(() => ({ type: 'earlier', ...lastMessages(state.messages) }));
  }

  /** Sends the messages before the one at index `before`. */
  sendEarlier(before: number): void {
    this.postMessages(() => ({ type: 'earlier', ...earlierThan(this.sources.beginning().state.messages, before) }));
  }

  sendChanges(changes: readonly Change[]): void {
    if (!this.isReady) return;
    const [small, ofMessages] = splitChanges(changes);
    if (small.length > 0) this.post({ type: 'changes', seq: ++this.seq, changes: small });
    if (ofMessages.length === 0) return;
    if (this.lacksMessages) this.sendState();
    else this.postMessages(() => ({ type: 'changes', seq: ++this.seq, changes: ofMessages }));
  }

  /** Sends something small. False: the page does not listen yet. */
  post(message: ToPage): boolean {
    if (!this.isReady || this.isDisposed) return false;
    this.deliver(() => message).catch((error: unknown) => this.log(message.type, error));
    return true;
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private postMessages(build: () => ToPage): void {
    if (!this.isReady || this.isDisposed) return;
    const { states } = this;
    this.deliver(build).then(
      // A hidden page is gone: it asks for the whole state when it is shown again.
      (isDelivered) => {
        if (!isDelivered && !this.isDisposed && this.panel.visible) this.undelivered(states, undefined);
      },
      (error: unknown) => this.undelivered(states, error),
    );
  }

  /** Whatever breaks on the way, at once or later, is a rejection. */
  private async deliver(build: () => ToPage): Promise<boolean> {
    return await this.panel.webview.postMessage(build());
  }

  private undelivered(states: number, error: unknown): void {
    if (this.isDisposed || states !== this.states) return;
    this.log('messages', error);
    this.lacksMessages = true;
    this.post({ type: 'undelivered', problem: UNDELIVERED });
  }

  /** By the error's name alone: its text could quote the conversation. */
  private log(what: string, error: unknown): void {
    if (this.isDisposed) return;
    this.sources.log.error(
      english(
        'The conversation page could not be sent its {0}: {1}.',
        what,
        error instanceof Error ? error.name : 'not delivered',
      ),
    );
  }
}
