/** Explains the duration in the header. */
import { formatDuration } from '../../../src/core/words/format';
import type { Header } from '../../../src/core/pages/conversation/protocol';
import type { RunTime } from '../../../src/core/organization/status/runTime';
import type { PageText } from '../../../src/core/pages/texts';
import { text } from '../../shared/texts';
import { exactText } from '../../shared/time';

/** One fact per line; undefined if nothing is dated. */
export function durationTitle({ created, started, ended, runTime }: Header): string | undefined {
  const lines = [
    runTime && text(MEANING[runTime.bound]),
    started !== undefined && ended !== undefined && text('duration.total', formatDuration(ended - started)),
    created !== undefined && text('duration.created', exactText(created, ' · ')),
    created !== undefined && started !== undefined && text('duration.queued', formatDuration(started - created)),
    started !== undefined && text('duration.started', exactText(started, ' · ')),
    ended !== undefined && text('duration.ended', exactText(ended, ' · ')),
  ].filter((line) => typeof line === 'string');
  return lines.length === 0 ? undefined : lines.join('\n');
}

const MEANING = {
  exact: 'duration.exact',
  atLeast: 'duration.atLeast',
  atMost: 'duration.atMost',
} as const satisfies Readonly<Record<RunTime['bound'], PageText>>;
