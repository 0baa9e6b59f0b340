/** What the time in the header is made of. */
import { formatDuration } from '../../../src/core/words/format';
import type { Header } from '../../../src/core/pages/conversation/protocol';
import type { RunTime } from '../../../src/core/organization/status/runTime';
import { exactText } from '../../shared/time';

/** Line by line; undefined where nothing is dated. */
export function durationTitle({ created, started, ended, runTime }: Header): string | undefined {
  const lines = [
    runTime && MEANING[runTime.bound],
    started !== undefined &&
      ended !== undefined &&
      `From start to end: ${formatDuration(ended - started)}, pauses between prompts included`,
    created !== undefined && `Created: ${exactText(created, ' · ')}`,
    created !== undefined && started !== undefined && `Waited in the queue: ${formatDuration(started - created)}`,
    started !== undefined && `Started: ${exactText(started, ' · ')}`,
    ended !== undefined && `Ended: ${exactText(ended, ' · ')}`,
  ].filter((line) => typeof line === 'string');
  return lines.length === 0 ? undefined : lines.join('\n');
}

const MEANING: Readonly<Record<RunTime['bound'], string>> = {
  exact: 'The time that the agent worked, without pauses between prompts',
  atLeast: 'The time that the agent worked. QuantConnect does not say when some answers were complete',
  atMost: 'The conversation was not read, so this includes pauses between prompts',
};
