/**
 * Counts the steps that a piece of work takes, and says when it has taken enough. One budget may be shared by many
 * pieces.
 */
export class Budget {
  private taken = 0;

  constructor(private readonly most = Number.POSITIVE_INFINITY) {}

  get used(): number {
    return this.taken;
  }

  get isSpent(): boolean {
    return this.taken >= this.most;
  }

  spend(steps: number): void {
    this.taken += steps;
  }
}
