import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandServices } from '../../../src/commands/command';
import { registerCommands } from '../../../src/commands/registerCommands';
import { deploymentTarget, qualified, type CommandId } from '../../../src/core/commandIds';
import type { AgentsSession } from '../../../src/core/organization/session';
import { AgentNode } from '../../../src/explorer/nodes/agentNode';
import { DeploymentNode } from '../../../src/explorer/nodes/deploymentNode';
import { TaskNode } from '../../../src/explorer/nodes/taskNode';
import { loaded } from '../../support/loaded';
import { commands, window } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));

const session = {
  store: { deployment: (deploymentId: string) => ({ deploymentId, status: 'Running' }) },
} as unknown as AgentsSession;
const task = new TaskNode(session, 1, new AgentNode(session, 1));
const row = (deploymentId: string): DeploymentNode => new DeploymentNode(session, deploymentId, 1, task);

let explorer: { selected: unknown };
let panels: {
  inFront: unknown;
  open: (session: unknown, deployment: { readonly deploymentId: string }) => unknown;
  stopIfOpen: (deploymentId: string) => Promise<unknown>;
};
let opened: string[];
let deployed: unknown[];
let failures: unknown[];

beforeEach(() => {
  explorer = { selected: undefined };
  opened = [];
  deployed = [];
  failures = [];
  panels = {
    inFront: undefined,
    open: (_session, { deploymentId }) => opened.push(deploymentId),
    stopIfOpen: () => Promise.resolve(true),
  };
  window.activeTextEditor = undefined;
  registerCommands({
    explorer,
    sessions: { require: () => Promise.resolve(session) },
    conversations: loaded({ panels }),
    promptFiles: loaded({ deploy: (uri: unknown) => deployed.push(uri) }),
    feedback: {
      failed: (error: unknown) => {
        failures.push(error);
        return Promise.resolve();
      },
    },
  } as unknown as CommandServices);
});

const call = (id: CommandId, argument?: unknown): unknown => commands.registered.get(qualified(id))?.(argument);

describe('registerCommands: two calls at once', () => {
  it('of “Stop Deployment” for a row run both: the first may never get its answer', async () => {
    const stops: string[] = [];
    panels.stopIfOpen = (deploymentId) => {
      stops.push(deploymentId);
      return new Promise(() => undefined);
    };
    for (let press = 0; press < 2; press++) void call('stopDeployment', deploymentTarget('A-1'));
    await expect.poll(() => stops, { timeout: 60_000 }).toEqual(['A-1', 'A-1']);
  });

  it('of another command for one deployment run once, whether a row or an ID names it', async () => {
    await Promise.all([
      call('promptDeployment', row('A-1')),
      call('promptDeployment', row('A-1')),
      call('promptDeployment', deploymentTarget('A-1')),
      call('promptDeployment', row('A-2')),
    ]);
    expect(opened).toEqual(['A-1', 'A-2']);
    await call('promptDeployment', row('A-1'));
    expect(opened).toEqual(['A-1', 'A-2', 'A-1']);
  });
});

describe('registerCommands: while a command loads', () => {
  it('a key in the tree means the row that was selected when it was pressed', async () => {
    explorer.selected = row('A-1');
    const run = call('promptDeployment', 'selection');
    explorer.selected = row('A-2');
    await run;
    expect(opened).toEqual(['A-1']);
  });

  it('the palette means the conversation that was in front when the command was chosen', async () => {
    panels.inFront = { session, deployment: { deploymentId: 'A-1' } };
    const run = call('promptDeployment');
    panels.inFront = { session, deployment: { deploymentId: 'A-2' } };
    await run;
    expect(opened).toEqual(['A-1']);
  });

  it('the prompt file that is deployed is the one that was in front when it was called', async () => {
    window.activeTextEditor = { document: { uri: 'file:///first.md' } };
    const run = call('deployPromptFile');
    window.activeTextEditor = { document: { uri: 'file:///second.md' } };
    await run;
    expect(deployed).toEqual(['file:///first.md']);
  });

  it('no prompt file is deployed where none was in front when it was called', async () => {
    const said = vi.spyOn(window, 'showInformationMessage');
    const run = call('deployPromptFile');
    window.activeTextEditor = { document: { uri: 'file:///later.md' } };
    await run;
    expect(deployed).toEqual([]);
    expect(said.mock.calls.map(([text]) => text)).toEqual([
      'Open the Markdown or text file with your prompt, or select it in the Explorer.',
    ]);
  });
});

it('registerCommands: shows what a command throws, and the call ends well', async () => {
  panels.open = () => {
    throw new Error('no panel');
  };
  await call('promptDeployment', row('A-1'));
  expect(failures).toEqual([new Error('no panel')]);
});
