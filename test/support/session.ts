import { QuantConnectClient } from '../../src/core/api/client';
import { systemClock } from '../../src/core/base/clock';
import type { AgentsSession } from '../../src/core/organization/session';
import { OrganizationStore } from '../../src/core/organization/store';
import { Secret } from '../../src/core/base/secret';
import type { RunningSandbox } from './sandboxServer';

export interface TestSession extends AgentsSession {
  end(): void;
}

/** A session with a running sandbox, as `Sessions` makes it: the real client over real HTTP. */
export function beginSession(cloud: RunningSandbox, options: { readonly timeoutMs?: number } = {}): TestSession {
  const client = new QuantConnectClient({
    baseUrl: cloud.url,
    userId: cloud.userId,
    token: new Secret(cloud.apiToken),
    ...options,
  });
  const end = new AbortController();
  return {
    account: {
      id: `${cloud.userId}@${cloud.url}`,
      kind: 'quantconnect',
      userId: cloud.userId,
      label: 'Test',
      origin: new URL(cloud.url).origin,
    },
    organization: { id: cloud.organizationId, name: 'Test' },
    client,
    store: new OrganizationStore(cloud.organizationId, client, systemClock, end.signal),
    signal: end.signal,
    end: () => {
      end.abort();
    },
  };
}
