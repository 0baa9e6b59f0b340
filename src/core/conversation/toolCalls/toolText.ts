/**
 * The text of a part, or of the input or output of a tool call. The page shows its beginning. A document shows all of
 * it.
 */
import { field, isObject, listField, textField } from '../../base/json';
import { asJson } from '../../base/jsonText';
import { filePathOf } from './toolSummary';
import type { Message, Part, ToolPart } from '../transcript/transcript';

export interface ToolText {
  readonly text: string;
  /** A language id of VS Code. */
  readonly language: string;
  /** For a document's title. Not trusted. */
  readonly name: string;
}

export type ToolSide = 'input' | 'output';

/** The input or output of a tool call, or any other part as a whole. */
export type TextSide = ToolSide | 'whole';

/** Undefined if there is no such text. */
export function partText(part: Part, side: TextSide): ToolText | undefined {
  if (part.kind === 'tool') return side === 'whole' ? undefined : toolText(part, side);
  if (side !== 'whole') return undefined;
  switch (part.kind) {
    case 'text':
      return { text: part.text, language: 'markdown', name: 'text.md' };
    case 'reasoning':
      return { text: part.text, language: 'markdown', name: 'reasoning.md' };
    case 'data':
      return { text: asJson(part.data), language: 'json', name: `${part.name}.json` };
    case 'unknown':
      return { text: asJson(part.raw), language: 'json', name: `${part.type}.json` };
    case 'step':
    case 'source':
    case 'file':
    case 'steering':
      return { text: asJson(part), language: 'json', name: `${part.kind}.json` };
  }
}

/** Undefined if the call has no such side. */
export function toolText(part: ToolPart, side: ToolSide): ToolText | undefined {
  return side === 'input' ? inputText(part) : outputText(part);
}

function inputText(part: ToolPart): ToolText | undefined {
  if (part.input === undefined) return undefined;
  const path = filePathOf(part.input);
  const content = textField(part.input, 'content');
  const before = textField(part.input, 'oldString');
  if (path !== undefined && content !== undefined) return { text: content, language: languageOf(path), name: path };
  if (path !== undefined && before !== undefined) {
    return { text: asDiff(before, textField(part.input, 'newString') ?? ''), language: 'diff', name: `${path}.diff` };
  }
  return { text: asJson(part.input), language: 'json', name: `${part.name} input.json` };
}

function asDiff(before: string, after: string): string {
  const prefixed = (text: string, sign: string): string =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => sign + line)
      .join('\n');
  return [before === '' ? undefined : prefixed(before, '-'), after === '' ? undefined : prefixed(after, '+')]
    .filter((lines) => lines !== undefined)
    .join('\n');
}

function outputText(part: ToolPart): ToolText | undefined {
  const { output, errorText } = part;
  if (output === undefined)
    return errorText === undefined
      ? undefined
      : { text: errorText, language: 'plaintext', name: `${part.name} error.txt` };
  const plain = plainOutput(part);
  if (plain !== undefined)
    return {
      text: plain,
      language: part.name === 'read_file' ? languageOf(filePathOf(part.input) ?? '') : 'plaintext',
      name: `${part.name} output.txt`,
    };
  return { text: asJson(withoutRendition(output)), language: 'json', name: `${part.name} output.json` };
}

/** Drops the copy of the structured content. MCP answers repeat it as JSON text for models that read only text. */
function withoutRendition(output: unknown): unknown {
  const structured = field(output, 'structuredContent');
  const blocks = listField(output, 'content');
  if (!isObject(structured) || blocks.length !== 1) return output;
  return textField(blocks[0], 'text')?.startsWith('{') === true ? structured : output;
}

/** The output, if it is only text. Undefined if it also has structured content. */
function plainOutput({ output }: ToolPart): string | undefined {
  if (typeof output === 'string') return output;
  const content = field(output, 'content');
  if (!isObject(output) || !Array.isArray(content) || content.length === 0) return undefined;
  if (!Object.keys(output).every((key) => key === 'content' || key === 'isError')) return undefined;
  const texts = content.map((block) => textField(block, 'text'));
  return texts.every((text) => text !== undefined) ? texts.join('\n') : undefined;
}

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['py', 'python'],
  ['ipynb', 'json'],
  ['json', 'json'],
  ['cs', 'csharp'],
  ['md', 'markdown'],
  ['sh', 'shellscript'],
  ['sql', 'sql'],
  ['xml', 'xml'],
  ['html', 'html'],
  ['yml', 'yaml'],
  ['yaml', 'yaml'],
  ['diff', 'diff'],
  ['csv', 'plaintext'],
  ['txt', 'plaintext'],
]);

/** VS Code's language id for a file name. */
export function languageOf(path: string): string {
  const dot = path.lastIndexOf('.');
  const known = dot < 0 ? undefined : LANGUAGES.get(path.slice(dot + 1).toLowerCase());
  return known ?? 'plaintext';
}

/** Finds a message by its id, also among those of sub-agents. */
export function findMessage(messages: readonly Message[], id: string): Message | undefined {
  for (const message of messages) {
    if (message.id === id) return message;
    for (const part of message.parts) {
      const found = 'messages' in part ? findMessage(part.messages, id) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}
