import type { RequestRecord, QuantConnectApi } from '../core/api/api';
import type { Clock } from '../core/base/clock';
import { Obstacle } from '../core/words/obstacle';
import { say } from '../core/words/words';
import type { SignedInAccount } from './accountStore';
import type { BaseUrl } from './origin';
import type { SandboxCloud } from './sandboxCloud';

/** A client for an account. Loads axios and zod on first use, the sandbox only for a sandbox account. */
export type ClientFactory = (account: SignedInAccount) => Promise<QuantConnectApi>;

export interface ClientFactoryOptions {
  readonly clock: Clock;
  readonly userAgent: string;
  /** The `quantAgents.apiBaseUrl` setting as it is now. */
  readonly baseUrl: () => BaseUrl;
  readonly sandbox: Pick<SandboxCloud, 'open'>;
  readonly log: (record: RequestRecord) => void;
  readonly onClockSkew: (offsetMs: number) => void;
}

export function clientFactory(options: ClientFactoryOptions): ClientFactory {
  const { clock, userAgent, log, onClockSkew } = options;
  return async (account) => {
    const { QuantConnectClient } = await import('../core/api/client');
    const common = { clock, userAgent, log, onClockSkew, userId: account.userId, token: account.token };
    if (account.kind === 'sandbox') {
      const { adapter, baseUrl } = await options.sandbox.open();
      return new QuantConnectClient({ ...common, baseUrl, adapter });
    }
    const baseUrl = options.baseUrl();
    if (!baseUrl.ok) throw new Obstacle(baseUrl.problem, 'openSettings');
    // The last gate: whatever went wrong before, a token does not leave for another origin.
    if (baseUrl.origin !== account.origin)
      throw new Obstacle(
        say('This account belongs to {0}. Its token is not sent to {1}.', account.origin, baseUrl.origin),
      );
    return new QuantConnectClient({ ...common, baseUrl: baseUrl.url });
  };
}
