/**
 * Recognizes what an editor changes by itself when it saves: blanks at line ends and line breaks at the end of the text
 * (`files.trimTrailingWhitespace`, `files.insertFinalNewline`, `files.trimFinalNewlines`). The user typed none of it,
 * so it is no change of the agent. Pure, and linear in the text.
 */
import { lineBreakOf, splitLines } from '../markdownFile/text';

/** One clean-up: what the user wrote, and what the editor made of it. */
export interface CleanUp {
  readonly written: string;
  readonly cleaned: string;
}

/** What one clean-up does: removes blanks at line ends, adds a final line break, or removes further line breaks. */
export type CleanUpStep = 'blanks' | 'finalLineBreak' | 'furtherLineBreaks';

/**
 * The clean-up that turns `before` into `after`. Undefined: none does, or it is incomplete, for example blanks removed
 * from only one of several lines.
 */
export function cleanUpStep(before: string, after: string): CleanUpStep | undefined {
  if (after.length > before.length) {
    const isLineBreak = /^(?:\r\n|\r|\n)$/.test(after.slice(before.length));
    return isLineBreak && after.startsWith(before) ? 'finalLineBreak' : undefined;
  }
  if (before === after) return undefined;
  if (before.startsWith(after) && /^[\r\n]+$/.test(before.slice(after.length))) return 'furtherLineBreaks';
  if (!isCleanUp(before, after)) return undefined;
  const lines = splitLines(after);
  const isComplete =
    lines.length === splitLines(before).length && lines.every((line) => !/[ \t]$/.test(line.slice(-1)));
  return isComplete ? 'blanks' : undefined;
}

/** Whether two texts differ only in blanks at line ends and in line breaks at the end. */
export function isCleanUp(before: string, after: string): boolean {
  return withoutEnds(before) === withoutEnds(after);
}

/**
 * Undoes an earlier clean-up where the user has not typed since: in the lines before and after those that differ from
 * the cleaned text. A clean-up that moved lines is undone only as a whole.
 */
export function withoutCleanUp(text: string, { written, cleaned }: CleanUp): string {
  if (text === cleaned) return written;
  if (!isCleanUp(written, cleaned)) return text;
  const [now, from, to] = [splitLines(text), splitLines(cleaned), splitLines(written)];
  // Lines of `from` and `to` correspond from the top. Only the end of one can be longer.
  const most = Math.min(now.length, from.length, to.length);
  let head = 0;
  while (head < most && now[head] === from[head]) head++;
  const rest = Math.min(now.length, from.length) - head;
  let tail = 0;
  while (tail < rest && now[now.length - 1 - tail] === from[from.length - 1 - tail]) tail++;
  const end = tail === 0 ? [] : to.slice(from.length - tail);
  return [...to.slice(0, head), ...now.slice(head, now.length - tail), ...end].join(lineBreakOf(text));
}

function withoutEnds(text: string): string {
  const lines = splitLines(text).map((line) => line.trimEnd());
  let { length } = lines;
  while (length > 0 && lines[length - 1] === '') length--;
  return lines.slice(0, length).join('\n');
}
