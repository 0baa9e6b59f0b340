import { describe, expect, it } from 'vitest';
import { originOf, type Write } from '../../../../src/core/agentFile/writeOrigin';

const SAVE: Write = {
  content: 'mine',
  document: { text: 'mine', isShown: true, isBeingSaved: true },
  isAutomatic: false,
  dialog: undefined,
  strangeText: undefined,
  otherTexts: [],
};

describe('originOf', () => {
  it.each<[string, Partial<Write>, ReturnType<typeof originOf>]>([
    ['the save of a document that a tab shows', {}, { kind: 'save' }],
    [
      'a save that was not announced, as without formatting',
      { document: { text: 'mine', isShown: true, isBeingSaved: false } },
      { kind: 'save' },
    ],
    [
      'a save while somebody types on',
      { document: { text: 'mine and more', isShown: true, isBeingSaved: true } },
      { kind: 'save' },
    ],
    [
      'a save with a byte order mark and other line ends',
      { content: '\uFEFFa\r\nb', document: { text: 'a\nb', isShown: true, isBeingSaved: false } },
      { kind: 'save' },
    ],
    ['a save of VS Code itself', { isAutomatic: true }, { kind: 'automatic' }],
    ['a copy to where nothing is open', { document: undefined }, { kind: 'other' }],
    [
      'another text, written by an extension',
      { content: 'theirs', document: { text: 'mine', isShown: true, isBeingSaved: false } },
      { kind: 'other' },
    ],
    ['“Save As” onto the document itself', { dialog: { text: 'mine' } }, { kind: 'saveAs', isStrange: false }],
    [
      '“Save As” onto itself, cleaned up meanwhile',
      { dialog: { text: 'mine  \n' } },
      { kind: 'saveAs', isStrange: false },
    ],
    ['“Save As” onto an agent that is open', { dialog: { text: 'theirs' } }, { kind: 'saveAs', isStrange: true }],
    ['“Save As” onto an agent that is not open', { dialog: { text: undefined } }, { kind: 'saveAs', isStrange: true }],
    [
      '“Save As” to a new file',
      { dialog: { text: undefined }, document: undefined },
      { kind: 'saveAs', isStrange: false },
    ],
    [
      'a document that no tab shows',
      { document: { text: 'mine', isShown: false, isBeingSaved: true } },
      { kind: 'saveAs', isStrange: true },
    ],
    ['a text that a refused “Save As” left', { strangeText: 'mine' }, { kind: 'saveAs', isStrange: true }],
    ['the text of another agent', { otherTexts: ['mine'] }, { kind: 'saveAs', isStrange: false }],
  ])('tells %s', (_, write, expected) => {
    expect(originOf({ ...SAVE, ...write })).toEqual(expected);
  });
});
