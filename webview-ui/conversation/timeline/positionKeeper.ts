import type { ConversationState } from '../../../src/core/pages/conversation/protocol';
import type { Host, ReadingPosition } from '../connection/host';

const PAUSE_MS = 500;

/**
 * Saves the reading position: at once in the page, for a reload, and in the panel when the reader rests, for a panel
 * that is closed and opened again.
 */
export class PositionKeeper {
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** What the panel has. */
  private sent: ReadingPosition | undefined;

  constructor(private readonly host: Host) {
    window.addEventListener('pagehide', () => this.send());
  }

  /** Where to begin: where this page was, or where the reader was in an earlier panel. Undefined: at the end. */
  first(fromPanel: ReadingPosition | undefined): ReadingPosition | undefined {
    this.sent = fromPanel;
    return this.host.saved.begun ? this.host.saved.place : (this.host.saved.place ?? fromPanel);
  }

  changed(position: ReadingPosition | undefined): void {
    this.host.save({ place: position });
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.send(), PAUSE_MS);
  }

  private send(): void {
    clearTimeout(this.pause);
    const { place: position } = this.host.saved;
    if (
      position?.messageId === this.sent?.messageId &&
      position?.segment === this.sent?.segment &&
      position?.offset === this.sent?.offset
    )
      return;
    this.sent = position;
    this.host.post({ type: 'readingPosition', ...(position && { position }) });
  }
}

/** True if the message of a reading position can still arrive. Then the page waits for it. */
export function mayCome(
  { messageId }: ReadingPosition,
  { messages, freshness }: ConversationState,
  missing: number,
): boolean {
  if (messages.some(({ id }) => id === messageId)) return false;
  return missing > 0 || (messages.length === 0 && freshness.confirmedAt === undefined);
}
