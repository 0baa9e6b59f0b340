import type { Agent, ProjectPreference } from '../api/model';

/** What a prompt file may say under `quantconnect:` in its front matter. */
export interface PromptSettings {
  /** An agent's name, or its id. */
  readonly agent?: string | number;
  /** Name of the task that the prompt becomes. */
  readonly task?: string;
  readonly project?: ProjectPreference;
  /** Name or id of the organization that the file is meant for: a guard against deploying into another one. */
  readonly organization?: string;
}

export type SettingName = keyof PromptSettings;

export const SETTING_NAMES = ['agent', 'task', 'project', 'organization'] as const satisfies readonly SettingName[];

const folded = (name: string): string => name.trim().normalize('NFC').toLowerCase();

/**
 * The agents that a setting may mean: by name in any case, or by id. An exact spelling wins over a mere likeness, and a
 * name of digits over the id it looks like. One is the answer; none or several have to be asked about.
 */
export function agentsMeant(agents: readonly Agent[], setting: string | number): readonly Agent[] {
  if (typeof setting === 'number') return agents.filter(({ id }) => id === setting);
  const exact = agents.filter(({ name }) => name === setting);
  if (exact.length > 0) return exact;
  const alike = agents.filter(({ name }) => folded(name) === folded(setting));
  if (alike.length > 0 || !/^\d+$/.test(setting.trim())) return alike;
  return agents.filter(({ id }) => id === Number(setting));
}

export type AgentAnswer =
  | { readonly kind: 'known'; readonly agent: Agent; readonly isFromFile: boolean }
  /** Has to be asked: the file names none, one that is not there, or one of several. */
  | { readonly kind: 'ask'; readonly because: 'missing' | 'notFound' | 'several' };

/**
 * The agent a file goes to: the one it names, else the one that was chosen for it when it said the same as now.
 * @param chosen the user's earlier answer, and what the file said then.
 */
export function agentFor(
  agents: readonly Agent[],
  setting: string | number | undefined,
  chosen: { readonly agentId: number; readonly insteadOf?: string | number } | undefined,
): AgentAnswer {
  const meant = setting === undefined ? [] : agentsMeant(agents, setting);
  const [only] = meant;
  if (only && meant.length === 1) return { kind: 'known', agent: only, isFromFile: true };
  const earlier = chosen && chosen.insteadOf === setting ? agents.find(({ id }) => id === chosen.agentId) : undefined;
  if (earlier) return { kind: 'known', agent: earlier, isFromFile: false };
  return { kind: 'ask', because: setting === undefined ? 'missing' : meant.length === 0 ? 'notFound' : 'several' };
}

/**
 * How a file best names an agent: by name, which people can read, unless the name does not lead back to this agent
 * alone.
 */
export function agentSetting(agents: readonly Agent[], agent: Agent): string | number {
  const name = agent.name.trim();
  const meant = agentsMeant(agents, name);
  return name !== '' && meant.length === 1 && meant[0]?.id === agent.id ? name : agent.id;
}

/** Whether a file's `organization:` is this one; a file that names none is meant for all. */
export function isMeantFor(
  settings: PromptSettings,
  organization: { readonly id: string; readonly name: string },
): boolean {
  const { organization: named } = settings;
  return (
    named === undefined || folded(named) === folded(organization.name) || folded(named) === folded(organization.id)
  );
}

const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/**
 * A text or number as YAML, fit for block and flow style: bare where that is safe, else in double quotes (JSON is
 * YAML).
 */
export function scalarText(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const isPlain = /^\p{L}(?:[\p{L}\p{N} _.()/+&-]*[\p{L}\p{N}_)])?$/u.test(value) && !RESERVED.test(value);
  return isPlain ? value : JSON.stringify(value);
}
