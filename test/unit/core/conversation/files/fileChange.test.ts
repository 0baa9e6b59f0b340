import { describe, expect, it } from 'vitest';
import { fileChangeOf } from '../../../../../src/core/conversation/files/fileChange';
import { tool } from '../../../../support/conversations';

describe('fileChangeOf', () => {
  it.each([
    [
      'a new file',
      tool('create_file', { input: { filePath: './a/main.py', content: 'x' } }),
      { kind: 'whole', isNew: true, path: 'a/main.py', language: 'python', text: 'x' },
    ],
    ['an empty one', tool('create_file', { input: { filePath: 'a.py', content: '' } }), { kind: 'whole', text: '' }],
    [
      'a whole content',
      tool('edit_file', { input: { filePath: 'a.py', content: 'x' } }),
      { kind: 'whole', isNew: false },
    ],
    [
      'a passage',
      tool('edit_file', { input: { filePath: 'a.py', oldString: 'a', newString: 'b' } }),
      { kind: 'passage', before: 'a', after: 'b' },
    ],
    [
      'a passage replaced by nothing',
      tool('edit_file', { input: { filePath: 'a.py', oldString: 'a' } }),
      { kind: 'passage', after: '' },
    ],
    ['a deletion', tool('delete_file', { input: { filePath: 'a.py' } }), { kind: 'none', operation: 'delete' }],
    [
      'a call that tells nothing',
      tool('create_file', { input: { filePath: 'a.py', content: 7 } }),
      { kind: 'none', operation: 'create' },
    ],
    ['a path that climbs', tool('create_file', { input: { filePath: '../a.py', content: '' } }), { problem: 'climbs' }],
  ])('%s', (_name, part, expected) => {
    expect(fileChangeOf(part)).toMatchObject(expected);
  });

  it('is undefined if no file is named, or if the tool writes no files', () => {
    expect(fileChangeOf(tool('create_file', { input: { content: 'x' } }))).toBeUndefined();
    expect(fileChangeOf(tool('read_file', { input: { filePath: 'a.py' } }))).toBeUndefined();
  });
});
