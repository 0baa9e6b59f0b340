import { deploymentPage } from '../core/organization/webPages';
import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import { openOutside } from '../ui/outside';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const openOnWeb: Command = {
  doing: say('open the page on QuantConnect'),
  async run(services, target) {
    const deployment = await targetDeployment(services, target, say('Open on QuantConnect'));
    if (!deployment) return;
    if (deployment.session.account.kind === 'sandbox') {
      await inform(say('The sandbox is simulated and has no pages on QuantConnect.'));
      return;
    }
    await openOutside(deploymentPage(deployment.session.organization.id, deployment.on.deploymentId));
  },
};
