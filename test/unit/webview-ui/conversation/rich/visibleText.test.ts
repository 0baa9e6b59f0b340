import { beforeAll, expect, it } from 'vitest';
import { coreTexts } from '../../../../../src/texts/coreTexts';
import { visibleText } from '../../../../../webview-ui/conversation/rich/visibleText';
import { installTexts } from '../../../../../webview-ui/shared/texts';

const lines = (markdown: string): readonly string[] =>
  visibleText(markdown)
    .split('\0')
    .map((line) => line.trim())
    .filter((line) => line !== '');

beforeAll(() => {
  installTexts(JSON.stringify({ page: { 'part.imageLink': 'Image: {0}' }, core: coreTexts() }));
});

it('is the visible text of Markdown: no markup, no addresses, blocks separate', () => {
  expect(
    lines('# A *title*\n\nSee [the **page**](https://example.com/hidden "tip") and `code`,\nwhich goes on.'),
  ).toEqual(['A title', 'See the page and code,\nwhich goes on.']);
  expect(lines('| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n  - two\n- [x] three')).toEqual([
    'a',
    'b',
    '1',
    '2',
    'one',
    'two',
    '☑ three',
  ]);
  expect(lines('```python title\nx = *1*\n```')).toEqual(['x = *1*']);
  expect(lines('![curve](https://example.com/c.png)')).toEqual(['Image: curve']);
});

it('holds characters, not their entities, and tags that are shown as they are written', () => {
  expect(lines('a &lt; b &amp;amp; &#66;&copy; \\*x\\* <script>y</script>')).toEqual([
    'a < b &amp; B© *x* <script>y</script>',
  ]);
  expect(lines('<details><summary>More</summary>\n\ninside\n\n</details>')).toEqual(['More', 'inside']);
  expect(lines('one<br>two')).toEqual(['one\ntwo']);
});
