import * as vscode from 'vscode';
import type { EpochMs } from '../../core/api/model';

const INSTANTS = new Set(['Created', 'Started', 'Ended', 'Updated', 'Last deployed']);

/** A title and what is known, as untrusted Markdown: names and errors come from the server and stay text. */
export function facts(title: string, rows: readonly (readonly [label: string, value: string | number | undefined])[], text?: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  markdown.appendMarkdown('**').appendText(title).appendMarkdown('**\n\n');
  if (text) markdown.appendText(text.length > 400 ? `${text.slice(0, 400)}…` : text).appendMarkdown('\n\n');
  for (const [label, value] of rows) {
    if (value === undefined || value === '') continue;
    markdown.appendMarkdown(`*${label}*: `).appendText(INSTANTS.has(label) ? instant(value as EpochMs) : String(value)).appendMarkdown('  \n');
  }
  return markdown;
}

function instant(value: EpochMs): string {
  return new Date(value).toLocaleString();
}
