import type { RunTime } from './runTime';

/**
 * What is known of a deployment: for the page's header, exports and comparisons. The JSON export holds every field, so
 * a new one changes its format. The Markdown export names its lines one by one.
 */
export interface DeploymentFacts {
  readonly deploymentId: string;
  readonly taskName: string;
  readonly agentName: string;
  readonly model?: string;
  /** The API's own word, e.g. `InQueue`. */
  readonly status: string;
  /** Epoch milliseconds; `created` while it waits, `started` and `ended` as far as known. */
  readonly created?: number;
  readonly started?: number;
  readonly ended?: number;
  /** How long the agent worked on it, as far as it is known. */
  readonly runTime?: RunTime;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly runtimeError?: string;
  readonly projectId?: number;
  /** Where the project is on the web; left out where there is no such page (the sandbox). */
  readonly projectUrl?: string;
  /** True in the simulated cloud, which is marked as such everywhere. */
  readonly sandbox: boolean;
}
