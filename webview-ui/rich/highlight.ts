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

const languages = { bash, csharp, diff, json, markdown, python, sql, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerAliases(['shellscript'], { languageName: 'bash' });

/** Colours code in place. A language that is not known is left as it is. */
export function highlight(code: HTMLElement, language: string): void {
  if (!hljs.getLanguage(language)) return;
  const text = code.textContent;
  const coloured = toNodes(hljs.highlight(text, { language, ignoreIllegals: true }).value);
  // The text must come out as it went in; if it ever should not, plain code is better than wrong code.
  if (coloured.textContent === text) code.replaceChildren(coloured);
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" };

/** The highlighter writes nothing but spans with a class and five entities, so its HTML needs no HTML parser, and the page no way around Trusted Types. */
function toNodes(html: string): DocumentFragment {
  const root = document.createDocumentFragment();
  const open: Node[] = [root];
  for (const [piece] of html.matchAll(/<span class="[^"]*">|<\/span>|[^<]+/g)) {
    const parent = open.at(-1) ?? root;
    if (piece === '</span>') {
      open.pop();
    } else if (piece.startsWith('<')) {
      const span = document.createElement('span');
      span.className = piece.slice('<span class="'.length, -'">'.length);
      open.push(parent.appendChild(span));
    } else {
      parent.appendChild(document.createTextNode(piece.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity)));
    }
  }
  return root;
}
