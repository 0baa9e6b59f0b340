/** Texts that try to keep the page busy. Bundled for a worker thread: see `worker.ts`. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import csharp from 'highlight.js/lib/languages/csharp';
import diff from 'highlight.js/lib/languages/diff';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { mayHighlight } from '../../../webview-ui/conversation/rich/highlightCost';
import { visibleText } from '../../../webview-ui/conversation/rich/visibleText';
import type { Case } from './worker';

const LANGUAGES = { bash, csharp, diff, json, markdown, python, sql, xml, yaml };
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

const CODE = [
  'The quick brown fox jumps ',
  'a',
  '[a](',
  '](',
  '[[[[[[](',
  '<a b="',
  '{"a":',
  '"',
  '$(',
  '1e',
  'public static ',
  '- a: ',
  "'''",
];
const MARKDOWN = [
  '>',
  '> ',
  '- ',
  '1. ',
  '1) ',
  '> - ',
  '[',
  '![',
  '[a](',
  '[](<',
  '*a**',
  '_',
  '~a',
  '`',
  '<a b="',
  '!',
  'a_',
  '|a|b|\n|-|-|\n',
  '-\n',
  '- a\n',
  '*\n',
  '\n- a\n\n',
  '[a]: <',
];

/** A text of at most this length, in lines of so many characters; 0: in one line. */
function repeated(piece: string, size: number, width: number): string {
  if (width === 0) return piece.repeat(size / piece.length);
  const line = `${piece.repeat(width / piece.length)}\n`;
  return line.repeat(size / line.length);
}

/** What the page does with a block of code. */
function color(text: string, language: string): void {
  if (mayHighlight(text, language)) hljs.highlight(text, { language, ignoreIllegals: true });
}

export const CASES: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    Object.keys(LANGUAGES).map((language): [string, Case] => [
      `highlight: ${language}`,
      {
        size: 3_500,
        run: (size) => {
          for (const piece of CODE) for (const width of [0, 80, 300]) color(repeated(piece, size, width), language);
        },
      },
    ]),
  ),
  ...Object.fromEntries(
    [0, 80, 1_000].map((width): [string, Case] => [
      `Markdown: lines of ${String(width)}`,
      {
        size: 4_000,
        run: (size) => {
          for (const piece of MARKDOWN) visibleText(repeated(piece, size, width));
        },
      },
    ]),
  ),
  'Markdown: a list in a list': {
    size: 6_000,
    run: (size) => {
      let text = '';
      for (let depth = 0; text.length < size; depth++) text += `${'  '.repeat(depth)}- a\n`;
      visibleText(text);
    },
  },
  'Markdown: tags in tags': {
    size: 20_000,
    run: (size) => {
      visibleText('<b>'.repeat(size / 3));
      visibleText('<b><i>\n\n'.repeat(size / 8));
    },
  },
};
