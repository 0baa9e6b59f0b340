import { createHash, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../core/api/model';

/**
 * How far a timestamp may be from the server's clock, in either direction (contract.md: older than 7200 s is refused).
 */
const TIMESTAMP_WINDOW_S = 7200;

export interface Credentials {
  readonly userId: string;
  readonly apiToken: string;
}

/** Why the credentials of a request are refused, or undefined. Each refusal starts as the real API's does. */
export function refusedCredentials(
  headers: Readonly<Record<string, string | undefined>>,
  { userId, apiToken }: Credentials,
  now: EpochMs,
): string | undefined {
  const { timestamp, authorization } = headers;
  if (authorization === undefined) return 'Authorization header is missing.';
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  const [user, hash] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  if (user !== userId) return 'UserID not valid.';
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp))
    return "Hash doesn't match. The Timestamp header is missing or not a number of seconds.";
  if (Math.abs(now / 1000 - Number(timestamp)) > TIMESTAMP_WINDOW_S)
    return "Hash doesn't match. The timestamp is outside of the accepted window.";
  const expected = createHash('sha256').update(`${apiToken}:${timestamp}`).digest('hex');
  return sameText(hash ?? '', expected) ? undefined : "Hash doesn't match. Check the user ID and the API token.";
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
