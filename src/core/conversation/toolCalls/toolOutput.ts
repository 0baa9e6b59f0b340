/**
 * Reads a tool's output. QuantConnect's tools follow the MCP tool result: `content[]` blocks, `isError`, and
 * `structuredContent` with `success`, `errors` and `warnings`. docs/api/contract.md infers this from what was seen, so
 * everything may be missing.
 */
import { parseJson } from '../../base/nesting';
import { field, isObject, listField, textField } from '../../base/json';
import type { ToolPart } from '../transcript/transcript';

/** By this error, QuantConnect's own scripts recognize a run that failed on its task (docs/api/contract.md). */
const RUNTIME_ERROR = 'The backtest ended with a runtime error.';

export interface ToolOutput {
  /** The texts of the answer's content blocks. */
  readonly text: string;
  /** `structuredContent`, or a JSON object found instead of it. An array is not read. */
  readonly structured: unknown;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly failed: boolean;
  /** True if the algorithm failed, not the tool. */
  readonly runtimeError: boolean;
}

export function readToolOutput(part: Pick<ToolPart, 'output' | 'errorText'>): ToolOutput {
  const { output } = part;
  const text = typeof output === 'string' ? output : blocksText(output);
  const structured = field(output, 'structuredContent') ?? structuredFrom(output, text);
  const errors = [...texts(structured, 'errors'), ...(part.errorText === undefined ? [] : [part.errorText])];
  const failed =
    field(structured, 'success') === false || field(output, 'isError') === true || part.errorText !== undefined;
  return {
    text,
    structured,
    errors,
    failed,
    warnings: texts(structured, 'warnings'),
    runtimeError:
      errors.some((error) => error.trim() === RUNTIME_ERROR) ||
      textField(field(structured, 'backtest'), 'error') !== undefined,
  };
}

function blocksText(output: unknown): string {
  const blocks = Array.isArray(output) ? (output as readonly unknown[]) : listField(output, 'content');
  return blocks
    .map((block) => textField(block, 'text'))
    .filter((text) => text !== undefined)
    .join('\n');
}

function structuredFrom(output: unknown, text: string): unknown {
  if (isObject(output) && !Array.isArray(field(output, 'content'))) return output;
  if (!text.startsWith('{') || text.length > 1_000_000) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function texts(value: unknown, key: string): readonly string[] {
  return listField(value, key).map((item) =>
    typeof item === 'string' ? item : (textField(item, 'message') ?? JSON.stringify(item)),
  );
}
