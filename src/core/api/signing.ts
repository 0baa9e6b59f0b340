import { createHash } from 'node:crypto';
import type { Secret } from '../base/secret';

/** Who asks. The token is only sent as part of a hash, which is made here. */
export interface Credentials {
  readonly userId: string;
  readonly token: Secret;
}

/** The two headers that prove who asks (docs/api/contract.md, "Calling it"). */
export interface SignedHeaders {
  readonly Timestamp: string;
  readonly Authorization: string;
}

/**
 * Signs one attempt. The server refuses a timestamp older than 7200 s, so each attempt is signed again.
 * @param nowMs the server's time as far as we know it, in epoch milliseconds.
 */
export function signedHeaders({ userId, token }: Credentials, nowMs: number): SignedHeaders {
  const timestamp = String(Math.floor(nowMs / 1000));
  const hash = createHash('sha256').update(`${token.reveal()}:${timestamp}`).digest('hex');
  return { Timestamp: timestamp, Authorization: `Basic ${Buffer.from(`${userId}:${hash}`).toString('base64')}` };
}

/** The secret parts of the headers: the signature as it is sent, and its contents `<user id>:<hash>`. */
export function signatureIn({ Authorization }: SignedHeaders): readonly string[] {
  const sent = Authorization.replace('Basic ', '');
  const said = Buffer.from(sent, 'base64').toString();
  return [sent, said, said.slice(said.indexOf(':') + 1)];
}
