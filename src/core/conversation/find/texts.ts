/** The texts that are searched: what a reader sees of a part with all folds open, in reading order. */
import { fileChangeOf } from '../files/fileChange';
import { lineDiff } from '../files/lineDiff';
import { asJson } from '../../base/jsonText';
import { isOpenableUrl } from '../../words/links';
import type { Message, Part, SourcePart, ToolPart } from '../transcript/transcript';
import { toolFacts } from '../toolCalls/toolFacts';
import { toolText, type ToolSide } from '../toolCalls/toolText';
import { toolLine } from './toolLine';
import { plainLine } from '../../words/plain';
import { counted, written } from '../../words/texts';

/** One step from a part to a part inside it: in a sub-agent's message, or in a prompt that steers the run. */
export interface InnerFold {
  /** The position of the sub-agent's message. Missing in a prompt that steers the run. */
  readonly message?: number;
  readonly part: number;
}

/** Where in a part a text is: in its line, in its body, or in a tool's input or output. */
type TextSide = 'line' | 'body' | ToolSide;

export interface SearchText {
  /** The steps from the part to the text. Empty for the part itself. */
  readonly inner: readonly InnerFold[];
  readonly side: TextSide;
  readonly text: string;
  /** True if the text is Markdown, so the reader sees only some of it. */
  readonly isMarkdown: boolean;
}

type Visit = (text: SearchText) => void;

/** All texts of a part, in reading order. */
export function textsOf(part: Part): readonly SearchText[] {
  const texts: SearchText[] = [];
  eachText(
    part,
    (text) => {
      texts.push(text);
    },
    [],
  );
  return texts;
}

function eachText(part: Part, visit: Visit, inner: readonly InnerFold[]): void {
  const say = (side: TextSide, text: string, isMarkdown = false): void => {
    if (text !== '') visit({ inner, side, text, isMarkdown });
  };
  switch (part.kind) {
    case 'text':
      say('body', part.text, true);
      for (const source of part.citations ?? []) sayAll(say, sourceWords(source));
      return;
    case 'reasoning':
      say('body', part.text, true);
      return;
    case 'step':
      return;
    case 'tool': {
      const { title, detail } = toolLine(part);
      say('line', title);
      say('line', detail ?? nestedCount(part));
      say('body', toolFacts(part).join(' · '));
      insideOf(part.messages, visit, inner);
      say('input', inputWords(part));
      say('output', toolText(part, 'output')?.text ?? '');
      return;
    }
    case 'source':
      sayAll(say, sourceWords(part));
      return;
    case 'file':
      say(
        'body',
        plainLine(
          part.filename ?? (part.mediaType.startsWith('image/') ? written('part.image') : written('part.file')),
        ),
      );
      say('body', plainLine(part.mediaType));
      return;
    case 'data':
    case 'unknown':
      say('line', plainLine(part.kind === 'data' ? part.name : part.type));
      if (part.kind === 'unknown') say('line', part.problem ?? '');
      insideOf(part.messages, visit, inner);
      say('body', asJson(part.kind === 'data' ? part.data : part.raw));
      return;
    case 'steering':
      part.parts.forEach((steering, index) => eachText(steering, visit, [...inner, { part: index }]));
  }
}

function insideOf(messages: readonly Message[] | undefined, visit: Visit, inner: readonly InnerFold[]): void {
  messages?.forEach(({ parts }, message) => {
    parts.forEach((part, index) => eachText(part, visit, [...inner, { message, part: index }]));
  });
}

/** The input as the page shows it. In a replaced passage, unchanged lines appear once. */
function inputWords(part: ToolPart): string {
  const change = part.state === 'input-streaming' ? undefined : fileChangeOf(part);
  switch (change?.kind) {
    case 'passage':
      return lineDiff(change.before, change.after)
        .map(({ text }) => text)
        .join('\n');
    case 'whole':
      return change.text;
    case 'none':
    case undefined:
      return toolText(part, 'input')?.text ?? '';
  }
}

const nestedCount = ({ messages = [] }: ToolPart): string =>
  messages.length > 0 ? counted(messages.length, 'message') : '';

function sayAll(say: (side: TextSide, text: string) => void, words: readonly string[]): void {
  for (const word of words) say('body', word);
}

function sourceWords({ title, url, mediaType, filename }: SourcePart): readonly string[] {
  const label = plainLine(title);
  if (url !== undefined && isOpenableUrl(url)) {
    const { host } = new URL(url);
    return host === label ? [label] : [label, host];
  }
  return [
    label,
    plainLine([filename, mediaType, url].filter((text) => text !== undefined && text !== title).join(' · ')),
  ];
}

/** The part that the steps lead to, and its message. Undefined if there is no such part. */
export function innerPart(
  message: Message,
  partIndex: number,
  inner: readonly InnerFold[],
): { readonly message: Message; readonly partIndex: number; readonly part: Part } | undefined {
  const part = message.parts[partIndex];
  const [step, ...rest] = inner;
  if (!part || !step) return part && { message, partIndex, part };
  if (step.message !== undefined) {
    const holder = 'messages' in part ? part.messages[step.message] : undefined;
    return holder && innerPart(holder, step.part, rest);
  }
  const steering = part.kind === 'steering' ? part.parts[step.part] : undefined;
  // A steering prompt has no message of its own. Its address is that of the part that contains it.
  return steering && { message, partIndex, part: steering };
}
