import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFiles } from '../../../../src/core/conversation/compareFiles';
import { addressOf, changeOf, documentText, locationOf, type ConversationDocument } from '../../../../src/core/conversation/documentAddress';
import { writtenFiles } from '../../../../src/core/conversation/files';
import type { ConversationRecord } from '../../../../src/core/conversation/record';
import type { Message, Part } from '../../../../src/core/conversation/transcript';
import { answer, message, text, tool } from '../../../support/conversations';

const done = { output: answer({ success: true }) };
const create = (filePath: string, content: string): Part => tool('create_file', { input: { filePath, content }, ...done });
const edit = (filePath: string, oldString: string, newString: string): Part => tool('edit_file', { input: { filePath, oldString, newString }, ...done });
const remove = (filePath: string): Part => tool('delete_file', { input: { filePath }, ...done });
const wrote = (...parts: readonly Part[]): readonly Message[] => [message('m1', 'assistant', ...parts)];
const record = (messages: readonly Message[]): ConversationRecord => ({
  facts: { deploymentId: 'A-1', taskName: 'T', agentName: 'A', organizationName: 'O', status: 'Completed', prompt: 'Build', sandbox: false }, messages, conversation: { messages: [] }, readAt: 0,
});

describe('The address of a document', () => {
  const path = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('../../x', '/etc/passwd', '..', '.', 'a/b/main.py', 'a?b#c', 'ü.py'));
  const documents: fc.Arbitrary<ConversationDocument> = fc.oneof(
    fc.record({ kind: fc.constantFrom('file' as const, 'before' as const, 'after' as const), path, version: fc.integer({ min: 1, max: 999 }) }),
    fc.record({ kind: fc.constant('nothing' as const), path }),
  );

  it('leads back to the document, and its path climbs nowhere', () => {
    fc.assert(fc.property(documents, (document) => {
      const location = locationOf({ deploymentId: 'A-1', document });
      expect(addressOf(location)).toEqual({ deploymentId: 'A-1', document });
      expect(new URL(`x://host${encodeURI(location.path)}`).pathname.split('/').length).toBe(location.path.split('/').length);
      expect(location.path).toMatch(/^\/A-1\/(?:(?:file|before|after)\/\d+|nothing)\/[^/]+$/);
    }));
  });

  it('ends with the file’s name, which gives the language', () => {
    expect(locationOf({ deploymentId: 'A-1', document: { kind: 'file', path: 'src/main.py', version: 2 } })).toEqual({ path: '/A-1/file/2/main.py', query: 'src/main.py' });
    expect(locationOf({ deploymentId: 'A-1', document: { kind: 'transcript', title: 'a/b' } }).path).toBe('/A-1/transcript/a-b.md');
  });

  it.each(['', '/', '/A-1', '/A-1/file/0/x', '/A-1/file/two/x', '/A-1/file/1', '/A-1/wonder/x', '/A-1/transcript/x.txt'])('is not %j', (at) => {
    expect(addressOf({ path: at, query: '' })).toBeUndefined();
  });
});

describe('The text of a document', () => {
  const held = record([message('m0', 'user', text('Build')), ...wrote(create('a.py', 'one'), edit('a.py', 'one', 'two'), remove('a.py'), edit('b.py', 'old', 'new'), text('Done.'))]);
  it.each<[string, ConversationDocument, string | undefined]>([
    ['a version', { kind: 'file', path: 'a.py', version: 2 }, 'two'],
    ['a deletion', { kind: 'file', path: 'a.py', version: 3 }, ''],
    ['a version that is not there', { kind: 'file', path: 'a.py', version: 4 }, undefined],
    ['a version that is not known', { kind: 'file', path: 'b.py', version: 1 }, undefined],
    ['the passage before', { kind: 'before', path: 'b.py', version: 1 }, 'old'],
    ['the passage after', { kind: 'after', path: 'b.py', version: 1 }, 'new'],
    ['nothing', { kind: 'nothing', path: 'a.py' }, ''],
    ['the prompts', { kind: 'prompts', title: 'Prompts' }, 'Build'],
    ['the answer', { kind: 'answer', title: 'Answer' }, 'Done.'],
  ])('is %s', (_name, document, expected) => {
    expect(documentText(held, document)).toBe(expected);
  });
});

describe('The change that a version made', () => {
  it('is against the version before, against nothing where it was created, and the passage alone where no more is known', () => {
    const [file] = writtenFiles(wrote(create('a.py', 'one'), edit('a.py', 'one', 'two'), edit('a.py', 'three', 'four'), edit('a.py', 'x', 'y')));
    const changes = file!.versions.map((version) => changeOf(file!, version));
    expect(changes.map((change) => change && [change.left.kind, change.right.kind])).toEqual([['nothing', 'file'], ['file', 'file'], ['before', 'after'], ['before', 'after']]);
    expect(changes[1]).toMatchObject({ left: { version: 1 }, right: { version: 2 }, title: 'a.py (version 1 ↔ 2)' });
  });

  it('is not known where the text before is not', () => {
    const [file] = writtenFiles(wrote(tool('edit_file', { input: { filePath: 'a', content: 'all' }, ...done })));
    expect(changeOf(file!, file!.versions[0]!)).toBeUndefined();
  });
});

describe('The files of two deployments', () => {
  it('are compared as they are in the end', () => {
    const left = wrote(create('same', 'x'), create('changed', 'a\nb'), create('left', 'l'), create('gone', 'g'), remove('gone'), edit('unknown', 'a', 'b'));
    const right = wrote(create('same', 'y'), edit('same', 'y', 'x'), create('changed', 'a\nc\nd'), create('right', 'r'), create('gone', 'g'), create('unknown', 'b'));
    expect(compareFiles(left, right).map(({ path, state, lines }) => [path, state, lines])).toEqual([
      ['changed', 'changed', { added: 2, removed: 1 }], ['gone', 'onlyRight', undefined], ['left', 'onlyLeft', undefined], ['right', 'onlyRight', undefined],
      ['same', 'same', undefined], ['unknown', 'unknown', undefined],
    ]);
  });
});
