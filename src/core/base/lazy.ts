import type { Disposable } from './events';

/** Loads and makes something on first use. Its owner disposes it. */
export class Lazy<T extends object> implements Disposable {
  private making: Promise<T> | undefined;
  private made: T | undefined;
  private isDisposed = false;
  private readonly owned: Disposable[] = [];

  constructor(private readonly load: () => Promise<T>) {}

  /** Undefined until the first use. */
  get current(): T | undefined {
    return this.made;
  }

  /** Rejects if loading fails. The next call tries again. */
  get(): Promise<T> {
    this.making ??= this.make();
    return this.making;
  }

  /** Also disposes this when it is disposed itself, such as the registrations that lead to it. */
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
