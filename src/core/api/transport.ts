import axios, { isAxiosError, type AxiosAdapter, type AxiosError } from 'axios';
import type { HttpAnswer } from './answer';
import { AnswerBody } from './answerBody';
import type { ApiFailure } from './errors';

/** A conversation can have 20 MB, but an answer must end. Counted after decompression. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the connection may be silent: before it is open, before the answer, and within the answer. */
  readonly silenceTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** An answer. Its text is decoded on first use. */
export interface ReceivedAnswer extends HttpAnswer {
  readonly body: AnswerBody;
}

export type Outcome =
  | { readonly kind: 'answer'; readonly answer: ReceivedAnswer }
  | {
      readonly kind: 'failure';
      readonly failure: ApiFailure;
      /** False if the request cannot have reached the server. */
      readonly reached: boolean;
      /** The HTTP status, if the answer's body is the failure. */
      readonly status?: number | undefined;
    }
  /** The request's signal aborted it. */
  | { readonly kind: 'aborted' };

/** Sends one request and never throws, because axios's errors have the authorization header. */
export type Transport = (request: HttpRequest) => Promise<Outcome>;

/** @param adapter replaces the network: the sandbox inside the extension. */
export function axiosTransport(adapter?: AxiosAdapter): Transport {
  const client = axios.create({
    adapter: adapter ?? 'http',
    method: 'post',
    // Bytes, so that an unchanged conversation is recognized without decoding it.
    responseType: 'arraybuffer',
    // The body is sent as it is, and nothing parses the answer.
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
    // VS Code's own `http` and `https` know the user's proxy and certificates.
    proxy: false,
    // A redirect would carry the credentials to wherever it points.
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    transitional: { clarifyTimeoutError: true },
  });

  return async ({ url, headers, body, silenceTimeoutMs, signal }) => {
    if (signal.aborted) return { kind: 'aborted' };
    let stopWaiting = (): void => {};
    const aborted = new Promise<Outcome>((resolve) => {
      const onAbort = (): void => resolve({ kind: 'aborted' });
      signal.addEventListener('abort', onAbort, { once: true });
      stopWaiting = () => signal.removeEventListener('abort', onAbort);
    });
    const answered = client
      .request<unknown>({ url, data: body, headers: { ...headers }, timeout: silenceTimeoutMs, signal })
      .then(
        ({ status, data, headers: answered }): Outcome => ({
          kind: 'answer',
          answer: received(bodyIn(data), status, answered),
        }),
        (error: unknown): Outcome => (axios.isCancel(error) ? { kind: 'aborted' } : failureOf(error)),
      );
    try {
      // The caller must not wait for an adapter that ignores the signal.
      return await Promise.race([answered, aborted]);
    } finally {
      stopWaiting();
    }
  };
}

function received(body: AnswerBody, status: number, headers: Readonly<Record<string, unknown>>): ReceivedAnswer {
  return {
    status,
    body,
    get text() {
      return body.text;
    },
    date: headerText(headers['date']),
    retryAfter: headerText(headers['retry-after']),
  };
}

/** An adapter may answer with something other than bytes. */
function bodyIn(received: unknown): AnswerBody {
  if (received instanceof Uint8Array) return new AnswerBody(received);
  return AnswerBody.of(typeof received === 'string' ? received : JSON.stringify(received ?? ''));
}

function headerText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'ERR_INVALID_URL',
  'ERR_NETWORK',
  'ERR_NOT_SUPPORT',
]);
const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT']);
const CERTIFICATE =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|EPROTO$)/;

function failureOf(error: unknown): Outcome {
  const { code = '', response } = isAxiosError(error) ? error : ((error as Partial<AxiosError> | null) ?? {});
  // axios has one code for both. Only a body that broke off has its response.
  if (code === 'ERR_BAD_RESPONSE' && !response) {
    return {
      kind: 'failure',
      failure: { kind: 'contract', problem: `it is larger than ${String(MAX_ANSWER_BYTES / 1024 / 1024)} MB` },
      reached: true,
    };
  }
  const offline = (cause: Extract<ApiFailure, { kind: 'offline' }>['cause'], reached: boolean): Outcome => ({
    kind: 'failure',
    failure: { kind: 'offline', cause },
    reached,
    status: response?.status,
  });
  if (response) return offline('reset', true);
  if (CERTIFICATE.test(code)) return offline('certificate', false);
  if (NEVER_CONNECTED.has(code)) return offline('unreachable', false);
  if (TIMED_OUT.has(code)) return offline('timeout', !failedToConnect(error));
  return offline('reset', true);
}

/** The operating system gave up on the connection itself. */
function failedToConnect(error: unknown): boolean {
  const cause = isAxiosError(error) ? (error.cause as { syscall?: unknown } | undefined) : undefined;
  return cause?.syscall === 'connect';
}
