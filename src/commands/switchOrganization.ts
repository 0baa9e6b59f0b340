import * as vscode from 'vscode';
import type { Organization } from '../core/api/model';
import type { Command } from './command';

interface Choice extends vscode.QuickPickItem {
  readonly choose?: () => Promise<unknown>;
}

export const switchOrganization: Command = {
  doing: 'switch the organization',
  async run({ sessions, feedback }) {
    const session = await sessions.require();
    if (!session) return;
    const accounts = await sessions.usableAccounts();
    const account = accounts.find(({ id }) => id === session.account.id);
    if (!account) return;
    const choices = async (): Promise<Choice[]> => {
      let organizations: readonly Organization[] = [];
      try {
        organizations = (await session.client.listOrganizations()).items;
      } catch (error) {
        if (accounts.length === 1) throw error;
        // An account whose token is refused must not stand in the way to the others.
        void feedback.failed(error, 'list the organizations of this account');
      }
      return [
        ...organizations.map((organization) => ({
          label: organization.name,
          description: [organization.type, organization.id === session.organization.id && 'in use'].filter(Boolean).join(' · '),
          ...(organization.id === session.organization.id ? {} : { choose: () => sessions.begin(account, { id: organization.id, name: organization.name }) }),
        })),
        ...(accounts.length > 1 ? [{ label: 'Other accounts', kind: vscode.QuickPickItemKind.Separator }] : []),
        ...accounts.filter(({ id }) => id !== account.id).map((other) => ({
          label: other.label, description: other.origin, choose: () => sessions.begin(other),
        })),
      ];
    };
    const chosen = await vscode.window.showQuickPick(choices(), { title: 'Switch Organization', placeHolder: `Now: ${session.organization.name}` });
    await chosen?.choose?.();
  },
};
