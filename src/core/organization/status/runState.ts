import { given, say, type Words } from '../../words/words';

/**
 * The state of a run. `ended`: the run is over, but QuantConnect does not say how. `unknown`: this version does not
 * know the status.
 */
export type RunKind = 'waiting' | 'running' | 'completed' | 'stopped' | 'failed' | 'ended' | 'unknown';

/** What all views show of a run: tree, panel, pickers and exports. */
export interface RunState {
  readonly kind: RunKind;
  /** The run is over. Only another prompt can continue it. */
  readonly isOver: boolean;
  readonly word: Words;
  /** A codicon. Each kind has its own shape, because some people cannot see the color. */
  readonly icon: string;
  /** The id of a theme color. */
  readonly color?: string;
}

/** What the API says of a run. A conversation has only the status. */
interface Run {
  readonly status: string;
  readonly ended?: number | undefined;
  readonly runtimeError?: string | undefined;
}

type KnownKind = Exclude<RunKind, 'unknown'>;

const KNOWN_STATES: { readonly [Kind in KnownKind]: RunState & { readonly kind: Kind } } = {
  waiting: { kind: 'waiting', isOver: false, word: say('status.waiting'), icon: 'clock', color: 'charts.yellow' },
  running: { kind: 'running', isOver: false, word: say('status.running'), icon: 'loading~spin', color: 'charts.blue' },
  completed: { kind: 'completed', isOver: true, word: say('status.completed'), icon: 'pass', color: 'charts.green' },
  stopped: {
    kind: 'stopped',
    isOver: true,
    word: say('status.stopped'),
    icon: 'debug-stop',
    color: 'descriptionForeground',
  },
  failed: { kind: 'failed', isOver: true, word: say('status.failed'), icon: 'error', color: 'charts.red' },
  ended: {
    kind: 'ended',
    isOver: true,
    word: say('status.ended'),
    icon: 'circle-slash',
    color: 'descriptionForeground',
  },
};

/** The statuses that the API documents, in lower case. Statuses are compared without case. */
const KINDS: ReadonlyMap<string, KnownKind> = new Map([
  ['inqueue', 'waiting'],
  ['running', 'running'],
  ['completed', 'completed'],
  ['stopped', 'stopped'],
  ['failed', 'failed'],
]);

/**
 * The state of a run. `ended` wins over the status (docs/api/contract.md), but does not say how the run ended. If a run
 * has an end and its status still says waiting or running, it is `failed` with a runtime error, and else `ended`.
 */
export function runStateOf({ status, ended, runtimeError }: Run): RunState {
  const hasEnd = ended !== undefined;
  const kind = status.trim() === '' && hasEnd ? 'ended' : KINDS.get(status.toLowerCase());
  if (kind === undefined) return { kind: 'unknown', isOver: hasEnd, word: ownWord(status), icon: 'question' };
  const state = KNOWN_STATES[kind];
  if (!hasEnd || state.isOver) return state;
  return runtimeError === undefined || runtimeError === '' ? KNOWN_STATES.ended : KNOWN_STATES.failed;
}

/** Whether a run is over. Only another prompt can continue it. */
export function hasEnded(run: Run): boolean {
  return runStateOf(run).isOver;
}

/** Whether a run waits or runs. False for an unknown status. */
export function isActive(run: Run): boolean {
  const { kind } = runStateOf(run);
  return kind === 'waiting' || kind === 'running';
}

/** An unknown status as readable words: `PausedByUser` becomes *Paused by user*. */
function ownWord(status: string): Words {
  const words = status
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return words === '' ? say('status.unknown') : given(words.charAt(0).toUpperCase() + words.slice(1).toLowerCase());
}
