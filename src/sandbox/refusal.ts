import { hexOf } from './random';

/**
 * The API understood the request and refuses it: HTTP 200 with `success: false`, the message and a code that support
 * asks for.
 */
export class Refusal extends Error {
  /** @param message what is wrong, as a sentence. */
  constructor(message: string) {
    super(`${message} REF #${hexOf(message, 8).toUpperCase()}`);
    this.name = 'Refusal';
  }
}
