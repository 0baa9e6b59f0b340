import type { DeploymentStatus, EpochMs } from '../core/api/model';
import { behaviorById } from './agents/behaviors';
import { converse } from './agents/behaviors/converse';
import { readPrompt } from './agents/promptFacts';
import {
  filesAfter,
  messagesAfter,
  nestedMessages,
  type ProjectNotes,
  type Script,
  type TimelineEvent,
  type ToolEvent,
} from './agents/timeline';
import { apiDate } from './dates';
import type { JsonObject } from './json';
import { hexOf, Random } from './random';
import type { StoredDeployment, StoredTurn } from './state';

/** A turn with its script, and what it leaves for the next turn. */
export interface PlayedTurn {
  readonly turn: StoredTurn;
  readonly script: Script;
  readonly files: ReadonlyMap<string, string>;
  readonly notes: ProjectNotes | undefined;
}

/**
 * Writes the scripts of all turns. They depend only on the stored deployment, so the result is valid while that does
 * not change.
 * @param before the turns of an earlier state. Unchanged ones are reused.
 */
export function playDeployment(
  deployment: StoredDeployment,
  before: readonly PlayedTurn[] = [],
): readonly PlayedTurn[] {
  let files: ReadonlyMap<string, string> = new Map();
  let notes: ProjectNotes | undefined;
  let same = true;
  return deployment.turns.map((turn, index) => {
    const known = before[index];
    same &&= known?.turn === turn;
    if (known && same) {
      ({ files, notes } = known);
      return known;
    }
    const [behaviorId = '', ...details] = turn.scriptId.split('/');
    const behavior = behaviorById(behaviorId) ?? converse;
    const script = behavior.play({
      facts: readPrompt(turn.prompt),
      random: new Random(turn.seed),
      agent: deployment.agent,
      others: deployment.others,
      projectId: deployment.projectId,
      isFollowUp: index > 0,
      files,
      notes,
      details,
    });
    const elapsedMs = elapsed(turn, Number.POSITIVE_INFINITY);
    files = filesAfter(script.events, elapsedMs, files);
    if (elapsedMs >= script.endMs) ({ notes } = script);
    return { turn, script, files, notes };
  });
}

export interface RunState {
  readonly status: DeploymentStatus & ('InQueue' | 'Running' | 'Completed' | 'Stopped' | 'Failed');
  readonly started: EpochMs | undefined;
  readonly ended: EpochMs | undefined;
  readonly runtimeError: string | undefined;
}

/** The state of a deployment at `now`. */
export function runStateAt(played: readonly PlayedTurn[], now: EpochMs): RunState {
  const first = played[0];
  const begun = begunBy(played, now);
  const current = begun.at(-1) ?? first;
  if (!first || !current) throw new Error('a deployment without turns');
  const startedAt = first.turn.startedAt + first.script.queueMs / first.turn.speed;
  const started = startedAt <= (first.turn.stoppedAt ?? now) ? startedAt : undefined;
  const { turn, script } = current;
  const running = { started, ended: undefined, runtimeError: undefined };
  const end = endOf(current);
  if (now < end)
    return { status: (now - turn.startedAt) * turn.speed < script.queueMs ? 'InQueue' : 'Running', ...running };
  // A prompt is waiting, so the run continues in a moment.
  if (begun.length < played.length) return { status: 'Running', ...running };
  if (turn.stoppedAt !== undefined) return { status: 'Stopped', ...running, ended: turn.stoppedAt };
  const { outcome } = script;
  return {
    status: outcome.status,
    ...running,
    ended: end,
    runtimeError: outcome.status === 'Failed' ? outcome.runtimeError : undefined,
  };
}

/** When a turn ends or has ended. */
export function endOf({ turn, script }: PlayedTurn): EpochMs {
  return turn.stoppedAt ?? turn.startedAt + script.endMs / turn.speed;
}

/** The messages of a deployment at `now`. A prompt that waits for the run before it is not among them. */
export function messagesAt(
  deployment: StoredDeployment,
  played: readonly PlayedTurn[],
  now: EpochMs,
): readonly JsonObject[] {
  return begunBy(played, now).flatMap(({ turn, script }) => {
    const index = deployment.turns.indexOf(turn);
    const idOf = (position: number): string =>
      `msg-${hexOf(`${deployment.deploymentId} ${String(index)} ${String(position)}`, 16)}`;
    const answers = messagesAfter(script.events, elapsed(turn, now));
    return [
      { id: idOf(0), role: 'user', parts: [{ type: 'text', text: turn.prompt }], time: apiDate(turn.promptedAt) },
      ...answers.map(({ at, parts }, position) => ({
        id: idOf(position + 1),
        role: 'assistant',
        parts,
        time: apiDate(turn.startedAt + at / turn.speed),
      })),
    ];
  });
}

/** A sub-agent's conversation inside the deployment's. Undefined if there is none with that ID yet. */
export function subAgentMessagesAt(
  played: readonly PlayedTurn[],
  callableId: string,
  now: EpochMs,
): readonly JsonObject[] | undefined {
  for (const { turn, script } of begunBy(played, now)) {
    const call = script.events.find(
      (event): event is ToolEvent => event.kind === 'tool' && event.subAgent?.callableId === callableId,
    );
    if (call?.subAgent && call.at <= elapsed(turn, now)) return nestedMessages(call, call.subAgent, elapsed(turn, now));
  }
  return undefined;
}

/** The sub-agents that were called before `now`. */
export function calledSubAgentsAt(
  played: readonly PlayedTurn[],
  now: EpochMs,
): readonly { readonly callableId: string; readonly agentId: number; readonly name: string }[] {
  return begunBy(played, now).flatMap(({ turn, script }) =>
    script.events.flatMap((event) =>
      event.kind === 'tool' && event.subAgent && event.at <= elapsed(turn, now)
        ? [{ callableId: event.subAgent.callableId, agentId: event.subAgent.agentId, name: event.subAgent.name }]
        : [],
    ),
  );
}

const SYSTEM_TOKENS = 4200;
const CHARS_PER_TOKEN = 4;

/** Tokens as a provider counts them: every request to the model sends the whole context again. */
export function tokensAt(
  played: readonly PlayedTurn[],
  now: EpochMs,
): { readonly inputTokens: number; readonly outputTokens: number } {
  let context = SYSTEM_TOKENS;
  let inputTokens = 0;
  let outputTokens = 0;
  const read = (events: readonly TimelineEvent[], elapsedMs: number): void => {
    for (const event of events) {
      if (event.at > elapsedMs) return;
      if (event.kind === 'step') inputTokens += context;
      if (event.kind === 'text' || event.kind === 'reasoning') {
        const written = Math.ceil(
          (event.text.length / CHARS_PER_TOKEN) * Math.min(1, (elapsedMs - event.at) / (event.until - event.at)),
        );
        outputTokens += written;
        context += written;
      }
      if (event.kind === 'tool') {
        const written = Math.ceil(
          (JSON.stringify(event.input).length / CHARS_PER_TOKEN) *
            Math.min(1, (elapsedMs - event.at) / (event.inputUntil - event.at)),
        );
        outputTokens += written;
        context += written + (elapsedMs >= event.until ? 400 : 0);
        if (event.subAgent) read(event.subAgent.events, elapsedMs);
      }
    }
  };
  for (const { turn, script } of begunBy(played, now)) {
    context += Math.ceil(turn.prompt.length / CHARS_PER_TOKEN);
    read(script.events, elapsed(turn, now));
  }
  return { inputTokens: Math.round(inputTokens), outputTokens };
}

/** The turns with their prompt in the conversation at `now`. The first one is always there. */
function begunBy(played: readonly PlayedTurn[], now: EpochMs): readonly PlayedTurn[] {
  return played.filter(({ turn }, index) => index === 0 || turn.startedAt <= now);
}

/** How far a turn has come, in milliseconds of its script. A stop ends it there. */
function elapsed({ startedAt, stoppedAt, speed }: StoredTurn, now: EpochMs): number {
  return (Math.min(now, stoppedAt ?? now) - startedAt) * speed;
}
