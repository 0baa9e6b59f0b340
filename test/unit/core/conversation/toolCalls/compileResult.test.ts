import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingIn, locationOf, readCompile } from '../../../../../src/core/conversation/toolCalls/compileResult';
import { readToolOutput } from '../../../../../src/core/conversation/toolCalls/toolOutput';
import { summarizeTool } from '../../../../../src/core/conversation/toolCalls/toolSummary';
import { answer, tool } from '../../../../support/conversations';

const compiled = (structured: Readonly<Record<string, unknown>>) =>
  readCompile(readToolOutput({ output: answer(structured) }));

describe('readCompile', () => {
  it.each([
    ['main.py:14: NameError: x', { place: 'main.py:14', message: 'NameError: x' }],
    ['main.py:14:5: NameError: x', { place: 'main.py:14:5', message: 'NameError: x' }],
    [
      'alpha models/Main.cs(12,5): error CS1002: ; expected',
      { place: 'alpha models/Main.cs:12:5', message: 'error CS1002: ; expected' },
    ],
    ['Main.cs(12): error CS1002', { place: 'Main.cs:12', message: 'error CS1002' }],
    [
      'Build Error: File: main.py Line:6 Column:0 - invalid syntax',
      { place: 'main.py:6', message: 'Build Error: invalid syntax' },
    ],
    ['Build Error: File: n/a Line:0 Column:0 - no code', { place: undefined, message: 'Build Error: no code' }],
    ['Line 4: unused import', { place: 'line 4', message: 'unused import' }],
    ['invalid syntax (main.py, line 7)', { place: 'main.py:7', message: 'invalid syntax (main.py, line 7)' }],
    ['File "main.py", line 9, in initialize', { place: 'main.py:9', message: 'File "main.py", line 9, in initialize' }],
    ['unexpected indent at line 12', { place: 'line 12', message: 'unexpected indent at line 12' }],
    ['12:30:01 the build began', { place: undefined, message: '12:30:01 the build began' }],
    ['nothing tells where', { place: undefined, message: 'nothing tells where' }],
  ])('%s', (text, { place, message }) => {
    const finding = findingIn(text);
    expect(locationOf(finding)).toBe(place);
    expect(finding).toMatchObject({ text, message });
  });

  it('lists each text once, errors and warnings apart', () => {
    expect(compiled({ success: false, errors: ['a', 'a', 'b'], warnings: ['w'] })).toMatchObject({
      state: 'failed',
      errors: [{ text: 'a' }, { text: 'b' }],
      warnings: [{ text: 'w' }],
    });
  });

  it('reads the log of a failed build that lists no errors', () => {
    const build = {
      success: true,
      errors: [],
      warnings: ['main.py:1: unused'],
      state: 'BuildError',
      logs: ['Build Request Failed', 'main.py:3: error: x', 'main.py:1: unused'],
    };
    expect(compiled(build)).toMatchObject({
      state: 'failed',
      errors: [{ file: 'main.py', line: 3, message: 'error: x' }],
    });
    expect(summarizeTool(tool('read_compile', { output: answer(build) }))).toMatchObject({
      title: 'Compile failed, 1 error',
      tone: 'failed',
      detail: 'main.py:3: error: x',
    });
  });

  it('says that a build waits in the queue', () => {
    expect(summarizeTool(tool('create_compile', { output: answer({ success: true, state: 'InQueue' }) })).title).toBe(
      'Compile queued',
    );
  });

  it('never throws, and never invents a line', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (output) => {
        expect(readCompile(readToolOutput({ output })).errors).toBeInstanceOf(Array);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { line } = findingIn(text);
        expect(line === undefined || text.includes(String(line))).toBe(true);
      }),
    );
  });

  it('is fast for any text', () => {
    for (const text of [
      'a'.repeat(200_000),
      `${'a.'.repeat(100_000)}:1: x`,
      `File: ${' '.repeat(100_000)}`,
      '('.repeat(100_000),
    ])
      expect(findingIn(text).text).toBe(text);
  });
});
