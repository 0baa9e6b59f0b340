import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepIdentity } from '../../../../../src/core/pages/conversation/diff';
import {
  countWrittenFiles,
  FileMemory,
  versionOf,
  writtenFiles,
  type FileContent,
  type WrittenFile,
} from '../../../../../src/core/conversation/files/files';
import { toTranscript } from '../../../../../src/core/conversation/transcript/parseTranscript';
import type { Message, Part, ToolPart } from '../../../../../src/core/conversation/transcript/transcript';
import { answer, everyPart, message, strategyRun, text, tool } from '../../../../support/conversations';

const done = { output: answer({ success: true, errors: [] }) };
const create = (filePath: string, content: string): ToolPart =>
  tool('create_file', { input: { filePath, content }, ...done });
const edit = (filePath: string, oldString: string, newString: string): ToolPart =>
  tool('edit_file', { input: { filePath, oldString, newString }, ...done });
const rewrite = (filePath: string, content: string): ToolPart =>
  tool('edit_file', { input: { filePath, content }, ...done });
const remove = (filePath: string): ToolPart => tool('delete_file', { input: { filePath }, ...done });
const files = (...parts: readonly Part[]): readonly WrittenFile[] =>
  writtenFiles([message('m1', 'assistant', ...parts)]);
const known = (words: string): FileContent => ({ kind: 'known', text: words });

/** The contents of the only file, version by version. */
const contents = (...parts: readonly Part[]): readonly FileContent[] => {
  const [file, ...others] = files(...parts);
  expect(others).toEqual([]);
  return file?.versions.map(({ content }) => content) ?? [];
};

describe('writtenFiles', () => {
  it('lists every version of a file, with its lines and its call', () => {
    expect(
      files(
        text('First'),
        create('main.py', 'a\nb\n'),
        edit('./main.py', 'b', 'B\nC'),
        rewrite('main.py', 'x'),
        remove('main.py'),
      ),
    ).toMatchObject([
      {
        path: 'main.py',
        isDeleted: true,
        versions: [
          {
            number: 1,
            operation: 'create',
            content: known('a\nb\n'),
            lines: { added: 2, removed: 0 },
            messageId: 'm1',
            partIndex: 1,
          },
          { number: 2, operation: 'edit', content: known('a\nB\nC\n'), lines: { added: 2, removed: 1 }, partIndex: 2 },
          { number: 3, operation: 'edit', content: known('x'), lines: { added: 1, removed: 3 }, partIndex: 3 },
          {
            number: 4,
            operation: 'delete',
            content: { kind: 'deleted' },
            lines: { added: 0, removed: 1 },
            partIndex: 4,
          },
        ],
      },
    ]);
  });

  it('lists what a real run wrote', () => {
    const [file, ...others] = writtenFiles(strategyRun());
    expect(others).toEqual([]);
    expect(file).toMatchObject({
      path: 'main.py',
      isDeleted: false,
      versions: [{ lines: { added: 17, removed: 0 } }, { lines: { added: 2, removed: 0 } }],
    });
  });

  it('lists a file again that was deleted and created again', () => {
    expect(files(create('a', '1'), remove('a'), create('a', '2'))).toMatchObject([
      { isDeleted: false, versions: [{}, {}, { lines: { added: 1, removed: 0 } }] },
    ]);
  });

  it('accepts empty files', () => {
    expect(contents(create('a', ''))).toEqual([known('')]);
    expect(contents(create('a', 'x'), edit('a', 'x', ''))).toEqual([known('x'), known('')]);
  });

  it('reads a replacement literally', () => {
    expect(contents(create('a', 'cost: $x'), edit('a', '$x', '$& $1 $$'))).toEqual([
      known('cost: $x'),
      known('cost: $& $1 $$'),
    ]);
  });

  it.each<[string, readonly Part[], string]>([
    ['does not match', [create('a', 'one'), edit('a', 'two', 'three')], 'noMatch'],
    ['matches several times', [create('a', 'one one'), edit('a', 'one', 'two')], 'severalMatches'],
    ['matches several times, overlapping', [create('a', 'aaa'), edit('a', 'aa', 'b')], 'severalMatches'],
    ['works on a file that nobody wrote here', [edit('a', 'one', 'two')], 'beforeUnknown'],
    ['works on a file that was deleted', [create('a', 'one'), remove('a'), edit('a', 'one', 'two')], 'beforeUnknown'],
    ['works on a version that is not known', [edit('a', 'one', 'two'), edit('a', 'two', 'three')], 'beforeUnknown'],
    [
      'does not say what it wrote',
      [tool('edit_file', { input: { filePath: 'a', oldString: 'x' }, ...done })],
      'notTold',
    ],
  ])('say why a version is not known when an edit %s', (_name, parts, reason) => {
    expect(contents(...parts).at(-1)).toMatchObject({ kind: 'unknown', reason });
  });

  it('knows a file again as soon as its whole content is written', () => {
    expect(files(edit('a', 'one', 'two'), rewrite('a', 'all\n'))).toMatchObject([
      { versions: [{ lines: { added: 1, removed: 1 } }, { content: known('all\n') }] },
    ]);
    expect(files(edit('a', 'one', 'two'), rewrite('a', 'all\n'))[0]?.versions[1]).not.toHaveProperty('lines');
  });

  it.each<[string, Partial<ToolPart>]>([
    ['is still being written', { state: 'input-streaming' }],
    ['has not been answered', { state: 'input-available' }],
    ['waits for approval', { state: 'approval-requested' }],
    ['was denied', { state: 'output-denied' }],
    ['failed', { state: 'output-error', errorText: 'Disk full' }],
    ['has more to come', { ...done, preliminary: true }],
    ['answered with a failure', { output: answer({ success: false, errors: ['No such project'] }) }],
    ['answered with an MCP error', { output: { isError: true, content: [] } }],
    ['is in a state nobody knows', { ...done, state: 'dreaming' }],
  ])('leave out a call that %s', (_name, changed) => {
    expect(files(tool('create_file', { input: { filePath: 'a', content: 'x' }, ...changed }))).toEqual([]);
  });

  it('lists a file with an unsafe path, and says so', () => {
    expect(files(create('../../.bashrc', 'x'), create('main.py', 'y'))).toMatchObject([
      { path: '../../.bashrc', problem: 'climbs' },
      { path: 'main.py' },
    ]);
  });

  it('includes files of sub-agents, in the order of their work', () => {
    const inner = message('inner', 'assistant', edit('main.py', 'one', 'two'));
    const messages = [
      message(
        'm1',
        'assistant',
        create('main.py', 'one'),
        tool('ask_coder', { ...done, messages: [inner] }),
        edit('main.py', 'two', 'three'),
      ),
    ];
    const found = writtenFiles(messages);
    expect(found.map(({ versions }) => versions.map(({ content }) => content))).toEqual([
      [known('one'), known('two'), known('three')],
    ]);
    expect(versionOf(found, { messageId: 'inner', partIndex: 0 })?.version.number).toBe(2);
    expect(versionOf(found, { messageId: 'm1', partIndex: 1 })).toBeUndefined();
  });
});

type Step = { readonly path: string } & (
  | { readonly content: string; readonly kind: 'create' | 'rewrite' }
  | { readonly kind: 'edit'; readonly from: string; readonly to: string }
  | { readonly kind: 'delete' }
);

const path = fc.constantFrom('a.py', 'b/c.py');
const content = fc.array(fc.constantFrom('x', 'y', 'z', '\n'), { maxLength: 8 }).map((pieces) => pieces.join(''));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ path, kind: fc.constantFrom('create' as const, 'rewrite' as const), content }),
  fc.record({ path, kind: fc.constant('edit' as const), from: content, to: content }),
  fc.record({ path, kind: fc.constant('delete' as const) }),
);
const asCall = (did: Step): ToolPart =>
  did.kind === 'create'
    ? create(did.path, did.content)
    : did.kind === 'rewrite'
      ? rewrite(did.path, did.content)
      : did.kind === 'edit'
        ? edit(did.path, did.from, did.to)
        : remove(did.path);

describe('writtenFiles: any conversation', () => {
  it('gives the same files as running the calls one by one', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        const disk = new Map<string, string | undefined>();
        for (const did of steps) {
          if (did.kind === 'delete') disk.delete(did.path);
          else if (did.kind !== 'edit') disk.set(did.path, did.content);
          else {
            const before = disk.get(did.path);
            const places =
              before === undefined
                ? 0
                : Array.from({ length: before.length + 1 }, (_, at) => at).filter((at) =>
                    before.startsWith(did.from, at),
                  ).length;
            const isSame = places > 0 && did.from === did.to;
            disk.set(did.path, isSame ? before : places === 1 ? before?.replace(did.from, () => did.to) : undefined);
          }
        }
        const found = files(...steps.map(asCall));
        expect(new Set(found.map((file) => file.path))).toEqual(new Set(steps.map((did) => did.path)));
        for (const file of found) {
          const last = file.versions.at(-1)!.content;
          expect(file.isDeleted).toBe(!disk.has(file.path));
          if (last.kind !== 'deleted') expect(last.kind === 'known' ? last.text : undefined).toBe(disk.get(file.path));
          expect(file.versions.map(({ number }) => number)).toEqual(file.versions.map((_, index) => index + 1));
        }
        expect(found.flatMap(({ versions }) => versions)).toHaveLength(steps.length);
      }),
    );
  });

  it('gives the same files after one read or many', () => {
    const transcript = fc
      .array(fc.array(step, { maxLength: 4 }), { maxLength: 4 })
      .map((messages): readonly Message[] =>
        messages.map((steps, index) => message(`m${String(index)}`, 'assistant', ...steps.map(asCall))),
      );
    fc.assert(
      fc.property(fc.array(transcript, { minLength: 1, maxLength: 4 }), (reads) => {
        const watched = reads.reduce(keepIdentity, []);
        expect(writtenFiles(watched)).toEqual(writtenFiles(reads.at(-1)!));
      }),
    );
  });

  it('reads any transcript without throwing', () => {
    const junk = fc.record(
      {
        type: fc.constantFrom('tool-create_file', 'tool-edit_file', 'tool-delete_file', 'dynamic-tool'),
        toolName: fc.constantFrom('create_file', 'edit_file'),
        state: fc.constantFrom('output-available', 'input-streaming'),
        output: fc.jsonValue(),
        input: fc.oneof(
          fc.jsonValue(),
          fc.record(
            {
              filePath: fc.oneof(fc.string(), fc.jsonValue()),
              content: fc.jsonValue(),
              oldString: fc.jsonValue(),
              newString: fc.jsonValue(),
            },
            { requiredKeys: [] },
          ),
        ),
        messages: fc.jsonValue(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(junk, fc.jsonValue())), (parts) => {
        const found = writtenFiles(toTranscript({ messages: [{ role: 'assistant', parts }] }));
        expect(found.every(({ versions }) => versions.length > 0)).toBe(true);
      }),
    );
    expect(writtenFiles(everyPart())).toEqual([]);
  });
});

describe('FileMemory', () => {
  const call = fc.constantFrom(
    create('a.py', 'one\ntwo\n'),
    create('b.py', 'x'),
    edit('a.py', 'two', 'three'),
    edit('a.py', 'three', 'two'),
    rewrite('b.py', 'y'),
    remove('a.py'),
    text('words'),
    tool('create_file', { state: 'input-available', input: { filePath: 'c.py' } }),
  );
  const asked = fc
    .array(call, { maxLength: 2 })
    .map((parts) => tool('ask', { messages: [message('n1', 'assistant', ...parts)] }));
  const conversation = fc
    .array(fc.array(fc.oneof(call, asked), { maxLength: 4 }), { maxLength: 5 })
    .map((messages) => messages.map((parts, index) => message(`m${String(index)}`, 'assistant', ...parts)));

  it('does not change the result, whatever was read before', () => {
    fc.assert(
      fc.property(fc.array(conversation, { minLength: 1, maxLength: 5 }), (reads) => {
        const memory = new FileMemory();
        let current: readonly Message[] = [];
        for (const read of reads) {
          current = keepIdentity(current, read);
          expect(writtenFiles(current, memory)).toEqual(writtenFiles(read));
          expect(countWrittenFiles(current, memory)).toBe(writtenFiles(read).length);
        }
      }),
    );
  });

  it('returns unchanged versions as the same objects, and reads no message twice', () => {
    const memory = new FileMemory();
    const parts: readonly Part[] = [create('a.py', 'one'), edit('a.py', 'one', 'two')];
    let walked = 0;
    const watched = {
      ...message('m1', 'assistant'),
      get parts() {
        walked++;
        return parts;
      },
    };
    const [before] = writtenFiles([watched], memory);
    expect(walked).toBe(1);
    const [after] = writtenFiles([watched, message('m2', 'assistant', edit('a.py', 'two', 'three'))], memory);
    expect(walked).toBe(1);
    expect(after?.versions.slice(0, 2).every((version, index) => version === before?.versions[index])).toBe(true);
    expect(after?.versions).toHaveLength(3);
  });

  it('makes the versions after a changed one again', () => {
    const memory = new FileMemory();
    const last = message('m2', 'assistant', edit('a.py', 'b', 'c'));
    expect(
      writtenFiles([message('m1', 'assistant', create('a.py', 'a b')), last], memory)[0]?.versions[1]?.content,
    ).toEqual(known('a c'));
    expect(
      writtenFiles([message('m1', 'assistant', create('a.py', 'x b')), last], memory)[0]?.versions[1]?.content,
    ).toEqual(known('x c'));
  });
});
