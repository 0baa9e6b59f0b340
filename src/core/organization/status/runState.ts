import { given, say, type Words } from '../../words/words';

/**
 * How a run stands. `ended` is a run of which only the end is known. `unknown` is a status that this version does not
 * know.
 */
export type RunKind = 'waiting' | 'running' | 'completed' | 'stopped' | 'failed' | 'ended' | 'unknown';

/** What every view shows of a run: tree, panel, pickers and exports. */
export interface RunState {
  readonly kind: RunKind;
  /** Nothing changes by itself any more. Only a prompt goes on from here. */
  readonly isOver: boolean;
  readonly word: Words;
  /** A codicon. Each kind has a shape of its own, because color alone says nothing to some eyes. */
  readonly icon: string;
  /** The id of a theme color. */
  readonly color?: string;
}

/** What the API says of a run. A conversation knows the status alone. */
interface Run {
  readonly status: string;
  readonly ended?: number | undefined;
  readonly runtimeError?: string | undefined;
}

type KnownKind = Exclude<RunKind, 'unknown'>;

const KNOWN_STATES: { readonly [Kind in KnownKind]: RunState & { readonly kind: Kind } } = {
  waiting: { kind: 'waiting', isOver: false, word: say('In queue'), icon: 'clock', color: 'charts.yellow' },
  running: { kind: 'running', isOver: false, word: say('Running'), icon: 'loading~spin', color: 'charts.blue' },
  completed: { kind: 'completed', isOver: true, word: say('Completed'), icon: 'pass', color: 'charts.green' },
  stopped: { kind: 'stopped', isOver: true, word: say('Stopped'), icon: 'debug-stop', color: 'descriptionForeground' },
  failed: { kind: 'failed', isOver: true, word: say('Failed'), icon: 'error', color: 'charts.red' },
  ended: { kind: 'ended', isOver: true, word: say('Ended'), icon: 'circle-slash', color: 'descriptionForeground' },
};

/** The statuses that the API documents, in lower case: statuses are compared without case. */
const KINDS: ReadonlyMap<string, KnownKind> = new Map([
  ['inqueue', 'waiting'],
  ['running', 'running'],
  ['completed', 'completed'],
  ['stopped', 'stopped'],
  ['failed', 'failed'],
]);

/**
 * How a run stands. A set `ended` wins over the status (docs/api/contract.md), but does not say how the run ended: it
 * is neither completed nor stopped then, and failed only where the API gives a runtime error.
 */
export function runStateOf({ status, ended, runtimeError }: Run): RunState {
  const hasEnd = ended !== undefined;
  const kind = status.trim() === '' && hasEnd ? 'ended' : KINDS.get(status.toLowerCase());
  if (kind === undefined) return { kind: 'unknown', isOver: hasEnd, word: ownWord(status), icon: 'question' };
  const state = KNOWN_STATES[kind];
  if (!hasEnd || state.isOver) return state;
  return runtimeError === undefined || runtimeError === '' ? KNOWN_STATES.ended : KNOWN_STATES.failed;
}

/** Whether a run is over: nothing changes by itself any more. */
export function hasEnded(run: Run): boolean {
  return runStateOf(run).isOver;
}

/** Whether a run is known to go on: it waits or runs. An unknown status is neither that nor over. */
export function isActive(run: Run): boolean {
  const { kind } = runStateOf(run);
  return kind === 'waiting' || kind === 'running';
}

/** An unknown status in its own words: `PausedByUser` is *Paused by user*. */
function ownWord(status: string): Words {
  const words = status
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return words === '' ? say('Unknown') : given(words.charAt(0).toUpperCase() + words.slice(1).toLowerCase());
}
