/** The whole run in time, as the server dates it. */
import { formatDuration } from '../../../src/core/words/format';
import type { Header } from '../../../src/core/pages/conversation/protocol';
import { exactText } from '../../shared/time';

/** What the duration in the header is made of, line by line; undefined where nothing is dated. */
export function durationTitle({ created, started, ended }: Header): string | undefined {
  const lines = [
    started !== undefined &&
      ended !== undefined &&
      `Total: ${formatDuration(ended - started)}, from start to end; pauses between prompts count`,
    created !== undefined && `Created: ${exactText(created, ' · ')}`,
    created !== undefined && started !== undefined && `Waited in the queue: ${formatDuration(started - created)}`,
    started !== undefined && `Started: ${exactText(started, ' · ')}`,
    ended !== undefined && `Ended: ${exactText(ended, ' · ')}`,
  ].filter((line) => line !== false);
  return lines.length === 0 ? undefined : lines.join('\n');
}
