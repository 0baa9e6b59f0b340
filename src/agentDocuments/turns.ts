/** Runs work on the same key one after another, and work on different keys side by side. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** Whether work on this key runs or waits. */
  isBusy(key: string): boolean {
    return this.last.has(key);
  }

  /** Runs the work once all earlier work on its key has ended, whether that succeeded or not. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(work);
    const ended = mine
      .then(
        () => {},
        () => {},
      )
      .finally(() => {
        if (this.last.get(key) === ended) this.last.delete(key);
      });
    this.last.set(key, ended);
    return mine;
  }
}
