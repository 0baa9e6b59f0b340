import * as vscode from 'vscode';
import { renderMarkdown } from '../core/words/markdown';
import { joined, markup, type Text, type Words } from '../core/words/words';

/**
 * The door to Markdown in VS Code: tooltips, hovers, explanations. The template of the words is our own Markdown. Their
 * values are plain text.
 */
export function markdown(words: Text): vscode.MarkdownString {
  const text = new vscode.MarkdownString(renderMarkdown(words), false);
  text.isTrusted = false;
  text.supportHtml = false;
  return text;
}

/** The content of a tooltip. A row without a value is left out. */
export interface Facts {
  readonly title: Text;
  readonly text?: Text | undefined;
  readonly rows: readonly (readonly [label: Words, value: Text | number | undefined])[];
}

export function factsTooltip({ title, text, rows }: Facts): vscode.MarkdownString {
  const known = rows.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [markup('*{0}*: {1}', label, value)],
  );
  // In Markdown, two spaces at the end of a line keep the line break.
  const list = known.reduce<Words | undefined>(
    (before, row) => (before ? markup('{0}  \n{1}', before, row) : row),
    undefined,
  );
  return markdown(joined([markup('**{0}**', title), text, list], '\n\n'));
}
