import * as vscode from 'vscode';
import { renderMarkdown } from '../core/words/markdown';
import { joined, say, type Text, type Words } from '../core/words/words';

/**
 * The door to Markdown in VS Code: tooltips, hovers, explanations. The template of the words is Markdown of ours, their
 * values are text.
 */
export function markdown(words: Text): vscode.MarkdownString {
  const text = new vscode.MarkdownString(renderMarkdown(words), false);
  text.isTrusted = false;
  text.supportHtml = false;
  return text;
}

/** What is known of a thing: a title, perhaps a text, and a line for each fact that is known. */
export interface Facts {
  readonly title: Text;
  readonly text?: Text | undefined;
  readonly rows: readonly (readonly [label: Words, value: Text | number | undefined])[];
}

export function factsTooltip({ title, text, rows }: Facts): vscode.MarkdownString {
  const known = rows.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [say('*{0}*: {1}', label, value)],
  );
  // Two blanks before a line break keep the break.
  const list = known.reduce<Words | undefined>(
    (before, row) => (before ? say('{0}  \n{1}', before, row) : row),
    undefined,
  );
  return markdown(joined([say('**{0}**', title), text, list], '\n\n'));
}
