import * as vscode from 'vscode';
import type { QuantConnectApi } from '../core/api/api';
import { describeError } from '../core/api/describeError';
import type { Organization } from '../core/api/model';
import { Secret } from '../core/base/secret';
import { Obstacle } from '../core/words/obstacle';
import { count, given, joined, say, type Words } from '../core/words/words';
import { askForText } from '../ui/inputs';
import { ask, complain } from '../ui/messages';
import { openInSystem } from '../ui/outside';
import { inExplorer } from '../ui/progress';
import { choose } from '../ui/quickPick';
import { userLabel } from './accountLabel';
import { accountId, type Credentials, type SignedInAccount } from './accountStore';
import type { Checked, ClientFactory } from './clients';
import { readLeanCredentials } from './leanCredentials';
import type { BaseUrl } from './origin';
import { checkedSandboxAccount } from './sandboxAccount';
import type { Sessions } from './sessions';
import { TEXTS } from './texts';

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
        tooltip: say(TEXTS.openAccountPage),
        run: () => openInSystem(ACCOUNT_PAGE),
      },
    ];
    const userId = await askForText({
      title: say(TEXTS.userIdTitle, where),
      prompt: say(TEXTS.userIdPrompt),
      placeholder: say(TEXTS.userIdExample),
      buttons,
      check: (text) => Promise.resolve(/^\d+$/.test(text.trim()) ? undefined : say(TEXTS.userIdNumber)),
    });
    if (userId === undefined) return undefined;
    let checked: Checked<Credentials> | undefined;
    const token = await askForText({
      title: say(TEXTS.tokenTitle, where),
      prompt: say(TEXTS.tokenPrompt, origin),
      placeholder: say(TEXTS.tokenExample),
      password: true,
      buttons,
      check: async (text, signal) => {
        if (text.trim() === '') return say(TEXTS.tokenNeeded);
        try {
          checked = await this.check(credentialsOf(origin, userId.trim(), new Secret(text.trim())), signal);
          return undefined;
        } catch (error) {
          return describeError(error, say(TEXTS.toSignIn)).message;
        }
      },
    });
    return token !== undefined && checked ? this.finish(checked) : undefined;
  }

  /** Signs in with the credentials that the Lean CLI keeps. */
  async withLeanCredentials(): Promise<SignedInAccount | undefined> {
    const lean = await readLeanCredentials();
    if (!lean) {
      await complain(say(TEXTS.noLeanCredentials));
      return undefined;
    }
    const origin = await this.origin();
    if (origin === undefined) return undefined;
    const detail = say(TEXTS.leanDetail);
    if (
      !(await ask(say(TEXTS.leanQuestion, origin, lean.userId), { detail, isHarmless: true }, { signIn: TEXTS.signIn }))
    )
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
    if (await complain(baseUrl.problem, { openSettings: TEXTS.openSettings })) {
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
  if (!only) throw new Obstacle(say(TEXTS.noOrganization));
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
      title: say(TEXTS.chooseOrganization),
      placeholder: say(TEXTS.chooseOrganizationHint),
      ignoreFocusOut: true,
    },
  );
}

function organizationDescription({ type, members, preferred }: Organization): Words {
  return joined([type, members !== undefined && count(members, 'member'), preferred && say(TEXTS.preferred)], ' · ');
}

function credentialsOf(origin: string, userId: string, token: Secret): Credentials {
  return { id: accountId(origin, userId), kind: 'quantconnect', userId, label: userLabel(userId), origin, token };
}
