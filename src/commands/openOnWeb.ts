import { deploymentPage } from '../core/organization/webPages';
import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import { openOutside } from '../ui/outside';
import type { Command } from './command';

export const openOnWeb: Command<'deployment'> = {
  on: 'deployment',
  doing: say('open the page on QuantConnect'),
  title: say('Open on QuantConnect'),
  async run(_services, { session, deployment }) {
    if (session.account.kind === 'sandbox') {
      await inform(say('The sandbox is simulated, so it has no pages on QuantConnect.'));
      return;
    }
    await openOutside(deploymentPage(session.organization.id, deployment.deploymentId));
  },
};
