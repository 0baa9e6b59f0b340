import { createHash } from 'node:crypto';

export interface SignedAs {
  readonly userId: string;
  readonly apiToken: string;
}

/** The two headers that authenticate a request, computed as the API's documentation says. */
export function signedHeaders({ userId, apiToken }: SignedAs, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const hash = createHash('sha256').update(`${apiToken}:${timestamp}`).digest('hex');
  return { Timestamp: timestamp, Authorization: `Basic ${Buffer.from(`${userId}:${hash}`).toString('base64')}` };
}
