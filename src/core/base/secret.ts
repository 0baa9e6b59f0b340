const MASK = '***';

/**
 * A text that must never be shown. Every accidental way of printing it gives `***`; {@link reveal} is the one
 * deliberate way.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the line that signs a request or stores it in SecretStorage. */
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
