import type { Host } from './host';

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
    if (this.isOpen(key) === open) return;
    this.open.delete(key);
    if (open) this.open.set(key, open);
    this.host.save({ folds: [...this.open].slice(-MAX_KEPT) });
  }
}
