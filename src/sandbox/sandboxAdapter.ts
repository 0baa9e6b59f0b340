import type { AxiosAdapter, AxiosHeaderValue, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { timerMs } from '../core/base/timers';
import type { SandboxRequest, SandboxResponse } from './engine';
import { FaultPlan } from './faults';
import { pathBelowPrefix } from './httpServer';

/** A sandbox: the engine itself, or something that runs requests on one. */
export interface SandboxDoor {
  handle(request: SandboxRequest): SandboxResponse | Promise<SandboxResponse>;
}

export interface SandboxAdapterOptions {
  /** How long an answer takes, in milliseconds. */
  readonly latencyMs?: number | undefined;
  readonly faults?: FaultPlan | undefined;
}

/**
 * Connects axios to a sandbox in the same process, without port or network. It answers and fails as axios' HTTP adapter
 * does: headers in lower case, the body as text, and with `validateStatus`, `timeout` and `signal`.
 */
export function createSandboxAdapter(
  sandbox: SandboxDoor,
  { latencyMs = 0, faults = new FaultPlan() }: SandboxAdapterOptions = {},
): AxiosAdapter {
  return async (config) => {
    refuseWhenCancelled(config);
    const path = pathOf(config);
    const request = { path, method: config.method, headers: headersOf(config), body: bodyOf(config) };
    const delivery = await faults.deliver(path, () => sandbox.handle(request));
    await wait(
      config,
      delivery.kind === 'silence'
        ? Number.POSITIVE_INFINITY
        : latencyMs + (delivery.kind === 'answer' ? delivery.delayMs : 0),
    );
    if (delivery.kind !== 'answer') throw failure('read ECONNRESET', 'ECONNRESET', config);
    if (delivery.cut) throw failure('stream has been aborted', 'ERR_BAD_RESPONSE', config);
    return settled(config, delivery.response);
  };
}

function pathOf({ baseURL = '', url = '' }: InternalAxiosRequestConfig): string {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url)
    ? url
    : `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
  return pathBelowPrefix(new URL(whole).pathname) ?? '/';
}

function headersOf({ headers }: InternalAxiosRequestConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries<AxiosHeaderValue | null | undefined>(headers.toJSON()).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

function bodyOf({ data }: InternalAxiosRequestConfig): string | undefined {
  if (data === undefined || data === null || data === '') return undefined;
  if (typeof data === 'string') return data;
  return data instanceof Uint8Array ? Buffer.from(data).toString('utf8') : JSON.stringify(data);
}

/** Waits until the answer is due. Rejects if the request is canceled or times out first. */
function wait(config: InternalAxiosRequestConfig, ms: number): Promise<void> {
  const timeoutMs = config.timeout !== undefined && config.timeout > 0 ? config.timeout : Number.POSITIVE_INFINITY;
  if (ms <= 0) return Promise.resolve();
  const { signal } = config;
  return new Promise((resolve, reject) => {
    const late = ms > timeoutMs;
    const until = Math.min(ms, timeoutMs);
    const done = (settle: () => void) => (): void => {
      clearTimeout(timer);
      signal?.removeEventListener?.('abort', cancel);
      settle();
    };
    const cancel = done(() => reject(cancelled(config)));
    const finish = done(() => {
      if (late)
        reject(
          failure(config.timeoutErrorMessage ?? `timeout of ${String(timeoutMs)}ms exceeded`, 'ECONNABORTED', config),
        );
      else resolve();
    });
    const timer = Number.isFinite(until) ? setTimeout(finish, timerMs(until)) : undefined;
    signal?.addEventListener?.('abort', cancel);
    if (signal?.aborted) cancel();
  });
}

function settled(config: InternalAxiosRequestConfig, { status, headers, body }: SandboxResponse): AxiosResponse {
  const data = config.responseType === 'arraybuffer' ? Buffer.from(body) : body;
  const response: AxiosResponse = { data, status, statusText: '', headers: { ...headers }, config, request: {} };
  const { validateStatus } = config;
  if (!validateStatus || validateStatus(status)) return response;
  throw Object.assign(
    failure(
      `Request failed with status code ${String(status)}`,
      status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE',
      config,
    ),
    { response, status },
  );
}

function refuseWhenCancelled(config: InternalAxiosRequestConfig): void {
  if (config.signal?.aborted) throw cancelled(config);
}

// Has the shape of axios' errors, because the sandbox loads no library.

function failure(message: string, code: string, config: InternalAxiosRequestConfig): Error {
  const error = Object.assign(new Error(message), { isAxiosError: true, code, config });
  error.name = 'AxiosError';
  return error;
}

function cancelled(config: InternalAxiosRequestConfig): Error {
  const error = Object.assign(failure('canceled', 'ERR_CANCELED', config), { __CANCEL__: true });
  error.name = 'CanceledError';
  return error;
}
