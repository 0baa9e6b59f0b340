import { describe, expect, test } from 'vitest';
import { completionTargetAt } from '../../../../src/core/prompts/completion';

/** The place at the `^` of the text. */
const at = (marked: string) => {
  const offset = marked.indexOf('^');
  const before = marked.slice(0, offset).split('\n');
  return completionTargetAt(marked.replace('^', ''), {
    line: before.length - 1,
    character: before.at(-1)?.length ?? 0,
  });
};

describe('what completes in a prompt file', () => {
  test('the section, in front matter that has none', () => {
    expect(at('---\nmode: x\nqua^\n---\nGo')).toMatchObject({
      what: { kind: 'section' },
      startCharacter: 0,
      endCharacter: 3,
    });
    expect(at('---\nquantconnect:\n  agent: x\nqua^\n---\nGo')).toBeUndefined();
  });
  test('the settings that are not there yet', () => {
    expect(at('---\nquantconnect:\n  agent: x\n  p^\n---\nGo')).toMatchObject({
      what: { kind: 'settingName', missing: ['task', 'project', 'organization'] },
      startCharacter: 2,
      endCharacter: 3,
    });
  });
  test('values, of which all is replaced up to a comment', () => {
    expect(at('---\nquantconnect: # x\n  agent: Back^test Agent  # who\n---\nGo')).toEqual({
      what: { kind: 'value', of: 'agent' },
      startCharacter: 9,
      endCharacter: 23,
      needsBlank: false,
    });
    expect(at('---\nquantconnect:\n  project:^\n---\nGo')).toEqual({
      what: { kind: 'value', of: 'project' },
      startCharacter: 10,
      endCharacter: 10,
      needsBlank: true,
    });
  });
  test.each([
    ['the prompt', '---\nquantconnect:\n---\n  agent: ^'],
    ['another key’s settings', '---\nquantconnect:\n  agent: x\nmodel:\n  agent: ^\n---\n'],
    ['a setting that is none', '---\nquantconnect:\n  other: ^\n---\n'],
    ['a file without front matter', '  agent: ^'],
    ['the fences', '---^\nquantconnect:\n---\n'],
    ['the end fence', '---\nquantconnect:\n---^\n'],
  ])('nothing in %s', (_, text) => {
    expect(at(text)).toBeUndefined();
  });
});
