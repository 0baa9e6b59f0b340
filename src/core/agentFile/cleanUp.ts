/**
 * What an editor changes by itself when it saves: blanks at line ends and line breaks at the end of the text
 * (`files.trimTrailingWhitespace`, `files.insertFinalNewline`, `files.trimFinalNewlines`). Nobody typed that, so it
 * is not a change of the agent. Pure, and linear in the text.
 */
import { lineBreakOf, splitLines } from '../markdownFile/text';

/** One clean-up: what the user wrote, and what the editor made of it. */
export interface CleanUp {
  readonly written: string;
  readonly cleaned: string;
}

/** What one clean-up does: no line ends in blanks, the text ends with a line break, no further line breaks follow. */
export type CleanUpStep = 'blanks' | 'finalLineBreak' | 'furtherLineBreaks';

/**
 * Which clean-up makes the one text out of the other. Undefined: none, or not to its end, as when blanks were taken
 * from one line of several.
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

/** Whether two texts differ at most in blanks at line ends and in line breaks at the end. */
export function isCleanUp(before: string, after: string): boolean {
  return withoutEnds(before) === withoutEnds(after);
}

/**
 * The text with an earlier clean-up taken back wherever the user has not typed since: in the lines before and after
 * those that differ from the cleaned text. A clean-up that moved lines is only taken back as a whole.
 */
export function withoutCleanUp(text: string, { written, cleaned }: CleanUp): string {
  if (text === cleaned) return written;
  if (!isCleanUp(written, cleaned)) return text;
  const [now, from, to] = [splitLines(text), splitLines(cleaned), splitLines(written)];
  // Lines of `from` and `to` stand for each other from the top on; only the end can be longer in one of them.
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
