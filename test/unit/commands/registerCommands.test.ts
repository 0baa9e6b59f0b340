import { expect, it, vi } from 'vitest';
import { deploymentTarget } from '../../../src/core/commandIds';
import type { CommandServices } from '../../../src/commands/command';
import { loaded } from '../../support/loaded';
import { commands } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));

it('registerCommands: a second “Stop Deployment” for a row runs while the first waits for its answer', async () => {
  const { registerCommands } = await import('../../../src/commands/registerCommands');
  const stops: string[] = [];
  const session = { store: { deployment: (deploymentId: string) => ({ deploymentId }) } };
  registerCommands({
    sessions: { require: () => Promise.resolve(session) },
    conversations: loaded({
      panels: {
        stopIfOpen: (deploymentId: string) => {
          stops.push(deploymentId);
          return new Promise(() => undefined);
        },
      },
    }),
  } as unknown as CommandServices);
  for (let press = 0; press < 2; press++)
    void commands.registered.get('quantAgents.stopDeployment')?.(deploymentTarget('A-1'));
  await vi.waitFor(() => {
    expect(stops).toEqual(['A-1', 'A-1']);
  });
});
