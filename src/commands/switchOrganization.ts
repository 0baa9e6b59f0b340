import * as vscode from 'vscode';
import type { Command } from './command';

interface Choice extends vscode.QuickPickItem {
  readonly choose?: () => Promise<unknown>;
}

export const switchOrganization: Command = {
  doing: 'switch the organization',
  async run({ sessions }) {
    const session = await sessions.require();
    if (!session) return;
    const accounts = await sessions.usableAccounts();
    const account = accounts.find(({ id }) => id === session.account.id);
    if (!account) return;
    const choices = async (): Promise<Choice[]> => {
      const { items } = await session.client.listOrganizations();
      return [
        ...items.map((organization) => ({
          label: organization.name,
          description: [organization.type, organization.id === session.organization.id && 'in use'].filter(Boolean).join(' · '),
          choose: () => sessions.begin(account, { id: organization.id, name: organization.name }),
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
