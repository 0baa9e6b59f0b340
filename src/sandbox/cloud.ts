import type { WallClock } from '../core/base/clock';
import type { EpochMs } from '../core/api/model';
import { playDeployment, runStateAt, type PlayedTurn, type RunState } from './playback';
import { hexOf } from './random';
import { Refusal } from './refusal';
import type { StoredAgent, StoredDeployment, StoredOrganization, SandboxState, StoredTask } from './state';

export interface CloudOptions {
  readonly clock: WallClock;
  readonly userId: string;
  /** All durations of runs that start from now on are divided by this. */
  readonly speed: number;
  /** What happens to a prompt while the run is busy: it waits for the run's end, or is refused. */
  readonly promptWhileRunning: 'queue' | 'reject';
}

/** The state, and functions to read and change it. They throw {@link Refusal} for what does not exist. */
export class Cloud {
  private readonly played = new WeakMap<StoredDeployment, readonly PlayedTurn[]>();
  /** The number of changes, so that a reader can see if there was one. */
  changes = 0;

  constructor(
    private current: SandboxState,
    readonly options: CloudOptions,
  ) {}

  get state(): SandboxState {
    return this.current;
  }

  get now(): EpochMs {
    return this.options.clock.now();
  }

  change(changed: Partial<SandboxState>): void {
    this.current = { ...this.current, ...changed };
    this.changes += 1;
  }

  /** The next free number of a kind. */
  number(kind: keyof SandboxState['next']): number {
    const number = this.current.next[kind];
    this.change({ next: { ...this.current.next, [kind]: number + 1 } });
    return number;
  }

  /** Hex digits for IDs: the same for the same seed and the same sequence of requests. */
  hex(purpose: string, length: number): string {
    return hexOf(`${String(this.current.seed)} ${purpose}`, length);
  }

  organization(id: string): StoredOrganization {
    return found(
      this.current.organizations.find((organization) => organization.id === id),
      'Organization',
      id,
    );
  }

  agent(id: number): StoredAgent {
    return found(
      this.current.agents.find((agent) => agent.id === id),
      'Agent',
      id,
    );
  }

  task(id: number): StoredTask {
    return found(
      this.current.tasks.find((task) => task.id === id),
      'Task',
      id,
    );
  }

  deployment(id: string): StoredDeployment {
    return found(
      this.current.deployments.find(({ deploymentId }) => deploymentId === id),
      'Deployment',
      id,
    );
  }

  deploymentsOf(taskId: number): readonly StoredDeployment[] {
    return this.current.deployments.filter((deployment) => deployment.taskId === taskId);
  }

  /** Replaces a deployment by its changed version. */
  put(deployment: StoredDeployment): void {
    const before = this.current.deployments.find(({ deploymentId }) => deploymentId === deployment.deploymentId);
    if (before) this.played.set(deployment, playDeployment(deployment, this.played.get(before)));
    this.change({
      deployments: this.current.deployments.map((known) =>
        known.deploymentId === deployment.deploymentId ? deployment : known,
      ),
    });
  }

  play(deployment: StoredDeployment): readonly PlayedTurn[] {
    const known = this.played.get(deployment);
    if (known) return known;
    const played = playDeployment(deployment);
    this.played.set(deployment, played);
    return played;
  }

  runState(deployment: StoredDeployment): RunState {
    return runStateAt(this.play(deployment), this.now);
  }
}

function found<T>(item: T | undefined, kind: string, id: string | number): T {
  if (item === undefined) throw new Refusal(`${kind} ${String(id)} was not found.`);
  return item;
}
