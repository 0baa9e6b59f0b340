import type { ConversationState } from '../../../src/core/pages/conversation/protocol';
import type { Host, ReadingPosition } from '../connection/host';

const PAUSE_MS = 500;

/**
 * Where the reader is, kept for a reload by the page and for a panel that is closed and opened again by the panel,
 * which is told of it when they rest.
 */
export class PlaceKeeper {
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** What the panel has kept. */
  private told: ReadingPosition | undefined;

  constructor(private readonly host: Host) {
    window.addEventListener('pagehide', () => this.tell());
  }

  /** Where to begin: where this page was, or where the reader was in an earlier panel. Undefined: at the end. */
  first(fromPanel: ReadingPosition | undefined): ReadingPosition | undefined {
    this.told = fromPanel;
    return this.host.saved.begun ? this.host.saved.place : (this.host.saved.place ?? fromPanel);
  }

  changed(place: ReadingPosition | undefined): void {
    this.host.save({ place });
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.tell(), PAUSE_MS);
  }

  private tell(): void {
    clearTimeout(this.pause);
    const { place } = this.host.saved;
    if (
      place?.messageId === this.told?.messageId &&
      place?.segment === this.told?.segment &&
      place?.offset === this.told?.offset
    )
      return;
    this.told = place;
    this.host.post({ type: 'readingPosition', ...(place && { position: place }) });
  }
}

/** Whether the message of a place may still come: then it is waited for. */
export function mayCome(
  { messageId }: ReadingPosition,
  { messages, freshness }: ConversationState,
  missing: number,
): boolean {
  if (messages.some(({ id }) => id === messageId)) return false;
  return missing > 0 || (messages.length === 0 && freshness.confirmedAt === undefined);
}
