import type { EpochMs } from '../../core/api/model';
import { chooseScript } from '../agents/chooseScript';
import { castOf, DEFAULT_MODEL } from '../cast';
import { endOf, playDeployment } from '../playback';
import { DAY, HOUR, MINUTE, SECOND } from '../dates';
import { hexOf, Random, seedOf } from '../random';
import {
  STATE_VERSION,
  type StoredAgent,
  type StoredDeployment,
  type StoredOrganization,
  type SandboxState,
  type StoredTask,
  type StoredTurn,
} from '../state';
import { OWN_AGENTS, PREDEFINED_AGENTS, type AgentSeed } from './agents';
import { OTHER_TASKS, TASKS, type RunSeed, type TaskSeed } from './tasks';

interface Beginning {
  readonly seed: number;
  readonly now: EpochMs;
  readonly speed: number;
}

/** The second organization's agents have their own numbers. */
const OTHER_AGENTS_FROM = 160;

/**
 * Two lively organizations: agents, tasks, dozens of past runs, and one that is still running. All dates are relative
 * to `now`.
 */
export function seedState(beginning: Beginning): SandboxState {
  const { seed, now } = beginning;
  const main = organization(seed, 'Sandbox Capital', 'Institution', 6, true);
  const other = organization(seed, 'Sandbox Side Project', 'Individual', 1, false);
  const agents = [
    ...agentsOf(main, [...PREDEFINED_AGENTS, ...OWN_AGENTS], now),
    ...agentsOf(
      other,
      PREDEFINED_AGENTS.map((agent) => ({ ...agent, id: agent.id + OTHER_AGENTS_FROM - 41 })),
      now,
    ),
  ];
  const history = new History(
    beginning,
    agents.map(({ agent }) => agent),
  );
  for (const [{ id }, tasks] of [
    [main, TASKS],
    [other, OTHER_TASKS],
  ] as const) {
    for (const task of tasks)
      history.add(task, agents.find(({ key, agent }) => key === task.agent && agent.organizationId === id)?.agent);
  }
  return {
    version: STATE_VERSION,
    seed,
    createdAt: now,
    organizations: [main, other],
    agents: agents.map(({ agent }) => agent),
    ...history.stored,
    next: { agent: 201, ...history.next },
  };
}

function organization(
  seed: number,
  name: string,
  type: string,
  members: number,
  preferred: boolean,
): StoredOrganization {
  return { id: hexOf(`${String(seed)} organization ${name}`, 32), name, type, members, preferred };
}

function agentsOf(
  { id: organizationId }: StoredOrganization,
  seeds: readonly AgentSeed[],
  now: EpochMs,
): readonly { key: string; agent: StoredAgent }[] {
  const idOf = (key: string): number => seeds.find((other) => other.key === key)?.id ?? 0;
  return seeds.map((seed) => {
    const { key, ageDays, chain, calls, ...given } = seed;
    const agent: StoredAgent = {
      predefined: false,
      profileImage: `${key}.png`,
      reasoningEffort: 'medium',
      maxTurns: 100,
      toolChoice: 'auto',
      public: false,
      model: null,
      pipeline: null,
      outputSchema: null,
      useQCC: true,
      token: null,
      ...given,
      organizationId,
      chainedAgents: (chain ?? []).map((linked, index) => ({ agentId: idOf(linked), step: index + 1 })),
      subAgents: (calls ?? []).map((called) => ({ agentId: idOf(called), callableCount: 2 })),
      created: now - ageDays * DAY,
      updated: now - Math.round(ageDays / 3) * DAY,
    };
    return { key, agent };
  });
}

/** Writes tasks and their runs. */
class History {
  private readonly tasks: StoredTask[] = [];
  private readonly deployments: StoredDeployment[] = [];
  private task = 318;
  private deployment = 88_213;
  private project = 24_518_302;

  constructor(
    private readonly beginning: Beginning,
    private readonly agents: readonly StoredAgent[],
  ) {}

  get stored(): { readonly tasks: readonly StoredTask[]; readonly deployments: readonly StoredDeployment[] } {
    return { tasks: this.tasks, deployments: this.deployments };
  }

  get next(): { readonly task: number; readonly deployment: number; readonly project: number } {
    return { task: this.task, deployment: this.deployment, project: this.project };
  }

  add({ name, prompt, oneProject = false, weekdays, runs }: TaskSeed, agent: StoredAgent | undefined): void {
    if (!agent) throw new Error(`no agent for the task “${name}”`);
    const { now } = this.beginning;
    const id = this.task++;
    const projectId = oneProject ? this.project++ : null;
    const starts = [
      ...(weekdays ? weekdayTimes(now, weekdays).map((at) => ({ run: SCHEDULED, at })) : []),
      ...runs.map((run) => ({ run, at: this.startOf(run, `${name} ${String(run.hoursAgo)}`) })),
    ];
    const created = Math.min(...starts.map(({ at }) => at)) - 20 * MINUTE;
    this.tasks.push({
      id,
      organizationId: agent.organizationId,
      agentId: agent.id,
      name,
      prompt,
      projectId,
      projectPreference: oneProject ? 'project-for-task' : 'project-each-task-deployment',
      schedule: weekdays ? `${String(weekdays.minute)} ${String(weekdays.hour)} * * 1-5` : null,
      scheduleHuman: weekdays ? `Weekdays at ${clockTime(weekdays)} UTC` : null,
      created,
      updated: created,
    });
    for (const { run, at } of starts)
      this.deployments.push(this.deploymentOf(run, at, id, prompt, projectId ?? this.project++, agent));
  }

  private startOf({ hoursAgo, runningForS }: RunSeed, name: string): EpochMs {
    const { now, speed, seed } = this.beginning;
    if (runningForS !== undefined) return now - (runningForS * SECOND) / speed;
    const times = new Random(seedOf(`${String(seed)} ${name}`));
    // A time on a working day, not on the full hour, as people start things.
    const hours = hoursAgo >= 24 ? times.between(0, 8) : 0;
    return Math.round((now - (hoursAgo + hours) * HOUR - times.between(30, 1700) * SECOND) / SECOND) * SECOND;
  }

  private deploymentOf(
    run: RunSeed,
    startedAt: EpochMs,
    taskId: number,
    prompt: string,
    projectId: number,
    agent: StoredAgent,
  ): StoredDeployment {
    const { speed, seed } = this.beginning;
    const number = this.deployment++;
    const deploymentId = `A-${hexOf(`${String(seed)} deployment ${String(number)}`, 32)}`;
    const gaps = new Random(seedOf(`${deploymentId} gaps`));
    const cast = castOf(this.agents, agent);
    const turn = (text: string, index: number, at: EpochMs): StoredTurn => ({
      prompt: text,
      scriptId: index === 0 && run.script !== undefined ? run.script : chooseScript(text, cast.agent.role, index > 0),
      seed: seedOf(`${String(seed)} ${deploymentId} ${String(index)}`),
      promptedAt: at,
      startedAt: at,
      speed: run.runningForS === undefined ? 1 : speed,
    });
    const first = turn(prompt, 0, startedAt);
    let deployment: StoredDeployment = {
      deploymentId,
      number,
      taskId,
      projectId,
      model: agent.model ?? DEFAULT_MODEL,
      tools: agent.tools,
      ...cast,
      turns: [
        run.stoppedAfterS === undefined ? first : { ...first, stoppedAt: startedAt + run.stoppedAfterS * SECOND },
      ],
    };
    let played: ReturnType<typeof playDeployment> = [];
    for (const [index, text] of (run.followUps ?? []).entries()) {
      played = playDeployment(deployment, played);
      const last = played.at(-1);
      const at =
        Math.round(last ? endOf(last) : startedAt) + gaps.integer(40, 900) * SECOND + (run.pauseHours ?? 0) * HOUR;
      deployment = { ...deployment, turns: [...deployment.turns, turn(text, index + 1, at)] };
    }
    return deployment;
  }
}

const SCHEDULED: RunSeed = { hoursAgo: 0 };

/** The last times of a schedule on weekdays, oldest first. */
function weekdayTimes(now: EpochMs, { hour, minute, times }: NonNullable<TaskSeed['weekdays']>): readonly EpochMs[] {
  const fired: EpochMs[] = [];
  for (let at = Math.floor(now / DAY) * DAY + hour * HOUR + minute * MINUTE; fired.length < times; at -= DAY) {
    const weekday = new Date(at).getUTCDay();
    // Not one that may still be running. The seed decides what runs at the start.
    if (at < now - 10 * MINUTE && weekday !== 0 && weekday !== 6) fired.unshift(at);
  }
  return fired;
}

function clockTime({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
