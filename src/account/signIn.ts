import * as vscode from 'vscode';
import { describeError } from '../core/api/describeError';
import type { QuantConnectApi } from '../core/api/api';
import type { Organization } from '../core/api/model';
import { Obstacle } from '../core/words/obstacle';
import { Secret } from '../core/base/secret';
import { accountId, type AccountStore, type SignedInAccount } from './accountStore';
import type { ClientFactory } from './clients';
import { readLeanCredentials } from './leanCredentials';
import type { BaseUrl } from './origin';
import type { Sessions } from './sessions';
import { count, given, joined, say, type Words } from '../core/words/words';
import { askForText } from '../ui/inputs';
import { ask, complain } from '../ui/messages';
import { openOutside } from '../ui/outside';
import { inExplorer } from '../ui/progress';
import { choose } from '../ui/quickPick';

/** Where a user finds their user id and requests a token. */
const ACCOUNT_PAGE = 'https://www.quantconnect.com/settings/';

const PENDING_ORGANIZATION = { id: '', name: '' };

export interface SignInOptions {
  readonly accounts: AccountStore;
  readonly sessions: () => Sessions;
  readonly createClient: ClientFactory;
  readonly baseUrl: () => BaseUrl;
}

/**
 * The ways to sign in. Each checks the token before it is kept, lets the user choose an organization by name, and
 * begins a session.
 */
export class SignIn {
  constructor(private readonly options: SignInOptions) {}

  /** Asks for user id and token. Undefined: cancelled, or an account that could not be used (which was said). */
  async withToken(): Promise<SignedInAccount | undefined> {
    const origin = await this.origin();
    if (origin === undefined) return undefined;
    const where = origin === 'https://www.quantconnect.com' ? 'QuantConnect' : origin;
    const buttons = [
      {
        icon: 'link-external',
        tooltip: say('Open your account page, which shows both'),
        run: () => openOutside(ACCOUNT_PAGE),
      },
    ];
    const userId = await askForText({
      title: say('Sign In to {0} (1/2): User ID', where),
      prompt: say('The number on your QuantConnect account page, under Security.'),
      placeholder: say('e.g. 123456'),
      buttons,
      check: (text) => Promise.resolve(/^\d+$/.test(text.trim()) ? undefined : say('A user ID is a number.')),
    });
    if (userId === undefined) return undefined;
    let signedIn: SignedInAccount | undefined;
    const token = await askForText({
      title: say('Sign In to {0} (2/2): API Token', where),
      prompt: say('Kept in the secret storage of VS Code and sent to {0} alone.', origin),
      placeholder: say('API token'),
      password: true,
      buttons,
      check: async (text, signal) => {
        if (text.trim() === '') return say('Paste the API token from your account page.');
        const account = quantConnectAccount(origin, userId.trim(), new Secret(text.trim()));
        try {
          await (await this.options.createClient(account)).authenticate({ signal });
          signedIn = account;
          return undefined;
        } catch (error) {
          return describeError(error, say('sign in')).message;
        }
      },
    });
    return token !== undefined && signedIn ? this.keep(signedIn) : undefined;
  }

  /** Signs in with what the Lean CLI keeps. */
  async withLeanCredentials(): Promise<SignedInAccount | undefined> {
    const credentials = await readLeanCredentials();
    if (!credentials) {
      await complain(
        say(
          'There are no Lean CLI credentials in ~/.lean/credentials. Run `lean login` first, or sign in with your user ID and token.',
        ),
      );
      return undefined;
    }
    const origin = await this.origin();
    if (origin === undefined) return undefined;
    const detail = say(
      'The token of the Lean CLI is copied into the secret storage of VS Code. ~/.lean/credentials stays as it is.',
    );
    if (
      !(await ask(
        say('Sign in to {0} as user {1}?', origin, credentials.userId),
        { detail, isHarmless: true },
        'Sign In',
      ))
    )
      return undefined;
    const account = quantConnectAccount(origin, credentials.userId, credentials.token);
    await inExplorer(async () => (await this.options.createClient(account)).authenticate());
    return this.keep(account, credentials.organizationId);
  }

  /** Signs in to the simulated cloud. */
  async toSandbox(): Promise<SignedInAccount | undefined> {
    const account = await this.keepSandbox();
    await this.options.sessions().begin(account);
    return account;
  }

  /** Adds the sandbox to the accounts, without beginning a session. */
  async keepSandbox(): Promise<SignedInAccount> {
    const account = await this.sandboxAccount();
    await this.options.accounts.add(account);
    return account;
  }

  private async sandboxAccount(): Promise<SignedInAccount> {
    const {
      SANDBOX_CREDENTIALS: { userId, apiToken },
      SANDBOX_ORIGIN,
    } = await import('../sandbox/credentials');
    const account: SignedInAccount = {
      id: accountId(SANDBOX_ORIGIN, userId),
      kind: 'sandbox',
      userId,
      label: 'Sandbox (simulated cloud)',
      origin: SANDBOX_ORIGIN,
      token: new Secret(apiToken),
      organization: PENDING_ORGANIZATION,
    };
    const { items } = await (await this.options.createClient(account)).listOrganizations();
    const organization = items.find(({ preferred }) => preferred) ?? items[0];
    if (!organization) throw new Error('The sandbox has no organization.');
    return { ...account, organization: { id: organization.id, name: organization.name } };
  }

  private async keep(account: SignedInAccount, preferredOrganizationId?: string): Promise<SignedInAccount | undefined> {
    const client = await this.options.createClient(account);
    const organization = await chooseOrganization(client, {
      title: say('Choose an Organization'),
      preferredId: preferredOrganizationId,
    });
    if (!organization) return undefined;
    const complete = { ...account, organization };
    await this.options.accounts.add(complete);
    await this.options.sessions().begin(complete, organization);
    return complete;
  }

  private async origin(): Promise<string | undefined> {
    const baseUrl = this.options.baseUrl();
    if (baseUrl.ok) return baseUrl.origin;
    if (await complain(baseUrl.problem, 'Open Settings')) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'quantAgents.apiBaseUrl');
    }
    return undefined;
  }
}

/** By name; the only one is taken without asking. Undefined: cancelled. Throws `ApiError`. */
async function chooseOrganization(
  client: QuantConnectApi,
  options: { readonly title: Words; readonly preferredId?: string | undefined },
): Promise<SignedInAccount['organization'] | undefined> {
  const { items } = await inExplorer(() => client.listOrganizations());
  const [only, ...more] = items;
  if (!only) throw new Obstacle(say('This account belongs to no organization.'));
  if (more.length === 0) return { id: only.id, name: only.name };
  const isPreferred = (organization: Organization): boolean =>
    options.preferredId === undefined ? organization.preferred === true : organization.id === options.preferredId;
  const sorted = [...items].sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)));
  return choose(
    sorted.map((organization) => ({
      label: given(organization.name),
      description: organizationDescription(organization),
      value: { id: organization.id, name: organization.name },
    })),
    { title: options.title, placeholder: say('Its agents, tasks and deployments are shown'), ignoreFocusOut: true },
  );
}

function organizationDescription({ type, members, preferred }: Organization): Words {
  return joined([type, members !== undefined && count(members, 'member'), preferred && say('preferred')], ' · ');
}

function quantConnectAccount(origin: string, userId: string, token: Secret): SignedInAccount {
  return {
    id: accountId(origin, userId),
    kind: 'quantconnect',
    userId,
    label: `User ${userId}`,
    origin,
    token,
    organization: PENDING_ORGANIZATION,
  };
}
