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
import { mayHighlight } from './highlightCost';

const languages = { bash, csharp, diff, json, markdown, python, sql, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerAliases(['shellscript'], { languageName: 'bash' });

/**
 * Colors code in place: of one element, or of several in sequence. Skips unknown languages and code that costs too
 * much.
 */
export function highlight(elements: readonly HTMLElement[], language: string): void {
  if (!hljs.getLanguage(language)) return;
  const texts = elements.map(({ textContent }) => textContent);
  const code = texts.join('');
  if (!mayHighlight(code, language)) return;
  const colored = toNodes(
    hljs.highlight(code, { language, ignoreIllegals: true }).value,
    texts.map(({ length }) => length),
  );
  // The text must not change. If it ever does, plain code is better than wrong code.
  if (colored.every(({ textContent }, index) => textContent === texts[index]))
    elements.forEach((element, index) => element.replaceChildren(colored[index] ?? ''));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/**
 * The highlighter writes only spans with a class and five entities. So we need no HTML parser, and no exception from
 * Trusted Types.
 * @param lengths where to cut the text. A span that crosses a cut continues in the next piece.
 */
function toNodes(html: string, lengths: readonly number[]): readonly DocumentFragment[] {
  const roots = lengths.map(() => document.createDocumentFragment());
  const names: string[] = [];
  let open: Node[] = roots.slice(0, 1);
  let [at, left] = [0, lengths[0] ?? 0];
  const begin = (name: string): void => {
    const span = document.createElement('span');
    span.className = name;
    open.at(-1)?.appendChild(span);
    open.push(span);
  };
  for (const [piece] of html.matchAll(/<span class="[^"]*">|<\/span>|[^<]+/g)) {
    if (piece === '</span>') {
      open.pop();
      names.pop();
    } else if (piece.startsWith('<')) {
      const name = piece.slice('<span class="'.length, -'">'.length);
      begin(name);
      names.push(name);
    } else {
      let text = piece.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
      while (text !== '') {
        for (; left === 0 && at + 1 < roots.length; left = lengths[at] ?? 0) {
          at++;
          open = roots.slice(at, at + 1);
          names.forEach(begin);
        }
        const taken = at + 1 < roots.length ? text.slice(0, left) : text;
        open.at(-1)?.appendChild(document.createTextNode(taken));
        left -= taken.length;
        text = text.slice(taken.length);
      }
    }
  }
  return roots;
}
