const MASK = '***';

/**
 * A text that must never be shown. Every way of printing it by accident gives `***`. {@link reveal} is the only way to
 * get it.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Call this only to sign a request or to store the text in SecretStorage. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
