import { isObject } from './json';
import { Refusal } from './refusal';

/**
 * The fields of a request, checked one by one. A null field counts as missing. Numbers and booleans may come as text,
 * because servers in languages such as PHP accept that. All methods throw {@link Refusal}.
 */
export class Fields {
  private constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  static parse(body: string | undefined): Fields {
    if (body === undefined || body.trim() === '') return new Fields({});
    let values: unknown;
    try {
      values = JSON.parse(body);
    } catch {
      throw new Refusal('The request body is not valid JSON.');
    }
    // In those languages an empty map is an empty list.
    if (Array.isArray(values) && values.length === 0) return new Fields({});
    if (!isObject(values)) throw new Refusal('The request body must be a JSON object.');
    return new Fields(values);
  }

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }

  text(name: string): string {
    const text = this.optionalText(name);
    if (text === undefined || text.trim() === '') throw new Refusal(`${name} is required.`);
    return text;
  }

  optionalText(name: string): string | undefined {
    return this.optional(
      name,
      (value) => (typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined),
      'a string',
    );
  }

  integer(name: string): number {
    const number = this.optionalInteger(name);
    if (number === undefined) throw new Refusal(`${name} is required.`);
    return number;
  }

  optionalInteger(name: string): number | undefined {
    return this.optional(name, asInteger, 'an integer');
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.optional(
      name,
      (value) => {
        if (typeof value === 'boolean') return value;
        return value === 'true' || value === 1 ? true : value === 'false' || value === 0 ? false : undefined;
      },
      'a boolean',
    );
  }

  optionalTexts(name: string): readonly string[] | undefined {
    return this.optional(
      name,
      (value) => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined),
      'a list of strings',
    );
  }

  oneOf(name: string, allowed: readonly string[]): string {
    const value = this.text(name);
    if (!allowed.includes(value)) throw new Refusal(`${name} must be one of: ${allowed.join(', ')}.`);
    return value;
  }

  optionalOneOf(name: string, allowed: readonly string[]): string | undefined {
    return this.has(name) ? this.oneOf(name, allowed) : undefined;
  }

  /** A list of objects, each with its fields. */
  optionalEntries(name: string): readonly Fields[] | undefined {
    const entries = this.optional(
      name,
      (value) => (Array.isArray(value) && value.every(isObject) ? value : undefined),
      'a list of objects',
    );
    return entries?.map((entry) => new Fields(entry));
  }

  optionalEntry(name: string): Fields | undefined {
    const entry = this.optional(name, (value) => (isObject(value) ? value : undefined), 'an object');
    return entry && new Fields(entry);
  }

  private optional<T>(name: string, parse: (value: unknown) => T | undefined, expected: string): T | undefined {
    if (!this.has(name)) return undefined;
    const parsed = parse(this.values[name]);
    if (parsed === undefined) throw new Refusal(`${name} must be ${expected}.`);
    return parsed;
  }
}

function asInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}
