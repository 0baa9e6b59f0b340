import { describe, expect, it, vi } from 'vitest';
import { deploymentTarget } from '../../../src/core/commandIds';
import type { CommandServices } from '../../../src/commands/command';
import { loaded } from '../../support/loaded';
import { commands, window } from '../../support/vscodeStub';

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

describe('registerCommands: while a command loads', () => {
  it('a key in the tree means the row that was selected when it was pressed', async () => {
    const { registerCommands } = await import('../../../src/commands/registerCommands');
    const opened: unknown[] = [];
    const explorer: { selected: unknown } = { selected: deploymentTarget('A-1') };
    const session = { store: { deployment: (deploymentId: string) => ({ deploymentId }) } };
    registerCommands({
      explorer,
      sessions: { require: () => Promise.resolve(session) },
      conversations: loaded({
        panels: {
          open: (_session: unknown, { deploymentId }: { readonly deploymentId: string }) => opened.push(deploymentId),
        },
      }),
    } as unknown as CommandServices);
    const run = commands.registered.get('quantAgents.promptDeployment')?.('selection');
    explorer.selected = deploymentTarget('A-2');
    await run;
    expect(opened).toEqual(['A-1']);
  });

  it('the prompt file that is deployed is the one that was in front when it was called', async () => {
    const { registerCommands } = await import('../../../src/commands/registerCommands');
    const deployed: unknown[] = [];
    registerCommands({
      promptFiles: loaded({ deploy: (uri: unknown) => deployed.push(uri) }),
    } as unknown as CommandServices);
    window.activeTextEditor = { document: { uri: 'file:///first.md' } };
    const run = commands.registered.get('quantAgents.deployPromptFile')?.();
    window.activeTextEditor = { document: { uri: 'file:///second.md' } };
    await run;
    window.activeTextEditor = undefined;
    expect(deployed).toEqual(['file:///first.md']);
  });
});
