import type { Agent, ProjectPreference } from '../api/model';

/** The settings under `quantconnect:` in the front matter of a prompt file. */
export interface PromptSettings {
  /** An agent's name or ID. */
  readonly agent?: string | number;
  /** Name of the task that the prompt becomes. */
  readonly task?: string;
  readonly project?: ProjectPreference;
  /** Name or ID of the organization that the file is for. Prevents a deployment in another one. */
  readonly organization?: string;
}

export type SettingName = keyof PromptSettings;

export const SETTING_NAMES = ['agent', 'task', 'project', 'organization'] as const satisfies readonly SettingName[];

const folded = (name: string): string => name.trim().normalize('NFC').toLowerCase();

/**
 * The agents that a setting may mean, by name or ID. Case does not count. An exact name wins over a similar one, and a
 * name made of digits wins over an ID. If the result is not exactly one, the user must choose.
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
  /** The user must choose, because the file names no agent, an unknown one, or one of several. */
  | { readonly kind: 'ask'; readonly because: 'missing' | 'notFound' | 'several' };

/**
 * The agent of a file: the one it names, else the one that the user chose when the file said the same.
 * @param chosen the user's earlier choice, and what the file said then.
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

/** How a file should name an agent: by name, which people can read, or by ID if the name is not unique. */
export function agentSetting(agents: readonly Agent[], agent: Agent): string | number {
  const name = agent.name.trim();
  const meant = agentsMeant(agents, name);
  return name !== '' && meant.length === 1 && meant[0]?.id === agent.id ? name : agent.id;
}

/** Whether a file is for this organization. A file that names none is for all. */
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
 * A text or number as YAML for block and flow style. Plain if that is safe, otherwise in double quotes, because JSON is
 * YAML.
 */
export function scalarText(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const isPlain = /^\p{L}(?:[\p{L}\p{N} _.()/+&-]*[\p{L}\p{N}_)])?$/u.test(value) && !RESERVED.test(value);
  return isPlain ? value : JSON.stringify(value);
}
