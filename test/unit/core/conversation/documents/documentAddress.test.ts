import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFiles } from '../../../../../src/core/conversation/documents/compareFiles';
import {
  addressOf,
  changeOf,
  documentOf,
  documentText,
  isNumbered,
  locationOf,
  type ConversationDocument,
} from '../../../../../src/core/conversation/documents/documentAddress';
import { writtenFiles } from '../../../../../src/core/conversation/files/files';
import type { ConversationRecord } from '../../../../../src/core/conversation/documents/record';
import type { Message, Part } from '../../../../../src/core/conversation/transcript/transcript';
import { answer, message, text, tool } from '../../../../support/conversations';

const done = { output: answer({ success: true }) };
const create = (filePath: string, content: string): Part =>
  tool('create_file', { input: { filePath, content }, ...done });
const edit = (filePath: string, oldString: string, newString: string): Part =>
  tool('edit_file', { input: { filePath, oldString, newString }, ...done });
const remove = (filePath: string): Part => tool('delete_file', { input: { filePath }, ...done });
const wrote = (...parts: readonly Part[]): readonly Message[] => [message('m1', 'assistant', ...parts)];
const record = (messages: readonly Message[]): ConversationRecord => ({
  facts: {
    deploymentId: 'A-1',
    taskName: 'T',
    agentName: 'A',
    organizationName: 'O',
    status: 'Completed',
    prompt: 'Build',
    sandbox: false,
  },
  messages,
  conversation: { messages: [] },
  readAt: 0,
});

describe('documentAddress', () => {
  const path = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('../../x', '/etc/passwd', '..', '.', 'a/b/main.py', 'a?b#c', 'ü.py'),
  );
  const documents: fc.Arbitrary<ConversationDocument> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('file' as const, 'before' as const, 'after' as const),
      path,
      number: fc.integer({ min: 1, max: 999 }),
      messageId: fc.oneof(fc.string(), fc.constantFrom('#3', 'm1/2/#0', '../..', 'a?b#c')),
      partIndex: fc.nat(999),
    }),
    fc.record({ kind: fc.constant('nothing' as const), path }),
  );

  it('leads back to the document, and never leaves its folder', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const location = locationOf({ deploymentId: 'A-1', document });
        expect(addressOf(location)).toEqual({ deploymentId: 'A-1', document });
        expect(new URL(`x://host${encodeURI(location.path)}`).pathname.split('/').length).toBe(
          location.path.split('/').length,
        );
        expect(location.path).toMatch(/^\/A-1\/(?:(?:file|before|after)\/version-\d+|nothing)\/[^/]+$/);
      }),
    );
  });

  it('ends with the file’s name, which gives the language', () => {
    expect(
      locationOf({
        deploymentId: 'A-1',
        document: { kind: 'file', path: 'src/main.py', number: 2, messageId: 'm1', partIndex: 3 },
      }),
    ).toEqual({
      path: '/A-1/file/version-2/main.py',
      query: '{"path":"src/main.py","messageId":"m1","partIndex":3}',
    });
    expect(locationOf({ deploymentId: 'A-1', document: { kind: 'transcript', title: 'a/b' } }).path).toBe(
      '/A-1/transcript/a-b.md',
    );
  });

  const call = '{"path":"x","messageId":"m","partIndex":0}';
  it.each([
    '',
    '/',
    '/A-1',
    '/A-1/file/version-0/x',
    '/A-1/file/version-two/x',
    '/A-1/file/2/x',
    '/A-1/file/version-1',
    '/A-1/wonder/x',
    '/A-1/transcript/x.txt',
  ])('is not %j', (at) => {
    expect(addressOf({ path: at, query: call })).toBeUndefined();
  });

  it.each(['', 'src/main.py', 'null', '{"path":"x","messageId":"m"}', '{"path":"x","messageId":"m","partIndex":"0"}'])(
    'names no version by %j',
    (query) => {
      expect(addressOf({ path: '/A-1/file/version-1/x', query })).toBeUndefined();
    },
  );

  it('recognizes an early address that names a version by its number', () => {
    expect(
      ['/A-1/file/2/main.py', '/A-1/before/12/x', '/A-1/file/version-2/main.py', '/A-1/file/2', '/A-1/nothing/2/x'].map(
        (at) => isNumbered({ path: at, query: '' }),
      ),
    ).toEqual([true, true, false, false, false]);
  });
});

describe('documentText', () => {
  const written = record([
    message('m0', 'user', text('Build')),
    ...wrote(
      create('a.py', 'one'),
      edit('a.py', 'one', 'two'),
      remove('a.py'),
      edit('b.py', 'old', 'new'),
      text('Done.'),
    ),
  ]);
  const at = (kind: 'file' | 'before' | 'after', path: string, partIndex: number): ConversationDocument => ({
    kind,
    path,
    number: 1,
    messageId: 'm1',
    partIndex,
  });
  it.each<[string, ConversationDocument, string | undefined]>([
    ['a version', at('file', 'a.py', 1), 'two'],
    ['a deletion', at('file', 'a.py', 2), ''],
    ['a version that is not there', at('file', 'a.py', 5), undefined],
    ['another file’s version', at('file', 'b.py', 1), undefined],
    ['a version that is not known', at('file', 'b.py', 3), undefined],
    ['the passage before', at('before', 'b.py', 3), 'old'],
    ['the passage after', at('after', 'b.py', 3), 'new'],
    ['nothing', { kind: 'nothing', path: 'a.py' }, ''],
    ['the prompts', { kind: 'prompts', title: 'Prompts' }, 'Build'],
    ['the answer', { kind: 'answer', title: 'Answer' }, 'Done.'],
  ])('is %s', (_name, document, expected) => {
    expect(documentText(written, document)).toBe(expected);
  });
});

describe('documentText: an open version', () => {
  it('stays the same when an earlier call ends later and gets its number', () => {
    const late = (state: 'input-available' | 'output-available'): readonly Message[] =>
      wrote(
        create('a.py', 'one\ntwo\n'),
        tool('edit_file', { input: { filePath: 'a.py', oldString: 'one', newString: '1' }, ...done, state }),
        edit('a.py', 'two', '2'),
      );
    const [file] = writtenFiles(late('input-available'));
    const opened = addressOf(
      locationOf({ deploymentId: 'A-1', document: documentOf('a.py', file!.versions[1]!)! }),
    )!.document;
    expect(documentText(record(late('input-available')), opened)).toBe('one\n2\n');
    expect(writtenFiles(late('output-available'))[0]?.versions[1]?.content).toEqual({
      kind: 'known',
      text: '1\ntwo\n',
    });
    expect(documentText(record(late('output-available')), opened)).toBe('1\n2\n');
  });
});

describe('changeOf', () => {
  it('compares with the version before, with nothing for a new file, or only the passage if no more is known', () => {
    const [file] = writtenFiles(
      wrote(create('a.py', 'one'), edit('a.py', 'one', 'two'), edit('a.py', 'three', 'four'), edit('a.py', 'x', 'y')),
    );
    const changes = file!.versions.map((version) => changeOf(file!, version));
    expect(changes.map((change) => change && [change.left.kind, change.right.kind])).toEqual([
      ['nothing', 'file'],
      ['file', 'file'],
      ['before', 'after'],
      ['before', 'after'],
    ]);
    expect(changes[1]).toMatchObject({
      left: { partIndex: 0 },
      right: { partIndex: 1 },
      title: 'a.py (version 1 ↔ version 2)',
    });
  });

  it('is undefined if the text before is unknown', () => {
    const [file] = writtenFiles(wrote(tool('edit_file', { input: { filePath: 'a', content: 'all' }, ...done })));
    expect(changeOf(file!, file!.versions[0]!)).toBeUndefined();
  });
});

describe('compareFiles', () => {
  it('compares the last versions', () => {
    const left = wrote(
      create('same', 'x'),
      create('changed', 'a\nb'),
      create('left', 'l'),
      create('gone', 'g'),
      remove('gone'),
      edit('unknown', 'a', 'b'),
    );
    const right = wrote(
      create('same', 'y'),
      edit('same', 'y', 'x'),
      create('changed', 'a\nc\nd'),
      create('right', 'r'),
      create('gone', 'g'),
      create('unknown', 'b'),
    );
    expect(compareFiles(left, right).map(({ path, state, lines }) => [path, state, lines])).toEqual([
      ['changed', 'changed', { added: 2, removed: 1 }],
      ['gone', 'onlyRight', undefined],
      ['left', 'onlyLeft', undefined],
      ['right', 'onlyRight', undefined],
      ['same', 'same', undefined],
      ['unknown', 'unknown', undefined],
    ]);
  });
});
