/**
 * The smallest event there is, for code that must not know `vscode`. Shaped like `vscode.Event`, so either can stand in
 * for the other.
 */

export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (event: T) => unknown) => Disposable;

export class Emitter<T> implements Disposable {
  private listeners = new Set<(event: T) => unknown>();

  readonly event: Event<T> = (listener) => {
    // A wrapper, so that the same function subscribed twice is two subscriptions.
    const subscription = (event: T): unknown => listener(event);
    this.listeners.add(subscription);
    return { dispose: () => void this.listeners.delete(subscription) };
  };

  /** Calls every listener that is subscribed now; one that throws does not keep the others from hearing it. */
  fire(event: T): void {
    const errors: unknown[] = [];
    for (const listener of [...this.listeners]) {
      try {
        listener(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0)
      queueMicrotask(() => {
        throw errors[0];
      });
  }

  dispose(): void {
    this.listeners.clear();
  }
}
