import { expect, it, vi } from 'vitest';
import type { CommandServices, DeploymentInSession } from '../../../src/commands/command';
import { openOnWeb } from '../../../src/commands/openOnWeb';
import { window } from '../../support/vscodeStub';

const opened = vi.hoisted((): string[] => []);
vi.mock('vscode', () => import('../../support/vscodeStub'));
vi.mock('../../../src/ui/outside', () => ({ openInSystem: (url: string) => Promise.resolve(opened.push(url)) }));

const target = (kind: 'quantconnect' | 'sandbox'): DeploymentInSession =>
  ({
    session: { account: { kind }, organization: { id: 'o/1' } },
    deployment: { deploymentId: 'A-1' },
  }) as unknown as DeploymentInSession;

it("openOnWeb: opens the deployment's page, and says that the sandbox has none", async () => {
  const services = {} as CommandServices;
  const said = vi.spyOn(window, 'showInformationMessage');
  await openOnWeb.run(services, target('quantconnect'));
  expect(opened).toEqual(['https://www.quantconnect.com/organization/o%2F1/assistants/deployment/A-1']);
  await openOnWeb.run(services, target('sandbox'));
  expect(opened).toHaveLength(1);
  expect(said.mock.calls).toEqual([['The sandbox is simulated, so it has no pages on QuantConnect.']]);
});
