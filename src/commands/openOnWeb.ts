import { deploymentPage } from '../core/organization/webPages';
import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import { openInSystem } from '../ui/outside';
import type { Command } from './command';
import { TEXTS } from './texts';

export const openOnWeb: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toOpenPage),
  title: say(TEXTS.openOnWeb),
  async run(_services, { session, deployment }) {
    if (session.account.kind === 'sandbox') {
      await inform(say(TEXTS.noPages));
      return;
    }
    await openInSystem(deploymentPage(session.organization.id, deployment.deploymentId));
  },
};
