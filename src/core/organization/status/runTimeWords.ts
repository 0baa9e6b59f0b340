import { formatDuration } from '../../words/format';
import { given, joined, say, type Words } from '../../words/words';
import type { RunTime } from './runTime';

/** The turns that are over: `1 m 5 s`, `2 m 5 s in 2 turns`, `at least 2 m 5 s in 3 turns`, `up to 4 h 51 m`. */
export function runTimeWords({ ms, bound, turns }: RunTime): Words {
  const many = turns !== undefined && turns > 1 ? turns : undefined;
  if (bound === 'atLeast' && ms === 0) return many === undefined ? joined([]) : say('run.turns', many);
  const duration = boundedDuration(ms, bound);
  return many === undefined ? duration : say('run.inTurns', duration, many);
}

/** How long the agent worked until now, in whole seconds. For a run with a current turn. */
export function runningTimeWords(time: RunTime, now: number): Words {
  const ms = time.ms + (time.since === undefined ? 0 : Math.max(0, now - time.since));
  return boundedDuration(Math.floor(ms / 1_000) * 1_000, time.bound);
}

function boundedDuration(ms: number, bound: RunTime['bound']): Words {
  const duration = formatDuration(ms);
  switch (bound) {
    case 'exact':
      return given(duration);
    case 'atLeast':
      return say('run.atLeast', duration);
    case 'atMost':
      return say('run.upTo', duration);
  }
}
