import type { RunTime } from './runTime';

/**
 * What is known of a deployment: for the page's header, exports and comparisons. The JSON export contains every field,
 * so a new field changes its format. The Markdown export lists its fields one by one.
 */
export interface DeploymentFacts {
  readonly deploymentId: string;
  readonly taskName: string;
  readonly agentName: string;
  readonly model?: string;
  /** The API's own word, e.g. `InQueue`. */
  readonly status: string;
  /** These three are epoch milliseconds. */
  readonly created?: number;
  readonly started?: number;
  readonly ended?: number;
  /** How long the agent worked. Missing if nothing is known. */
  readonly runTime?: RunTime;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly runtimeError?: string;
  readonly projectId?: number;
  /** The project's web page. Missing in the sandbox, which has no web pages. */
  readonly projectUrl?: string;
  /** True in the simulated cloud. Every view marks it. */
  readonly sandbox: boolean;
}
