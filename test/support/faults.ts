/** What a server can do with a request. Each is one answer for `faultServer.ts`. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Arrival, Fault } from './faultServer';

type Headers = Record<string, string>;

export const text =
  (status: number, body: string | Buffer, headers: Headers = {}): Fault =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

export const json = (body: unknown, status = 200, headers: Headers = {}): Fault =>
  text(status, JSON.stringify(body), headers);

export const ok = (fields: object = {}, headers: Headers = {}): Fault =>
  json({ success: true, errors: [], ...fields }, 200, headers);

export const refused = (...errors: string[]): Fault => json({ success: false, errors });

export const wrongToken = (headers: Headers = {}): Fault =>
  json({ success: false, errors: ["Hash doesn't match. Please check your API token. REF #1a2b"] }, 200, headers);

export const html = (status: number, headers: Headers = {}): Fault =>
  text(status, `<!DOCTYPE html><html><body><h1>${String(status)}</h1></body></html>`, {
    'content-type': 'text/html',
    ...headers,
  });

/** Announces the whole body and hangs up in the middle. */
export const cutBody =
  (body: unknown, status = 200): Fault =>
  (response) => {
    const whole = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(whole)),
    });
    response.write(whole.slice(0, whole.length / 2), () => response.destroy());
  };

/** A complete HTTP answer around half a JSON text. */
export const halfJson = (body: unknown): Fault => {
  const whole = JSON.stringify(body);
  return text(200, whole.slice(0, whole.length / 2));
};

export const cutGzip = (body: unknown): Fault => {
  const packed = gzipSync(JSON.stringify(body));
  return text(200, packed.subarray(0, packed.length - 10), { 'content-encoding': 'gzip' });
};

export const reset: Fault = (response) => {
  response.socket?.resetAndDestroy();
};

/** Accepts the request and never answers. */
export const silence: Fault = () => {};

export const redirect = (location: string, status = 302): Fault => text(status, '', { location });

/** Sends more and more until the client gives up. */
export const endless: Fault = (response) => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
};

/** Checks the signature as the real server does: made with this token, and within 7200 s of the server's time. */
export function checkingSignature(
  credentials: { userId: string; token: string },
  serverNowMs: () => number,
  then: Fault,
): Fault {
  return (response, arrival) => {
    const now = serverNowMs();
    const headers = { date: new Date(now).toUTCString() };
    const age = now / 1000 - Number(arrival.headers.timestamp);
    const signed = arrival.headers.authorization === expectedAuthorization(credentials, arrival);
    if (!signed || Math.abs(age) > 7200) wrongToken(headers)(response, arrival);
    else {
      response.setHeader('date', headers.date);
      then(response, arrival);
    }
  };
}

function expectedAuthorization({ userId, token }: { userId: string; token: string }, { headers }: Arrival): string {
  const hash = createHash('sha256')
    .update(`${token}:${String(headers.timestamp)}`)
    .digest('hex');
  return `Basic ${Buffer.from(`${userId}:${hash}`).toString('base64')}`;
}
