import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import {
  fenced,
  harmlessMarkdown,
  htmlWords,
  plainWords,
  webLink,
} from '../../../../../src/core/conversation/documents/markdownText';
import { codeBlocks, kinds, markdown, tokensOf } from './exportWorld';

describe('fenced', () => {
  it('contains exactly its code, whatever that is', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, fc.string()), (code) => {
        const plain = code.replaceAll('\r', '').replaceAll('\t', ' ');
        const [block, ...others] = marked
          .lexer(`${fenced(plain, 'python')}\n\nAfter`)
          .filter(({ type }) => type !== 'space');
        expect(block?.type).toBe('code');
        expect(
          codeBlocks(block?.raw ?? '')
            .join()
            .replace(/\n+$/, ''),
        ).toBe(plain.replace(/\n+$/, ''));
        expect(others.map(({ raw }) => raw)).toEqual(['After']);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no language that is not a word', () => {
    expect(fenced('x', 'py`\nthon')).toBe('```\nx\n```');
  });
});

describe('harmlessMarkdown', () => {
  it.each([
    ['a tag', 'a <b>bold</b> word', 'a &lt;b>bold&lt;/b> word'],
    ['a comparison', 'if a < b && c > d', 'if a < b && c > d'],
    ['code within a line', 'a `List<int>` here', 'a `List<int>` here'],
    ['backticks that do not pair', 'a `List<int> here', 'a `List&lt;int> here'],
    ['code that reaches into the next line', 'a `x\n`<b>`', 'a `x\n`&lt;b>`'],
    ['code in a table', '| `a | <b>` |', '| `a | &lt;b>` |'],
    ['an image', '![chart](https://e.com/p.png)', '&#33;[chart](https://e.com/p.png)'],
    ['an escaped tag', '\\<b>', '&lt;b>'],
    ['a code block', '```python\nx: List<int>\n```', '```python\nx: List<int>\n```'],
    ['a code block that never ends', 'See\n~~~\n<b>', 'See\n```\n<b>\n```'],
    ['a code block in a list', '- See\n  ```\n  <b>\n  ```\n- Next', '- See\n```\n<b>\n```\n- Next'],
    ["a code block right behind a list's marker", '1. ```py\n   <b>\n   ```', '1.\n```py\n<b>\n```'],
    ['a code block in a quotation', '> ```\n> <b>\n> ```', '> &#96;``\n> &lt;b>\n> &#96;``'],
    ['a formula in its line', '$$a<b$$', '$$a&lt;b$$'],
  ])('%s', (_name, given, expected) => {
    expect(harmlessMarkdown(given)).toBe(expected);
  });

  it('becomes neither HTML nor an image, and ends what it opens', () => {
    fc.assert(
      fc.property(markdown, (given) => {
        const written = `${harmlessMarkdown(given)}\n\n# Behind it`;
        expect(kinds(written, 'html', 'image')).toEqual([]);
        expect(marked.lexer(written).at(-1)).toMatchObject({ type: 'heading', text: 'Behind it' });
      }),
      { numRuns: 3_000 },
    );
  });

  it('plainWords: gives only plain text', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, fc.string()), (given) => {
        const found = tokensOf(`- ${plainWords(given)}x`).map(({ type }) => type);
        expect(
          found.filter((type) => !['list', 'list_item', 'text', 'escape', 'paragraph', 'link'].includes(type)),
        ).toEqual([]);
        expect(htmlWords(given)).not.toMatch(/[<>\n]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('webLink: links only to the web', () => {
    expect(webLink('A page', 'https://e.com/a?b=c')).toBe('[A page](https://e.com/a?b=c)');
    for (const url of ['javascript:alert(1)', 'command:x', 'file:///etc', ''])
      expect(kinds(webLink('A', url), 'link', 'html')).toEqual([]);
    expect(kinds(webLink('![a](https://e.com/p.png)', 'https://e.com/'), 'image')).toEqual([]);
    expect(webLink('A', 'https://e.com/)<b>')).toBe('A: https://e.com/)&lt;b>');
  });
});
