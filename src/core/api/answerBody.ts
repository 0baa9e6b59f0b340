import { isAscii } from 'node:buffer';

/** The body of an HTTP answer: its bytes, and the text in them, which is decoded on first use. */
export class AnswerBody {
  /** Private to the language too: it must not get into a log by way of the answer that holds it. */
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

  /** Read as UTF-8, without a byte order mark. Stays in memory as long as this body. */
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
  // Most answers are plain ASCII, which Node decodes much faster as Latin-1.
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}
