import type * as vscode from 'vscode';
import { splitChanges, earlierThan, lastMessages, openingState } from '../../core/pages/conversation/delivery';
import type { Change, ConversationState, ReadingPosition, ToPage } from '../../core/pages/conversation/protocol';
import { render } from '../../core/words/render';
import { english, say } from '../../core/words/words';
import type { Log } from '../../ui/log';
import { TEXTS } from './texts';

/** Everything that a page needs to start. */
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
 * Sends everything from the panel to its page. Header, Stop, outbox and draft travel apart from the messages. If
 * messages cannot be sent, the page says so, and the rest still works.
 */
export class PageChannel {
  private seq = 0;
  private isReady = false;
  private isDisposed = false;
  /** Counts the states that were sent. A failed send of messages matters only if its state is still the latest. */
  private states = 0;
  /** Messages were lost, so changes to messages no longer fit. Only the whole state helps. */
  private lacksMessages = false;

  constructor(
    private readonly panel: Pick<vscode.WebviewPanel, 'webview' | 'visible'>,
    private readonly sources: PageSources,
  ) {}

  /** The page is ready to receive messages. */
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

  /** Sends a small message. False: the page is not ready. */
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
      // A hidden page does not exist. When it is shown again, it asks for the whole state.
      (isDelivered) => {
        if (!isDelivered && !this.isDisposed && this.panel.visible) this.undelivered(states, undefined);
      },
      (error: unknown) => this.undelivered(states, error),
    );
  }

  /** Turns every failure into a rejection, even one that is thrown at once. */
  private async deliver(build: () => ToPage): Promise<boolean> {
    return await this.panel.webview.postMessage(build());
  }

  private undelivered(states: number, error: unknown): void {
    if (this.isDisposed || states !== this.states) return;
    this.log('messages', error);
    this.lacksMessages = true;
    this.post({ type: 'undelivered', problem: render(say(TEXTS.undelivered), 'page') });
  }

  /** Logs only the error's name, because its text could quote the conversation. */
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
