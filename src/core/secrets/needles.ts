import { base64Cores, hasEscapedLetters, hasEscapes, plainSpelling } from './spellings';

export const MASK = '***';
/** Any run of this many characters of a secret is masked. So a secret that was cut is masked too. */
export const WINDOW = 16;
/** A longer value is recognized by its start. */
const MAX_LENGTH = 512;
/** At least this many different characters, so that a line of dashes is no secret. */
const MIN_DIFFERENT = 5;

/**
 * Finds secrets in texts, whole or in part, also in base64 and other spellings. It looks up each run of 16 characters
 * in a set, so the time does not depend on the number of secrets.
 */
export class Needles {
  private readonly windows = new Set<string>();
  /**
   * Whether some window starts with these two characters, by their low bytes. This excludes most positions without a
   * look-up.
   */
  private readonly beginnings = new Uint8Array(65_536);
  private readonly phrases: string[] = [];
  /** Some escapes matter only for values with such characters. */
  private hasSpecialCharacters = false;

  get isEmpty(): boolean {
    return this.windows.size === 0 && this.phrases.length === 0;
  }

  get size(): number {
    return this.windows.size;
  }

  /** @param value the secret. A value with fewer than 16 characters is ignored. */
  add(value: string): void {
    const words = value.split(/\s+/).filter((word) => word.length >= WINDOW && new Set(word).size >= MIN_DIFFERENT);
    if (words.length > 0 && words[0] !== value && this.phrases.length < 20) this.phrases.push(value);
    for (const word of words) {
      this.hasSpecialCharacters ||= /[^\w.+=-]/.test(word);
      const known = word.slice(0, MAX_LENGTH);
      if (this.windows.has(known.slice(0, WINDOW)) && this.windows.has(known.slice(-WINDOW))) continue;
      for (const form of [known, ...base64Cores(known)]) this.addWindows(form);
    }
  }

  /** The text with all secrets masked. */
  mask(text: string): string {
    if (this.isEmpty) return text;
    const masked = this.maskPlain(text);
    if (!(this.hasSpecialCharacters ? hasEscapes(masked) : hasEscapedLetters(masked))) return masked;
    // The text has the secret in another spelling. Show the plain spelling without it.
    const plain = plainSpelling(masked);
    const maskedPlain = this.maskPlain(plain);
    return maskedPlain === plain ? masked : maskedPlain;
  }

  private addWindows(form: string): void {
    for (let at = 0; at + WINDOW <= form.length; at++) {
      this.windows.add(form.slice(at, at + WINDOW));
      this.beginnings[beginning(form, at)] = 1;
    }
  }

  private maskPlain(text: string): string {
    let rest = text;
    for (const phrase of this.phrases) rest = rest.replaceAll(phrase, MASK);
    return this.maskWindows(rest);
  }

  private maskWindows(text: string): string {
    const pieces: string[] = [];
    let done = 0;
    for (let at = 0; at + WINDOW <= text.length; at++) {
      if (this.beginnings[beginning(text, at)] === 0 || !this.windows.has(text.slice(at, at + WINDOW))) continue;
      const start = at;
      let end = at + WINDOW;
      for (at++; at < end && at + WINDOW <= text.length; at++) {
        if (this.windows.has(text.slice(at, at + WINDOW))) end = at + WINDOW;
      }
      // The rest of a value that was recognized by its start.
      while (end < text.length && isTokenCharacter(text.charCodeAt(end))) end++;
      pieces.push(text.slice(done, start), MASK);
      done = end;
      at = end - 1;
    }
    return done === 0 ? text : pieces.join('') + text.slice(done);
  }
}

function beginning(text: string, at: number): number {
  return ((text.charCodeAt(at) & 0xff) << 8) | (text.charCodeAt(at + 1) & 0xff);
}

/** A letter, a digit, or one of `-_+/=`. */
function isTokenCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 45 ||
    code === 95 ||
    code === 43 ||
    code === 47 ||
    code === 61
  );
}
