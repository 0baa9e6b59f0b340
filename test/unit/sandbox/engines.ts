import { SandboxEngine, type SandboxEngineOptions } from '../../../src/sandbox/engine';
import { signedHeaders } from './signing';

/** An ordinary moment. */
export const NOON = Date.UTC(2026, 4, 12, 12, 0, 0);

/** A clock that tests move. */
export class TestClock {
  constructor(public at: number = NOON) {}
  now(): number {
    return this.at;
  }
  passSeconds(seconds: number): void {
    this.at += seconds * 1000;
  }
}

export interface Part {
  readonly type: string;
  readonly text?: string;
  readonly state?: string;
  readonly toolName?: string;
  readonly toolCallId?: string;
  readonly input?: Record<string, unknown>;
  readonly output?: {
    readonly structuredContent?: {
      readonly success: boolean;
      readonly errors: readonly string[];
      readonly warnings?: readonly string[];
      readonly backtest?: Record<string, unknown>;
    };
  };
  readonly errorText?: string;
  readonly messages?: readonly Message[];
  readonly toolMetadata?: { readonly callableId: string };
}

export interface Message {
  readonly id: string;
  readonly role: string;
  readonly parts: readonly Part[];
  readonly time: string;
}

export interface Answer {
  readonly success: boolean;
  readonly errors: readonly string[];
  // Each endpoint has its own fields. A test fails if it reads one that is missing.
  readonly [key: string]: unknown;
}

/** An engine with its own clock, and signed calls. */
export class EngineUnderTest {
  readonly clock: TestClock;
  readonly engine: SandboxEngine;

  constructor(options: Partial<SandboxEngineOptions> & { clock?: TestClock } = {}) {
    this.clock = options.clock ?? new TestClock();
    this.engine = new SandboxEngine({ seed: 1, ...options, clock: this.clock });
  }

  get organizationId(): string {
    return this.engine.preferredOrganizationId;
  }

  /** The body as it came. */
  text(path: string, body?: unknown): string {
    return this.engine.handle({
      path,
      headers: signedHeaders(this.engine.credentials, this.clock.now()),
      body: body === undefined ? undefined : JSON.stringify(body),
    }).body;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what the test says that the answer holds
  call<T = Answer>(path: string, body?: unknown): Answer & T {
    return JSON.parse(this.text(path, body)) as Answer & T;
  }

  /** Creates a task with this prompt and deploys it. */
  deploy(prompt: string, agentId = 47): string {
    const { task } = this.call<{ task: { id: number } }>('/agents/tasks/create', {
      organizationId: this.organizationId,
      agentId,
      name: 'Test',
      prompt,
      projectPreference: 'project-each-task-deployment',
    });
    return this.call<{ deployment: { deploymentId: string } }>('/agents/deployments/create', { taskId: task.id })
      .deployment.deploymentId;
  }

  messages(deploymentId: string): readonly Message[] {
    return this.call<{ conversation: { messages: Message[] } }>('/agents/deployments/conversation/read', {
      deploymentId,
    }).conversation.messages;
  }

  status(deploymentId: string): string {
    return this.deployment(deploymentId).status;
  }

  deployment(deploymentId: string): {
    status: string;
    started: string | null;
    ended: string | null;
    runtimeError: string | null;
  } {
    return this.call<{
      deployment: { status: string; started: string | null; ended: string | null; runtimeError: string | null };
    }>('/agents/deployments/read', { deploymentId }).deployment;
  }

  /** Moves the clock until the run is over. Returns the seconds that it took. */
  finish(deploymentId: string): number {
    for (let seconds = 0; seconds < 3600; seconds++) {
      if (!['InQueue', 'Running'].includes(this.status(deploymentId))) return seconds;
      this.clock.passSeconds(1);
    }
    throw new Error('the run does not end');
  }
}

export function partsOf(messages: readonly Message[]): readonly Part[] {
  return messages.flatMap(({ parts }) => parts);
}

export function toolsOf(messages: readonly Message[], name: string): readonly Part[] {
  return partsOf(messages).filter(({ toolName }) => toolName === name);
}

/** What a template must never leave in a text, such as a missing value that became text, with some text around it. */
export function slipIn(written: unknown): string | undefined {
  return /.{0,80}(undefined|NaN|\[object |\.(py|cs):0 |: line 0|:line 0).{0,80}/.exec(JSON.stringify(written))?.[0];
}
