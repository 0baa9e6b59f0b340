import type { Agent } from '../api/model';
import type { PromptFile, PromptProblem } from './promptFile';
import { agentsMeant, isMeantFor } from './settings';

/**
 * What only the organization can tell about a file's settings. Warnings: whether it matters is known when the file is
 * deployed.
 */
export function problemsInOrganization(
  { settings, settingRanges }: Pick<PromptFile, 'settings' | 'settingRanges'>,
  organization: { readonly id: string; readonly name: string; readonly agents: readonly Agent[] | undefined },
): readonly PromptProblem[] {
  if (!isMeantFor(settings, organization)) {
    return settingRanges.organization
      ? [
          {
            code: 'setting',
            severity: 'warning',
            range: settingRanges.organization,
            message: `You are in the organization “${organization.name}”.`,
          },
        ]
      : [];
  }
  if (settings.agent === undefined || !settingRanges.agent || !organization.agents) return [];
  const { length } = agentsMeant(organization.agents, settings.agent);
  if (length === 1) return [];
  const message =
    length === 0
      ? `${notFound(settings.agent)} in “${organization.name}”.`
      : `${String(length)} agents are named “${String(settings.agent)}”: name the one by its id.`;
  return [{ code: 'setting', severity: 'warning', range: settingRanges.agent, message }];
}

/** `No agent is named “Foo”`, the beginning of a sentence. */
export function notFound(setting: string | number): string {
  return typeof setting === 'number'
    ? `There is no agent with the id ${String(setting)}`
    : `No agent is named “${setting}”`;
}
