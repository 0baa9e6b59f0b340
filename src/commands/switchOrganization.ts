import { shownLabel } from '../account/accountLabel';
import type { Organization } from '../core/api/model';
import { given, joined, say } from '../core/words/words';
import { choose, type Choice, type Heading } from '../ui/quickPick';
import type { Command } from './command';
import { TEXTS } from './texts';

type Switch = (() => Promise<unknown>) | undefined;

export const switchOrganization: Command<'session'> = {
  on: 'session',
  doing: say(TEXTS.toSwitch),
  async run({ sessions, feedback }, session) {
    const accounts = await sessions.usableAccounts();
    const account = accounts.find(({ id }) => id === session.account.id);
    if (!account) return;
    const choices = async (): Promise<(Choice<Switch> | Heading)[]> => {
      let organizations: readonly Organization[] = [];
      try {
        organizations = (await session.client.listOrganizations()).items;
      } catch (error) {
        if (accounts.length === 1) throw error;
        // The token of this account may be refused. The other accounts must stay available.
        void feedback.failed(error, say(TEXTS.toListOrganizations));
      }
      return [
        ...organizations.map((organization): Choice<Switch> => {
          const isInUse = organization.id === session.organization.id;
          return {
            label: given(organization.name),
            description: joined([organization.type, isInUse && say(TEXTS.inUse)], ' · '),
            value: isInUse
              ? undefined
              : () => sessions.begin(account, { id: organization.id, name: organization.name }),
          };
        }),
        ...(accounts.length > 1 ? [{ heading: say(TEXTS.otherAccounts) }] : []),
        ...accounts
          .filter(({ id }) => id !== account.id)
          .map((other): Choice<Switch> => ({
            label: shownLabel(other),
            description: given(other.origin),
            value: () => sessions.begin(other),
          })),
      ];
    };
    const chosen = await choose(choices(), {
      title: say(TEXTS.switchOrganization),
      placeholder: say(TEXTS.nowIn, session.organization.name),
    });
    await chosen?.();
  },
};
