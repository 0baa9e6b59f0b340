import type { Host } from '../connection/host';

/** Beyond this many the oldest are forgotten, so that what is kept for a reload stays small. */
const MAX_KEPT = 500;

/** Which folds the reader opened or closed, by key, through redrawing and reload. */
export class Folds {
  private readonly open: Map<string, boolean>;

  constructor(private readonly host: Host) {
    this.open = new Map(host.saved.folds);
  }

  isOpen(key: string): boolean {
    return this.open.get(key) ?? false;
  }

  set(key: string, open: boolean): void {
    this.setAll([key], open);
  }

  /** Folds that are drawn already are not touched by this. */
  setAll(keys: readonly string[], open: boolean): void {
    const changed = keys.filter((key) => this.isOpen(key) !== open);
    if (changed.length === 0) return;
    for (const key of changed) {
      if (open) this.open.set(key, open);
      else this.open.delete(key);
    }
    this.host.save({ folds: [...this.open].slice(-MAX_KEPT) });
  }
}
