/**
 * A small event for code that must not import `vscode`. It has the shape of `vscode.Event`, so one can replace the
 * other.
 */

export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (event: T) => unknown) => Disposable;

export class Emitter<T> implements Disposable {
  private listeners = new Set<(event: T) => unknown>();

  readonly event: Event<T> = (listener) => {
    // A wrapper, so that subscribing the same function twice gives two subscriptions.
    const subscription = (event: T): unknown => listener(event);
    this.listeners.add(subscription);
    return { dispose: () => void this.listeners.delete(subscription) };
  };

  /** Calls every listener that is subscribed now. All of them are called, even if one throws. */
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
