import * as vscode from 'vscode';
import type { QuantConnectApi } from '../core/api/api';
import { describeError } from '../core/api/describeError';
import type { Organization } from '../core/api/model';
import { Secret } from '../core/base/secret';
import { Obstacle } from '../core/words/obstacle';
import { count, given, joined, say, type Words } from '../core/words/words';
import { askForText } from '../ui/inputs';
import { ask, complain } from '../ui/messages';
import { openOutside } from '../ui/outside';
import { inExplorer } from '../ui/progress';
import { choose } from '../ui/quickPick';
import { accountId, type Credentials, type SignedInAccount } from './accountStore';
import type { Checked, ClientFactory } from './clients';
import { readLeanCredentials } from './leanCredentials';
import type { BaseUrl } from './origin';
import { checkedSandboxAccount } from './sandboxAccount';
import type { Sessions } from './sessions';

/** Where users find their user ID and request a token. */
const ACCOUNT_PAGE = 'https://www.quantconnect.com/settings/';

export interface SignInOptions {
  readonly sessions: Pick<Sessions, 'signIn'>;
  readonly createClient: ClientFactory;
  readonly baseUrl: () => BaseUrl;
}

/** The ways to sign in. Each checks the token, lets the user choose an organization, then begins a session. */
export class SignIn {
  constructor(private readonly options: SignInOptions) {}

  /** Asks for user ID and token. Undefined: the user gave up, or has seen why they cannot sign in. */
  async withToken(): Promise<SignedInAccount | undefined> {
    const origin = await this.origin();
    if (origin === undefined) return undefined;
    const where = origin === 'https://www.quantconnect.com' ? 'QuantConnect' : origin;
    const buttons = [
      {
        icon: 'link-external',
        tooltip: say('Open your account page, which shows your user ID and API token'),
        run: () => openOutside(ACCOUNT_PAGE),
      },
    ];
    const userId = await askForText({
      title: say('Sign In to {0} (1/2): User ID', where),
      prompt: say('Find this number on your QuantConnect account page, under Security.'),
      placeholder: say('e.g. 123456'),
      buttons,
      check: (text) => Promise.resolve(/^\d+$/.test(text.trim()) ? undefined : say('A user ID is a number.')),
    });
    if (userId === undefined) return undefined;
    let checked: Checked<Credentials> | undefined;
    const token = await askForText({
      title: say('Sign In to {0} (2/2): API Token', where),
      prompt: say('VS Code saves it in its secret storage. It is sent only to {0}.', origin),
      placeholder: say('API token'),
      password: true,
      buttons,
      check: async (text, signal) => {
        if (text.trim() === '') return say('Paste the API token from your account page.');
        try {
          checked = await this.check(credentialsOf(origin, userId.trim(), new Secret(text.trim())), signal);
          return undefined;
        } catch (error) {
          return describeError(error, say('sign in')).message;
        }
      },
    });
    return token !== undefined && checked ? this.finish(checked) : undefined;
  }

  /** Signs in with the credentials that the Lean CLI keeps. */
  async withLeanCredentials(): Promise<SignedInAccount | undefined> {
    const lean = await readLeanCredentials();
    if (!lean) {
      await complain(
        say(
          'The file ~/.lean/credentials has no Lean CLI credentials. Run `lean login` first, or sign in with your user ID and API token.',
        ),
      );
      return undefined;
    }
    const origin = await this.origin();
    if (origin === undefined) return undefined;
    const detail = say(
      'The token of the Lean CLI is copied to the secret storage of VS Code. The file ~/.lean/credentials does not change.',
    );
    if (!(await ask(say('Sign in to {0} as user {1}?', origin, lean.userId), { detail, isHarmless: true }, 'Sign In')))
      return undefined;
    const credentials = credentialsOf(origin, lean.userId, lean.token);
    return this.finish(await inExplorer(() => this.check(credentials)), lean.organizationId);
  }

  /** Signs in to the simulated cloud. */
  async toSandbox(): Promise<SignedInAccount> {
    const sandbox = await checkedSandboxAccount(this.options.createClient);
    await this.options.sessions.signIn(sandbox);
    return sandbox.account;
  }

  /** Throws `ApiError` where the credentials are refused. */
  private async check(credentials: Credentials, signal?: AbortSignal): Promise<Checked<Credentials>> {
    const client = await this.options.createClient(credentials);
    await client.authenticate(signal && { signal });
    return { account: credentials, client };
  }

  private async finish(
    { account, client }: Checked<Credentials>,
    preferredOrganizationId?: string,
  ): Promise<SignedInAccount | undefined> {
    const organization = await chooseOrganization(client, preferredOrganizationId);
    if (!organization) return undefined;
    const signedIn: SignedInAccount = { ...account, organization };
    await this.options.sessions.signIn({ account: signedIn, client }, organization);
    return signedIn;
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

/** Asks only if there are several. Undefined: the user gave up. Throws `ApiError`. */
async function chooseOrganization(
  client: QuantConnectApi,
  preferredId: string | undefined,
): Promise<SignedInAccount['organization'] | undefined> {
  const { items } = await inExplorer(() => client.listOrganizations());
  const [only, ...more] = items;
  if (!only) throw new Obstacle(say('This account belongs to no organization.'));
  if (more.length === 0) return { id: only.id, name: only.name };
  const isPreferred = (organization: Organization): boolean =>
    preferredId === undefined ? organization.preferred === true : organization.id === preferredId;
  const sorted = [...items].sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)));
  return choose(
    sorted.map((organization) => ({
      label: given(organization.name),
      description: organizationDescription(organization),
      value: { id: organization.id, name: organization.name },
    })),
    {
      title: say('Choose an Organization'),
      placeholder: say('The organization whose agents, tasks and deployments you want to see'),
      ignoreFocusOut: true,
    },
  );
}

function organizationDescription({ type, members, preferred }: Organization): Words {
  return joined([type, members !== undefined && count(members, 'member'), preferred && say('preferred')], ' · ');
}

function credentialsOf(origin: string, userId: string, token: Secret): Credentials {
  return { id: accountId(origin, userId), kind: 'quantconnect', userId, label: `User ${userId}`, origin, token };
}
