/** An agent's document as two parts: front matter and body. The body is the system prompt, to the last character. */
import { findFrontMatter, type FrontMatter } from '../markdownFile/frontMatter';

/** The front matter of an agent's document, and the body that follows it. */
export type DocumentParts =
  | Exclude<FrontMatter, { kind: 'closed' }>
  | (Extract<FrontMatter, { kind: 'closed' }> & { readonly yaml: string; readonly body: string });

/** Splits a document. One blank line between front matter and body belongs to neither. */
export function splitDocument(text: string): DocumentParts {
  const matter = findFrontMatter(text);
  if (matter.kind !== 'closed') return matter;
  return {
    ...matter,
    yaml: text.slice(matter.yamlStart, matter.yamlEnd),
    body: text.slice(matter.bodyStart).replace(/^(?:\r\n|\n|\r)/, ''),
  };
}

/**
 * Puts a document together. {@link splitDocument} gives `body` back unchanged.
 * @param yaml ends with a line break.
 */
export function joinDocument(yaml: string, body: string): string {
  // An editor uses one kind of line break for the whole document. If the front matter had another kind, opening the
  // document could change the body.
  return `---\n${yaml}---\n\n`.replaceAll('\n', prevailingLineBreak(body)) + body;
}

function prevailingLineBreak(text: string): '\n' | '\r\n' {
  const all = text.match(/\r\n|\r|\n/g) ?? [];
  const withReturn = all.filter((lineBreak) => lineBreak !== '\n').length;
  return withReturn > all.length / 2 ? '\r\n' : '\n';
}
