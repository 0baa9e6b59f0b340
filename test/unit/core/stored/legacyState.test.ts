import { describe, expect, it } from 'vitest';
import { inputFrom010, isKeyOf010 } from '../../../../src/core/stored/legacyState';

describe('legacyState', () => {
  it('knows the keys of version 0.1.0 that hold words of the user', () => {
    const keys = ['quantAgents.draft.A', 'quantAgents.asides.A', 'quantAgents.outbox.A'];
    expect(keys.filter(isKeyOf010)).toEqual(keys);
    expect(['quantAgents.draft.', 'quantAgents.places', 'other'].filter(isKeyOf010)).toEqual([]);
  });

  it('reads a draft, displaced drafts and prompts of their conversation', () => {
    expect(inputFrom010('quantAgents.draft.A', 'Half')).toMatchObject({
      deploymentId: 'A',
      draft: 'Half',
      earlierDrafts: [],
    });
    expect(inputFrom010('quantAgents.asides.A', ['Older'])).toMatchObject({
      deploymentId: 'A',
      earlierDrafts: ['Older'],
      draft: '',
    });
    const entry = { clientId: 'c1', text: 'Go', at: 1, state: 'queued', notMine: 0 };
    expect(inputFrom010('quantAgents.outbox.A', [entry])).toMatchObject({
      deploymentId: 'A',
      outbox: { entries: [entry] },
    });
  });

  it.each([undefined, null, 7, '', [], [7], {}])('finds nothing to move in %j', (value) => {
    const keys = ['quantAgents.draft.A', 'quantAgents.asides.A', 'quantAgents.outbox.A'];
    expect(keys.map((key) => inputFrom010(key, value))).toEqual([undefined, undefined, undefined]);
  });
});
