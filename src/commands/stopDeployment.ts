import { hasEnded } from '../core/api/model';
import { say } from '../core/words/words';
import { inExplorer } from '../ui/progress';
import { flash } from '../ui/statusBar';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const stopDeployment: Command = {
  doing: say('stop the deployment'),
  // The answer to a first press may never come: the second one must still go out.
  runsAgain: true,
  async run(services, target) {
    const deployment = await targetDeployment(
      services,
      target,
      say('Stop Deployment'),
      (candidate) => !hasEnded(candidate),
    );
    if (!deployment) return;
    if (await services.conversations.current?.panels.stopIfOpen(deployment.on.deploymentId)) return;
    const after = await inExplorer(() => deployment.session.store.stopDeployment(deployment.on.deploymentId));
    if (!hasEnded(after)) flash(say('Stop requested'), 5000, 'debug-stop');
  },
};
