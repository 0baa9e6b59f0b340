import type { Agent } from '../api/model';
import { say, type Words } from '../words/words';
import type { PromptFile, PromptProblem } from './promptFile';
import { agentsMeant, isMeantFor } from './settings';

/**
 * Compares a file's settings with the organization. All problems are warnings, because only a deployment shows whether
 * they matter.
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
            message: say('prompts.inOrganization', organization.name),
          },
        ]
      : [];
  }
  if (settings.agent === undefined || !settingRanges.agent || !organization.agents) return [];
  const { length } = agentsMeant(organization.agents, settings.agent);
  if (length === 1) return [];
  const message =
    length === 0
      ? say('prompts.problemIn', notFound(settings.agent), organization.name)
      : say('prompts.ambiguousAgent', length, settings.agent);
  return [{ code: 'setting', severity: 'warning', range: settingRanges.agent, message }];
}

/** The start of a sentence: `No agent is named “Foo”`. */
export function notFound(setting: string | number): Words {
  return typeof setting === 'number' ? say('prompts.noAgentWithId', setting) : say('prompts.noAgentNamed', setting);
}
