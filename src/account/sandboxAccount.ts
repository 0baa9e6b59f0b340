import { Secret } from '../core/base/secret';
import { SANDBOX_LABEL } from './accountLabel';
import { accountId, type Credentials, type SignedInAccount } from './accountStore';
import type { Checked, ClientFactory } from './clients';

/** The account of the sandbox, in the organization that it prefers. */
export async function checkedSandboxAccount(createClient: ClientFactory): Promise<Checked<SignedInAccount>> {
  const {
    SANDBOX_CREDENTIALS: { userId, apiToken },
    SANDBOX_ORIGIN,
  } = await import('../sandbox/credentials');
  const credentials: Credentials = {
    id: accountId(SANDBOX_ORIGIN, userId),
    kind: 'sandbox',
    userId,
    label: SANDBOX_LABEL,
    origin: SANDBOX_ORIGIN,
    token: new Secret(apiToken),
  };
  const client = await createClient(credentials);
  const { items } = await client.listOrganizations();
  const organization = items.find(({ preferred }) => preferred) ?? items[0];
  if (!organization) throw new Error('The sandbox has no organization.');
  return { client, account: { ...credentials, organization: { id: organization.id, name: organization.name } } };
}
