/**
 * Counts the steps of some work, and says when the work has taken enough. Several pieces of work can share a budget.
 */
export class Budget {
  private steps = 0;

  constructor(private readonly most = Number.POSITIVE_INFINITY) {}

  get used(): number {
    return this.steps;
  }

  get isSpent(): boolean {
    return this.steps >= this.most;
  }

  spend(count: number): void {
    this.steps += count;
  }
}
