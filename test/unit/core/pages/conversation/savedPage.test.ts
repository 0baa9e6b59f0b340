import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_COPY_LENGTH } from '../../../../../src/core/pages/conversation/protocol';
import { parseSavedPage, type SavedPage } from '../../../../../src/core/pages/conversation/savedPage';

const identity = { deploymentId: 'A-1', organizationId: 'o', accountId: 'a' };
const fresh: SavedPage = { identity, draft: '', draftTold: true, folds: [] };

describe('parseSavedPage', () => {
  it('takes what this version saves as it is', () => {
    const saved: SavedPage = {
      identity,
      draft: 'Half a thou',
      draftTold: false,
      asides: ['Before'],
      sent: [{ clientId: 'c-1', text: 'Use SPY', how: 'queue', at: 5 }],
      folds: [['m0/1', true]],
      place: { messageId: 'm0', offset: -3.5 },
      begun: true,
      find: { text: 'QQQ', matchCase: true, wholeWord: false },
      filter: 'tools',
    };
    expect(parseSavedPage(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
  });

  it('takes what version 0.1.0 saved', () => {
    const { saved } = JSON.parse(readFileSync('test/fixtures/state-0.1.0/page.json', 'utf8')) as { saved: SavedPage };
    expect(parseSavedPage(saved)).toEqual(saved);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list', []],
    ['no identity', { draft: 'x' }],
    ['an identity that is none', { identity: 'A-1' }],
    ['half an identity', { identity: { deploymentId: 'A-1', organizationId: 'o' } }],
    ['an empty identity', { identity: { ...identity, accountId: '' } }],
  ])('starts fresh with %s', (_, value) => {
    expect(parseSavedPage(value)).toBeUndefined();
  });

  it.each<[string, object, Partial<SavedPage>]>([
    ['a draft that is no text', { draft: 7, draftTold: false }, {}],
    ['a draft that is too long', { draft: 'x'.repeat(MAX_COPY_LENGTH + 1), draftTold: false }, {}],
    ['folds that are no list', { folds: 7 }, {}],
    ['folds that are none', { folds: [7, null, ['a'], ['a', 'b'], ['a', true], { 0: 'a' }] }, { folds: [['a', true]] }],
    ['a place that is none', { place: 'here' }, {}],
    ['a place nowhere', { place: { messageId: 'm', offset: 'far' } }, {}],
    ['drafts aside that are none', { asides: { length: 2 } }, {}],
    ['a search for nothing', { find: 'QQQ' }, {}],
    [
      'a search that is half one',
      { find: { text: 'QQQ' } },
      { find: { text: 'QQQ', matchCase: false, wholeWord: false } },
    ],
    ['an unknown filter', { filter: 'constructor' }, {}],
    [
      'prompts that are none',
      {
        sent: [
          7,
          { clientId: '../a', text: 'x', at: 1 },
          { clientId: 'a', text: ' ', at: 1 },
          { clientId: 'a', text: 'x' },
        ],
      },
      {},
    ],
    [
      'a prompt twice',
      { sent: [1, 2].map((at) => ({ clientId: 'a', text: 'x', at })) },
      { sent: [{ clientId: 'a', text: 'x', how: 'send', at: 2 }] },
    ],
  ])('leaves out %s and keeps the rest', (_, broken, expected) => {
    expect(parseSavedPage({ identity, draft: '', draftTold: true, folds: [], begun: true, ...broken })).toEqual({
      ...fresh,
      begun: true,
      ...expected,
    });
  });

  it('never throws, and reads its own result again', () => {
    fc.assert(
      fc.property(
        fc.record({
          identity: fc.constant(identity),
          draft: fc.anything(),
          draftTold: fc.anything(),
          folds: fc.anything(),
          asides: fc.anything(),
          sent: fc.anything(),
          place: fc.anything(),
          find: fc.anything(),
          filter: fc.anything(),
        }),
        (value) => {
          const parsed = parseSavedPage(value);
          expect(parseSavedPage(parsed)).toEqual(parsed);
        },
      ),
    );
  });
});
