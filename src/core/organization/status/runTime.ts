import { isActive, runStateOf } from './runState';

/**
 * How long the agent worked on a run: the sum of its turns, without the pauses between them.
 * docs/decisions/034-durations.md says why some sums are bounds.
 */
export interface RunTime {
  /** The sum of the turns that are over, in milliseconds. */
  readonly ms: number;
  /**
   * `atLeast`: the end of some turn is unknown. `atMost`: nobody read the conversation, so the sum may include pauses
   * between prompts.
   */
  readonly bound: 'exact' | 'atLeast' | 'atMost';
  /** How many turns there are. Missing if nobody read the conversation. */
  readonly turns?: number;
  /** When the current turn began, epoch milliseconds. Missing if no turn is running. */
  readonly since?: number;
}

/** The times of a turn's messages. Epoch milliseconds. */
export interface TurnTimes {
  /** When the prompt was sent. Missing if it has no time, or if the conversation does not begin with a prompt. */
  readonly prompted?: number;
  /** The latest time of the agent's messages. */
  readonly answered?: number;
}

/** What is known of the turns of one run. */
export interface KnownTurns {
  /** From the conversation. Missing if nobody read it. */
  readonly turns?: readonly TurnTimes[];
  /** The run's `ended` when the conversation was read. */
  readonly readEnded?: number | undefined;
  /** Earlier values of the run's `ended`, in order. Each one was the end of a turn. */
  readonly ends: readonly number[];
}

export const NO_TURNS: KnownTurns = { ends: [] };

/** What the API says of the run. */
interface Run {
  readonly status: string;
  readonly created?: number | undefined;
  readonly started?: number | undefined;
  readonly ended?: number | undefined;
  readonly runtimeError?: string | undefined;
}

/** The turns of a conversation. Each begins with a prompt. An answer before the first prompt is a turn, too. */
export function turnsOf(
  messages: readonly { readonly role: string; readonly time?: number | undefined }[],
): readonly TurnTimes[] {
  const turns: { prompted?: number; answered?: number }[] = [];
  for (const { role, time } of messages) {
    if (role === 'user') {
      turns.push(time === undefined ? {} : { prompted: time });
    } else if (role === 'assistant') {
      if (turns.length === 0) turns.push({});
      const turn = turns.at(-1);
      if (turn && time !== undefined) turn.answered = Math.max(turn.answered ?? time, time);
    }
  }
  return turns;
}

/** How long the agent worked on a run. Undefined if nothing is known. */
export function runTimeOf(run: Run, known: KnownTurns = NO_TURNS): RunTime | undefined {
  const { kind, isOver } = runStateOf(run);
  const { created, started, ended } = run;
  if (kind === 'waiting' && started === undefined && (known.turns?.length ?? 0) <= 1)
    return created === undefined ? undefined : { ms: 0, bound: 'exact', since: created };
  if (known.turns) return sumOf(run, known, known.turns);
  return isOver && started !== undefined && ended !== undefined
    ? { ms: Math.max(0, ended - started), bound: 'atMost' }
    : undefined;
}

function sumOf(run: Run, known: KnownTurns, turns: readonly TurnTimes[]): RunTime | undefined {
  const first = beginning(run, turns);
  if (turns.length === 0)
    return isActive(run) && first !== undefined ? { ms: 0, bound: 'exact', since: first } : undefined;
  let ms = 0;
  let isExact = true;
  /** Up to when time is counted. A prompt may be sent during a turn, and no time counts twice. */
  let counted = Number.NEGATIVE_INFINITY;
  for (const [index, turn] of turns.entries()) {
    const prompted = index === 0 ? first : turn.prompted;
    const isLast = index === turns.length - 1;
    const earliest = prompted ?? turn.answered;
    if (earliest === undefined) {
      isExact = false;
      continue;
    }
    const begin = Math.max(earliest, counted);
    const ends = known.ends.filter((end) => end >= begin);
    if (isLast && isActive(run) && ends.length === 0 && prompted !== undefined)
      return { ms, bound: isExact ? 'exact' : 'atLeast', turns: turns.length, since: begin };
    const end = isLast ? endOfLast(run, known, begin, ends) : endBefore(turns[index + 1]?.prompted, turn, begin, ends);
    isExact &&= prompted !== undefined && end !== undefined;
    const until = Math.max(begin, end ?? (isLast ? ends[0] : undefined) ?? turn.answered ?? begin);
    ms += until - begin;
    counted = until;
  }
  return { ms, bound: isExact ? 'exact' : 'atLeast', turns: turns.length };
}

/**
 * When the first turn began. The API does not say whether `started` changes when a run is prompted again. So `started`
 * counts only if it can belong to the first turn.
 */
function beginning({ started, created }: Run, [first, second]: readonly TurnTimes[]): number | undefined {
  const latest = Math.min(first?.answered ?? Infinity, second?.prompted ?? Infinity);
  return started !== undefined && started <= latest ? started : (first?.prompted ?? created);
}

/** When the last turn ended: at the run's end, if the conversation was read after that end. */
function endOfLast(
  { ended }: Run,
  { readEnded }: KnownTurns,
  begin: number,
  ends: readonly number[],
): number | undefined {
  return ended !== undefined && ended === readEnded && ended >= begin && ends.length === 0 ? ended : undefined;
}

/** When a turn ended that another one follows. Undefined if nobody saw it end. */
function endBefore(
  nextPrompted: number | undefined,
  { answered }: TurnTimes,
  begin: number,
  ends: readonly number[],
): number | undefined {
  if (nextPrompted === undefined) return undefined;
  const seen = ends.filter((end) => end <= nextPrompted).at(-1);
  // The agent was still writing when it was prompted again, so there was no pause.
  return (
    seen ?? (answered !== undefined && answered >= nextPrompted && nextPrompted >= begin ? nextPrompted : undefined)
  );
}
