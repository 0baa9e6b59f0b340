import type { Host } from '../connection/host';

/** Only the newest ones stay, so that the saved state is small. */
const MAX_KEPT = 500;

/** Remembers which folds the reader opened, by key. It survives redrawing and a reload. */
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

  /** Does not change folds that are drawn already. */
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
