import { describe, expect, it } from 'vitest';
import { fromLegacy, isLegacyKey } from '../../../../src/core/stored/legacyState';

describe('legacyState', () => {
  it('knows the keys of version 0.1.0 that hold words of the user', () => {
    const keys = ['quantAgents.draft.A', 'quantAgents.asides.A', 'quantAgents.outbox.A'];
    expect(keys.filter(isLegacyKey)).toEqual(keys);
    expect(['quantAgents.draft.', 'quantAgents.places', 'other'].filter(isLegacyKey)).toEqual([]);
  });

  it('reads a draft, displaced drafts and prompts of their conversation', () => {
    expect(fromLegacy('quantAgents.draft.A', 'Half')).toMatchObject({ deploymentId: 'A', draft: 'Half', asides: [] });
    expect(fromLegacy('quantAgents.asides.A', ['Older'])).toMatchObject({
      deploymentId: 'A',
      asides: ['Older'],
      draft: '',
    });
    const entry = { clientId: 'c1', text: 'Go', at: 1, state: 'queued', notMine: 0 };
    expect(fromLegacy('quantAgents.outbox.A', [entry])).toMatchObject({
      deploymentId: 'A',
      outbox: { entries: [entry] },
    });
  });

  it.each([undefined, null, 7, '', [], [7], {}])('finds nothing to move in %j', (value) => {
    const keys = ['quantAgents.draft.A', 'quantAgents.asides.A', 'quantAgents.outbox.A'];
    expect(keys.map((key) => fromLegacy(key, value))).toEqual([undefined, undefined, undefined]);
  });
});
