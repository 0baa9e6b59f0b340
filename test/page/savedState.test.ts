import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { message, running, state, text } from '../support/conversations';
import { IDENTITY } from './harness';
import { promptBox, testPages } from './testPages';

const pages = testPages();
const shown = {
  header: running(),
  messages: [message('m0', 'user', text('First')), message('m1', 'assistant', text('Second'))],
};

describe('Saved page state', () => {
  it.each<[string, unknown]>([
    ['a text', 'x'],
    ['a number', 7],
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['null', null],
    ['no identity', { draft: 'x', folds: [] }],
    ['an identity that is none', { identity: null, draft: 'x', draftTold: true, folds: [] }],
    ['folds that are none', { identity: IDENTITY, draft: 'Kept', draftTold: false, folds: 7 }],
    ['folds of something else', { identity: IDENTITY, draft: 'Kept', draftTold: false, folds: [null, 3, ['a']] }],
    ['a draft that is none', { identity: IDENTITY, draft: { text: 'x' }, draftTold: false, folds: [] }],
    [
      'a place that is none',
      { identity: IDENTITY, draft: 'Kept', draftTold: false, folds: [], begun: true, place: 'm0' },
    ],
    [
      'drafts aside that are none',
      { identity: IDENTITY, draft: 'Kept', draftTold: false, folds: [], asides: 'Before' },
    ],
    [
      'prompts that are none',
      { identity: IDENTITY, draft: 'Kept', draftTold: false, folds: [], sent: [null, { clientId: 1 }] },
    ],
    [
      'a search and a filter that are none',
      { identity: IDENTITY, draft: 'Kept', draftTold: false, folds: [], find: [], filter: { name: 'tools' } },
    ],
  ])('that is malformed (%s) does not leave the page empty, and what fits of it is kept', async (_, saved) => {
    const conversation = await pages.show(shown, { saved });
    await conversation.page.getByText('Second').waitFor();
    const kept =
      typeof saved === 'object' && saved !== null && 'draft' in saved && saved.draft === 'Kept' ? 'Kept' : '';
    expect(await promptBox(conversation).inputValue()).toBe(kept);
    expect((await conversation.observed()).saved).toMatchObject({ identity: IDENTITY, begun: true });
  });

  it('of version 0.1.0 is read: draft, drafts aside and search are there', async () => {
    const { saved } = JSON.parse(readFileSync('test/fixtures/state-0.1.0/page.json', 'utf8')) as { saved: object };
    const conversation = await pages.show({ ...shown, draft: 'Words' }, { saved });
    expect(await promptBox(conversation).inputValue()).toBe('Words 11 and bonds!');
    await promptBox(conversation).press('Home');
    await promptBox(conversation).press('ArrowUp');
    await promptBox(conversation).press('Home');
    expect(['First draft', 'Words']).toContain(await promptBox(conversation).inputValue());
    expect((await conversation.observed()).saved).toMatchObject({
      find: { text: 'momentum' },
      folds: [['m1/0', true]],
    });
  });

  it('of another page is used if VS Code saved none', async () => {
    const saved = { identity: IDENTITY, draft: 'Half a thou', draftTold: false, folds: [] };
    const conversation = await pages.open({ takenOver: saved });
    await conversation.show(state({ ...shown, draft: 'Half' }));
    expect(await promptBox(conversation).inputValue()).toBe('Half a thou');
    expect(await conversation.lastDraft()).toEqual({ text: 'Half a thou' });
  });
});
