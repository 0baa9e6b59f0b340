/** What a compile said: each error and warning, with the place in the code that its text tells. */
import { field, listField, textField } from '../../base/json';
import type { ToolOutput } from './toolOutput';
import { written } from '../../words/texts';

export interface Finding {
  /** As it came. */
  readonly text: string;
  /** Without the place, where that stood at its beginning. */
  readonly message: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

export interface CompileResult {
  /** `queued`: QuantConnect has taken the compile and not finished it; its result is read by another call. */
  readonly state: 'built' | 'failed' | 'queued';
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Works with any output at all. The texts of a failed build stand in its log where no list of errors is given. */
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
 * `main.py:14:5: text`, `Main.cs(14,5): error CS1002: text`. The name of a file has an ending, so that a time of day is
 * none.
 */
const PREFIX =
  /^([\w./\\ -]{1,200}\.[A-Za-z]\w{0,9})(?::(\d{1,7})(?::(\d{1,7}))?|\((\d{1,7})(?:,\s*(\d{1,7}))?\))\s*[:-]?\s+/;
/** `Build Error: File: main.py Line:6 Column:0 - text`, as QuantConnect's own log writes it. */
const LABELLED = /\bFile:\s*(\S{1,200})\s+Line:\s*(\d{1,7})(?:\s+Column:\s*(\d{1,7}))?\s*-?\s*/i;
/** `Line 4: text` at the beginning, `(main.py, line 4)` and `at line 4` anywhere. */
const LEADING_LINE = /^\s*line\s+(\d{1,7})\s*:\s*/i;
const NAMED_LINE = /(?:\(|")([\w./\\-]{1,200}\.[A-Za-z]\w{0,9})"?,\s*line\s+(\d{1,7})/i;
const SOME_LINE = /\bline\s+(\d{1,7})\b/i;

/** The place is taken from the text, never guessed; a line 0 is how a compiler says that it does not know. */
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
  const [row, place] = [Number(line ?? 0), Number(column ?? 0)];
  return {
    text,
    message: message.trim(),
    ...(file !== undefined && !/^n\/a$/i.test(file) && { file: file.trim() }),
    ...(row > 0 && { line: row }),
    ...(row > 0 && place > 0 && { column: place }),
  };
}

/** `main.py:14:5`, `line 14`; undefined where the text told none. */
export function placeOf({ file, line, column }: Finding): string | undefined {
  if (line === undefined) return file;
  if (file === undefined) return written('part.line', line);
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
