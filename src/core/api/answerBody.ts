import { isAscii } from 'node:buffer';

/** The body of an HTTP answer: its bytes, and its text, which is decoded on first use. */
export class AnswerBody {
  /** Private at run time too, so that no log can print it with the answer. */
  readonly #bytes: Buffer;
  #text: string | undefined;

  constructor(bytes: Uint8Array) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#bytes = startsWithMark(buffer) ? buffer.subarray(BYTE_ORDER_MARK.length) : buffer;
  }

  static of(text: string): AnswerBody {
    return new AnswerBody(Buffer.from(text));
  }

  get byteLength(): number {
    return this.#bytes.byteLength;
  }

  /** The text, decoded as UTF-8 without a byte order mark. It stays in memory as long as this body. */
  get text(): string {
    return (this.#text ??= decoded(this.#bytes));
  }

  /** Without a byte order mark. */
  bytes(): Buffer {
    return this.#bytes;
  }
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

function startsWithMark(bytes: Buffer): boolean {
  return bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
}

function decoded(bytes: Buffer): string {
  // Most answers are plain ASCII. Node decodes that much faster as Latin-1.
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}
