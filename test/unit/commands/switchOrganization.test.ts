import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountStore, type SignedInAccount } from '../../../src/account/accountStore';
import { parseBaseUrl } from '../../../src/account/origin';
import { Sessions } from '../../../src/account/sessions';
import type { CommandServices } from '../../../src/commands/command';
import { switchOrganization } from '../../../src/commands/switchOrganization';
import { QuantConnectClient } from '../../../src/core/api/client';
import { systemClock } from '../../../src/core/base/clock';
import { Secret } from '../../../src/core/base/secret';
import type { AgentsSession } from '../../../src/core/organization/session';
import { render } from '../../../src/core/words/render';
import type { Text } from '../../../src/core/words/words';
import { memento, secretStorage } from '../../support/memories';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';

interface Line {
  readonly label?: Text;
  readonly heading?: Text;
  readonly value?: unknown;
}
const list = vi.hoisted(() => ({ lines: [] as Line[], picks: '' }));
const textOf = (words: Text | undefined): string => render(words ?? '', 'quickPick');
vi.mock('vscode', () => import('../../support/vscodeStub'));
vi.mock('../../../src/ui/quickPick', () => ({
  choose: async (lines: Promise<Line[]>) => {
    list.lines = await lines;
    return list.lines.find(({ label }) => label && textOf(label) === list.picks)?.value;
  },
}));

let cloud: RunningSandbox;
let accounts: AccountStore;
let sessions: Sessions;
let failures: string[];
let services: CommandServices;
let first: AgentsSession;

beforeEach(async () => {
  cloud = await startSandbox();
  list.picks = '';
  failures = [];
  const feedback = {
    failed: (_error: unknown, doing: Text) => {
      failures.push(render(doing, 'notification'));
      return Promise.resolve();
    },
  };
  const account: SignedInAccount = {
    id: 'first',
    kind: 'quantconnect',
    userId: cloud.userId,
    label: 'User 1',
    origin: new URL(cloud.url).origin,
    token: new Secret(cloud.apiToken),
    organization: { id: cloud.organizationId, name: 'Preferred' },
  };
  accounts = new AccountStore(secretStorage(), memento());
  await accounts.add(account);
  await accounts.add({ ...account, id: 'second', label: 'User 2' });
  sessions = new Sessions({
    accounts,
    clock: systemClock,
    workspaceState: memento(),
    createClient: ({ userId, token }) => Promise.resolve(new QuantConnectClient({ baseUrl: cloud.url, userId, token })),
    baseUrl: () => parseBaseUrl(cloud.url),
    feedback,
    offerSignIn: () => Promise.resolve(),
  });
  await sessions.ready();
  await sessions.begin(account);
  first = sessions.current!;
  services = { sessions, feedback } as unknown as CommandServices;
});
afterEach(async () => {
  sessions.dispose();
  accounts.dispose();
  await cloud.stop();
});

const labels = (): readonly string[] => list.lines.map(({ label, heading }) => textOf(label ?? heading));

describe('switchOrganization', () => {
  it('begins a session in the organization that the user picks, with the same account', async () => {
    const { items } = await first.client.listOrganizations();
    const other = items.find(({ id }) => id !== first.organization.id);
    list.picks = other?.name ?? '';
    await switchOrganization.run(services, first);
    expect(sessions.current?.organization.id).toBe(other?.id);
    expect(sessions.current?.account.id).toBe('first');
    expect(first.signal.aborted).toBe(true);
    expect(labels()).toEqual([...items.map(({ name }) => name), 'Other accounts', 'User 2']);
  });

  it('begins a session with another account', async () => {
    list.picks = 'User 2';
    await switchOrganization.run(services, first);
    expect(sessions.current?.account.id).toBe('second');
  });

  it('leaves the session alone if the user picks its organization, or gives up', async () => {
    const { items } = await first.client.listOrganizations();
    list.picks = items.find(({ id }) => id === first.organization.id)?.name ?? '';
    await switchOrganization.run(services, first);
    list.picks = '';
    await switchOrganization.run(services, first);
    expect(sessions.current).toBe(first);
  });

  it('offers the other accounts even if the organizations of this one cannot be listed', async () => {
    cloud.faults.add({ path: '/organizations/list', kind: 'status', status: 500 });
    list.picks = 'User 2';
    await switchOrganization.run(services, first);
    expect(labels()).toEqual(['Other accounts', 'User 2']);
    expect(failures).toEqual(['list the organizations of this account']);
    expect(sessions.current?.account.id).toBe('second');
  });
});
