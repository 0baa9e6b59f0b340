import { describe, expect, it } from 'vitest';
import { findFrontMatter } from '../../../../src/core/markdownFile/frontMatter';

describe('markdownFile/frontMatter', () => {
  it.each([
    ['---\na: 1\n---\nBody', 'a: 1\n', 'Body'],
    ['\uFEFF---\r\na: 1\r\n---  \r\nBody', 'a: 1\r\n', 'Body'],
    ['---\n---', '', ''],
    ['---\na: 1\n---x\n---\nBody', 'a: 1\n---x\n', 'Body'],
  ])('finds settings and body of %j', (text, yaml, body) => {
    const found = findFrontMatter(text);
    if (found.kind !== 'closed') throw new Error(found.kind);
    expect([text.slice(found.yamlStart, found.yamlEnd), text.slice(found.bodyStart)]).toEqual([yaml, body]);
  });

  it('finds none where the first line is another, and says where the second fence is missing', () => {
    expect(findFrontMatter('Body\n---\na: 1\n---')).toEqual({ kind: 'none', bodyStart: 0 });
    expect(findFrontMatter('\uFEFFBody')).toEqual({ kind: 'none', bodyStart: 1 });
    expect(findFrontMatter('---\na: 1')).toEqual({ kind: 'unterminated', fenceStart: 0, fenceEnd: 3 });
  });
});
