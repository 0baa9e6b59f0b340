import { hasEnded } from '../core/organization/status/runState';
import { say } from '../core/words/words';
import { inExplorer } from '../ui/progress';
import { flash } from '../ui/statusBar';
import type { Command } from './command';
import { TEXTS } from './texts';

export const stopDeployment: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toStop),
  title: say(TEXTS.stopDeployment),
  accepts: (deployment) => !hasEnded(deployment),
  // The first call may never get an answer. A second call must still be sent.
  runsAgain: true,
  async run(services, { session, deployment }) {
    if (await services.conversations.current?.panels.stopIfOpen(deployment.deploymentId)) return;
    const after = await inExplorer(() => session.store.stopDeployment(deployment.deploymentId));
    if (!hasEnded(after)) flash(say(TEXTS.stopRequested), 5000, 'debug-stop');
  },
};
