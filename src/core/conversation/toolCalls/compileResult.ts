/** The result of a compile: errors and warnings, with file and line from their texts. */
import { field, listField, textField } from '../../base/json';
import type { ToolOutput } from './toolOutput';
import { written } from '../../words/texts';

export interface Finding {
  /** As the server sent it. */
  readonly text: string;
  /** The text without file and line at its beginning. */
  readonly message: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

export interface CompileResult {
  /** `queued`: the compile has not finished. Another call reads its result. */
  readonly state: 'built' | 'failed' | 'queued';
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Works with any output. If a failed build has no list of errors, they are taken from its log. */
export function readCompile(output: ToolOutput): CompileResult {
  const { structured, failed } = output;
  const build = (
    textField(structured, 'state') ??
    textField(field(structured, 'compile'), 'state') ??
    ''
  ).toLowerCase();
  const hasFailed = failed || build === 'builderror';
  const warnings = new Set(output.warnings);
  const log = (hasFailed && output.errors.length === 0 ? logOf(structured) : []).filter((text) => !warnings.has(text));
  const spoken = log.filter((text) => /\berror\b/i.test(text));
  return {
    state: hasFailed ? 'failed' : build === 'inqueue' ? 'queued' : 'built',
    errors: findings([...output.errors, ...(spoken.length > 0 ? spoken : log)]),
    warnings: findings(output.warnings),
  };
}

function logOf(structured: unknown): readonly string[] {
  const logs = [...listField(structured, 'logs'), ...listField(field(structured, 'compile'), 'logs')];
  return logs.filter((text) => typeof text === 'string').filter((text) => text.trim() !== '');
}

function findings(texts: readonly string[]): readonly Finding[] {
  return [...new Set(texts)].map(findingIn);
}

/**
 * `main.py:14:5: text`, `Main.cs(14,5): error CS1002: text`. A file name must have an ending, so that a time of day is
 * not read as one.
 */
const PREFIX =
  /^([\w./\\ -]{1,200}\.[A-Za-z]\w{0,9})(?::(\d{1,7})(?::(\d{1,7}))?|\((\d{1,7})(?:,\s*(\d{1,7}))?\))\s*[:-]?\s+/;
/** `Build Error: File: main.py Line:6 Column:0 - text`, as QuantConnect's own log writes it. */
const LABELLED = /\bFile:\s*(\S{1,200})\s+Line:\s*(\d{1,7})(?:\s+Column:\s*(\d{1,7}))?\s*-?\s*/i;
/** `Line 4: text` at the beginning, `(main.py, line 4)` and `at line 4` anywhere. */
const LEADING_LINE = /^\s*line\s+(\d{1,7})\s*:\s*/i;
const NAMED_LINE = /(?:\(|")([\w./\\-]{1,200}\.[A-Za-z]\w{0,9})"?,\s*line\s+(\d{1,7})/i;
const SOME_LINE = /\bline\s+(\d{1,7})\b/i;

/** Reads file and line from the text and never guesses. Line 0 is a compiler's way to say that it is unknown. */
export function findingIn(text: string): Finding {
  const start = text.slice(0, 2_000);
  const unindented = start.trimStart();
  const prefix = PREFIX.exec(unindented);
  if (prefix) {
    const message = text.slice(start.length - unindented.length + prefix[0].length);
    return finding(text, message, prefix[1], prefix[2] ?? prefix[4], prefix[3] ?? prefix[5]);
  }
  const labelled = LABELLED.exec(start);
  if (labelled)
    return finding(
      text,
      `${start.slice(0, labelled.index)}${text.slice(labelled.index + labelled[0].length)}`,
      labelled[1],
      labelled[2],
      labelled[3],
    );
  const leading = LEADING_LINE.exec(start);
  if (leading) return finding(text, text.slice(leading[0].length), undefined, leading[1]);
  const named = NAMED_LINE.exec(start);
  if (named) return finding(text, text, named[1], named[2]);
  return finding(text, text, undefined, SOME_LINE.exec(start)?.[1]);
}

function finding(text: string, message: string, file?: string, line?: string, column?: string): Finding {
  const [lineNumber, columnNumber] = [Number(line ?? 0), Number(column ?? 0)];
  return {
    text,
    message: message.trim(),
    ...(file !== undefined && !/^n\/a$/i.test(file) && { file: file.trim() }),
    ...(lineNumber > 0 && { line: lineNumber }),
    ...(lineNumber > 0 && columnNumber > 0 && { column: columnNumber }),
  };
}

/** The position as a reader knows it: `main.py:14:5`, `line 14`. Undefined if the text has none. */
export function locationOf({ file, line, column }: Finding): string | undefined {
  if (line === undefined) return file;
  if (file === undefined) return written('part.line', line);
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
