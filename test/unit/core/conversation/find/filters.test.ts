import { describe, expect, it } from 'vitest';
import {
  countParts,
  FILTERS,
  filterNamed,
  partsShown,
  prepareCounts,
} from '../../../../../src/core/conversation/find/filters';
import { answer, everyPart, message, strategyRun, text, tool } from '../../../../support/conversations';

const failed = tool('fetch_url', { state: 'output-error', errorText: 'Gone' });

describe('partsShown', () => {
  it('shows for `prompts` what the user said, also what steered the run', () => {
    expect(partsShown('prompts', message('m', 'user', text('a'), { kind: 'file', mediaType: 'text/csv' }))).toEqual([
      0, 1,
    ]);
    expect(
      partsShown('prompts', message('m', 'assistant', text('a'), { kind: 'steering', parts: [text('b')] })),
    ).toEqual([1]);
    expect(partsShown('prompts', message('m', 'system', text('a')))).toEqual([]);
  });

  it('shows for `tools` every call', () => {
    expect(partsShown('tools', message('m', 'assistant', text('a'), failed, { kind: 'step' }, tool('x')))).toEqual([
      1, 3,
    ]);
  });

  it('shows for `errors` what failed, was denied or is broken, but no warning', () => {
    const parts = [
      failed,
      tool('x'),
      tool('x', { state: 'output-denied' }),
      tool('create_compile', { output: answer({ success: true, warnings: ['Careful'] }) }),
      tool('create_compile', { output: answer({ success: false, errors: ['Wrong'] }) }),
      tool('x', { output: answer({ errors: ['Odd'] }) }),
      tool('x', { state: 'input-available' }),
      { kind: 'unknown', type: 'text', raw: {}, problem: 'Broken' } as const,
      { kind: 'unknown', type: 'new', raw: {} } as const,
      tool('x', { state: 'approval-responded', approval: { approved: false } }),
    ];
    expect(partsShown('errors', message('m', 'assistant', ...parts))).toEqual([0, 2, 4, 5, 7, 9]);
  });

  it('shows for `files` calls that write or delete, and files', () => {
    expect(
      partsShown(
        'files',
        message('m', 'assistant', tool('create_file'), tool('read_file'), tool('edit_file'), tool('delete_file'), {
          kind: 'file',
          mediaType: 'a/b',
        }),
      ),
    ).toEqual([0, 2, 3, 4]);
  });

  it('shows a part if a sub-agent’s part matches, but the agent’s text to it is no prompt', () => {
    const call = tool('ask', {
      messages: [message('n', 'user', text('go')), message('o', 'assistant', failed, tool('create_file'))],
    });
    const shown = FILTERS.filter((filter) => partsShown(filter, message('m', 'assistant', call)).length > 0);
    expect(shown).toEqual(['tools', 'errors', 'files']);
  });

  it('returns the same list for the same message', () => {
    const one = message('m', 'user', text('a'));
    expect(partsShown('prompts', one)).toBe(partsShown('prompts', one));
  });

  it('filterNamed: knows filters only by their names', () => {
    expect(filterNamed('errors')).toBe('errors');
    expect([filterNamed('toString'), filterNamed(undefined), filterNamed(1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('countParts: counts what the filters show, prepared in slices or at once', () => {
  const messages = [...strategyRun(), ...everyPart()];
  let rounds = 0;
  while (
    !prepareCounts(
      messages,
      (() => {
        let left = 1;
        return () => left-- > 0;
      })(),
    )
  )
    rounds++;
  expect(rounds).toBeGreaterThan(3);
  const counts = countParts(messages);
  for (const filter of FILTERS)
    expect(counts[filter]).toBe(messages.reduce((sum, one) => sum + partsShown(filter, one).length, 0));
  expect(counts.all).toBe(
    messages.reduce((sum, { parts }) => sum + parts.filter(({ kind }) => kind !== 'step').length, 0),
  );
});
