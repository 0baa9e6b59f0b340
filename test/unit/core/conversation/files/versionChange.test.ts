import { describe, expect, it } from 'vitest';
import type { FileContent, FileVersion, WrittenFile } from '../../../../../src/core/conversation/files/files';
import { totalLines, versionChange } from '../../../../../src/core/conversation/files/versionChange';

const known: FileContent = { kind: 'known', text: 'a' };
const unknown: FileContent = { kind: 'unknown', reason: 'notTold' };
const passage: FileContent = { kind: 'unknown', reason: 'noMatch', passage: { before: 'a', after: 'b' } };
const deleted: FileContent = { kind: 'deleted' };

const file = (...versions: readonly Pick<FileVersion, 'content' | 'operation'>[]): WrittenFile => ({
  path: 'a.py',
  isDeleted: false,
  versions: versions.map((version, index) => ({ ...version, number: index + 1, messageId: 'm', partIndex: index })),
});

describe('versionChange', () => {
  it.each<[string, WrittenFile, unknown]>([
    ['a created file', file({ content: known, operation: 'create' }), { kind: 'whole', before: undefined }],
    ['a file that was there before the conversation', file({ content: known, operation: 'edit' }), undefined],
    [
      'a second version',
      file({ content: known, operation: 'create' }, { content: known, operation: 'edit' }),
      { kind: 'whole', before: expect.objectContaining({ number: 1 }) as unknown },
    ],
    [
      'a version after a deleted one',
      file({ content: deleted, operation: 'delete' }, { content: known, operation: 'create' }),
      { kind: 'whole', before: expect.objectContaining({ number: 1 }) as unknown },
    ],
    [
      'a version after an unknown one',
      file({ content: unknown, operation: 'edit' }, { content: known, operation: 'create' }),
      undefined,
    ],
    ['a passage', file({ content: passage, operation: 'edit' }), { kind: 'passage' }],
    ['an unknown version', file({ content: unknown, operation: 'create' }), undefined],
  ])('of %s', (_, written, change) => {
    expect(versionChange(written, written.versions.at(-1)!)).toEqual(change);
  });
});

describe('totalLines', () => {
  it('adds up all versions, and is unknown if one is', () => {
    expect(totalLines([])).toEqual({ added: 0, removed: 0 });
    expect(totalLines([{ lines: { added: 3, removed: 1 } }, { lines: { added: 2, removed: 2 } }])).toEqual({
      added: 5,
      removed: 3,
    });
    expect(totalLines([{ lines: { added: 3, removed: 1 } }, {}])).toBeUndefined();
  });
});
