// One window that shares the sandbox, as a separate process: test/unit/account/sandboxCloud.test.ts bundles and forks
// it.
import { SandboxCloud } from '../../src/account/sandboxCloud';
import { QuantConnectClient } from '../../src/core/api/client';
import { systemClock } from '../../src/core/base/clock';
import { Secret } from '../../src/core/base/secret';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/credentials';

const [storage = '', name = '', clockOffset = '0'] = process.argv.slice(2);

async function work(): Promise<void> {
  const clock = { ...systemClock, now: () => Date.now() + Number(clockOffset) };
  const { adapter, baseUrl } = await new SandboxCloud(storage, clock).open();
  const { userId, apiToken } = SANDBOX_CREDENTIALS;
  const client = new QuantConnectClient({ baseUrl, adapter, clock, userId, token: new Secret(apiToken) });
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const [organization] = (await client.listOrganizations()).items;
  const organizationId = organization?.id ?? '';
  const agents: number[] = [];
  const deployments: string[] = [];
  for (let made = 0; made < 10; made++) {
    const agent = await client.createAgent(organizationId, { name: `${name} ${String(made)}` });
    agents.push(agent.id);
    if (made % 5 !== 0) continue;
    const task = await client.createTask({
      organizationId,
      agentId: agent.id,
      name: `${name} task`,
      prompt: 'Backtest a momentum strategy on QQQ.',
      projectPreference: 'project-for-task',
    });
    const { deploymentId } = await client.createDeployment(task.id);
    await client.promptDeployment(deploymentId, `${name} asks on`);
    deployments.push(deploymentId);
  }
  process.send?.({ agents, deployments });
  process.disconnect();
}

void work();
