import type { Disposable } from './events';

/** Loads and makes something when it is first needed. Its owner disposes it. */
export class Later<T extends object> implements Disposable {
  private making: Promise<T> | undefined;
  private made: T | undefined;
  private isDisposed = false;
  private readonly owned: Disposable[] = [];

  constructor(private readonly load: () => Promise<T>) {}

  /** Undefined while nobody has needed it. */
  get current(): T | undefined {
    return this.made;
  }

  /** Rejects when it cannot be loaded. The next call then tries again. */
  get(): Promise<T> {
    this.making ??= this.make();
    return this.making;
  }

  /** Disposes this, too, when it is disposed: such as the registrations that load it. */
  own(disposable: Disposable): this {
    this.owned.push(disposable);
    return this;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const disposable of this.owned) disposable.dispose();
    end(this.made);
  }

  private async make(): Promise<T> {
    try {
      const made = await this.load();
      this.made = made;
      if (this.isDisposed) end(made);
      return made;
    } catch (error) {
      this.making = undefined;
      throw error;
    }
  }
}

function end(made: object | undefined): void {
  if (made && 'dispose' in made && typeof made.dispose === 'function') (made as Disposable).dispose();
}
