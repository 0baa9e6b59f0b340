import type { RequestLogEntry, QuantConnectApi } from '../core/api/api';
import type { Clock } from '../core/base/clock';
import { Obstacle } from '../core/words/obstacle';
import { say } from '../core/words/words';
import type { Credentials } from './accountStore';
import type { BaseUrl } from './origin';
import type { SandboxCloud } from './sandboxCloud';
import { TEXTS } from './texts';

/** Makes a client. The first call loads axios and zod, and the sandbox where the account is of the sandbox. */
export type ClientFactory = (credentials: Credentials) => Promise<QuantConnectApi>;

/** An account whose token was accepted, and the client that checked it. The session uses the same client. */
export interface Checked<Account extends Credentials> {
  readonly account: Account;
  readonly client: QuantConnectApi;
}

export interface ClientFactoryOptions {
  readonly clock: Clock;
  readonly userAgent: string;
  /** The current value of the setting `quantAgents.apiBaseUrl`. */
  readonly baseUrl: () => BaseUrl;
  readonly sandbox: Pick<SandboxCloud, 'open'>;
  readonly log: (record: RequestLogEntry) => void;
  readonly onClockSkew: (offsetMs: number) => void;
}

export function clientFactory(options: ClientFactoryOptions): ClientFactory {
  const { clock, userAgent, log, onClockSkew } = options;
  return async ({ kind, origin, userId, token }) => {
    const { QuantConnectClient } = await import('../core/api/client');
    const common = { clock, userAgent, log, onClockSkew, userId, token };
    if (kind === 'sandbox') {
      const { adapter, baseUrl } = await options.sandbox.open();
      return new QuantConnectClient({ ...common, baseUrl, adapter });
    }
    const baseUrl = options.baseUrl();
    if (!baseUrl.ok) throw new Obstacle(baseUrl.problem, 'openSettings');
    // The last check: whatever went wrong before, a token is never sent to another origin.
    if (baseUrl.origin !== origin) throw new Obstacle(say(TEXTS.otherOrigin, origin, baseUrl.origin));
    return new QuantConnectClient({ ...common, baseUrl: baseUrl.url });
  };
}
