/** Exports a conversation as Markdown: for readers, issues and repositories. */
import { formatUtc } from '../../words/dates';
import { formatTokens } from '../../words/format';
import { isObject } from '../../base/json';
import { asJson } from '../../base/jsonText';
import { fenced, harmlessMarkdown, htmlWords, plainWords, webLink } from './markdownText';
import { formatAbout, type PartTimes } from '../times/partTimes';
import { partKey } from '../transcript/partAddress';
import { promptsOf, type ConversationFacts, type ConversationRecord } from './record';
import { runStateOf } from '../../organization/status/runState';
import { runTimeWords } from '../../organization/status/runTimeWords';
import { render } from '../../words/render';
import { summarizeTool, type ToolTone } from '../toolCalls/toolSummary';
import { toolText } from '../toolCalls/toolText';
import type { FilePart, Message, Part, ToolPart, UnknownPart } from '../transcript/transcript';
import { withoutKeys } from '../../secrets/withoutKeys';
import type { DocumentKey } from '../../words/keys/document';
import { counted, written } from '../../words/texts';

/**
 * The document: the facts of the run, then every message. Tool calls and thoughts are folded. Nothing in a code block
 * can end it early. Texts keep their Markdown, but no HTML and no images. The user's provider keys are masked
 * everywhere.
 */
export function exportMarkdown(record: ConversationRecord): string {
  const { facts, messages } = withoutKeys({ facts: record.facts, messages: record.messages });
  const times = record.times ?? new Map<string, never>();
  const sections = [heading(facts), factLines(facts, record.readAt), promptList(promptsOf({ facts, messages }))];
  return `${[...sections, ...messages.flatMap((message) => messageSections(message, times, 2))].filter((section) => section !== '').join('\n\n')}\n`;
}

/** One message as a document, for copying. The user's provider keys are masked. */
export function messageMarkdown(message: Message): string {
  return `${messageSections(withoutKeys(message), new Map(), 2)
    .filter((section) => section !== '')
    .join('\n\n')}\n`;
}

function heading({ taskName, sandbox }: ConversationFacts): string {
  const title = `# ${plainWords(taskName) || written('document.conversation')}`;
  return sandbox ? `${title}\n\n> ${written('document.fromSandbox')}` : title;
}

function factLines(facts: ConversationFacts, readAt: number): string {
  const { started, ended, inputTokens, outputTokens, projectId, projectUrl } = facts;
  const tokens = [
    inputTokens !== undefined && written('document.tokensIn', formatTokens(inputTokens)),
    outputTokens !== undefined && written('document.tokensOut', formatTokens(outputTokens)),
  ].filter(Boolean);
  const project =
    projectId === undefined
      ? undefined
      : projectUrl === undefined
        ? String(projectId)
        : webLink(String(projectId), projectUrl);
  const rows: readonly (readonly [DocumentKey, string | undefined])[] = [
    ['document.agent', words(facts.agentName)],
    ['document.organization', words(facts.organizationName)],
    ['document.model', words(facts.model)],
    ['document.status', words(facts.status && render(runStateOf(facts).word, 'page'))],
    ['document.runtimeError', words(facts.runtimeError)],
    ['document.created', facts.created === undefined ? undefined : words(formatUtc(facts.created))],
    ['document.started', started === undefined ? undefined : words(formatUtc(started))],
    ['document.ended', ended === undefined ? undefined : words(formatUtc(ended))],
    ['document.worked', facts.runTime && words(render(runTimeWords(facts.runTime), 'page'))],
    ['document.tokens', tokens.length > 0 ? tokens.join(', ') : undefined],
    ['document.project', project],
    ['document.deployment', words(facts.deploymentId)],
    ['document.read', words(formatUtc(readAt))],
  ];
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `- **${written(name)}:** ${value ?? ''}`)
    .join('\n');
}

function words(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : plainWords(text);
}

const MAX_TEASER = 120;

function promptList(prompts: readonly string[]): string {
  if (prompts.length === 0) return '';
  const teasers = prompts.map((prompt, index) => {
    const line = prompt.replace(/\s+/g, ' ').trim();
    return `${String(index + 1)}. ${plainWords(line.length > MAX_TEASER ? `${line.slice(0, MAX_TEASER)}…` : line)}`;
  });
  return `**${counted(prompts.length, 'prompt')}**\n\n${teasers.join('\n')}`;
}

function messageSections({ id, role, parts, time }: Message, times: PartTimes, level: number): readonly string[] {
  const when = time === undefined ? '' : ` · ${plainWords(formatUtc(time))}`;
  return [
    `${'#'.repeat(Math.min(level, 6))} ${speaker(role)}${when}`,
    ...parts.map((part, index) => partSection(part, partKey({ messageId: id, partIndex: index }), times, level + 1)),
  ];
}

function speaker(role: string): string {
  switch (role) {
    case 'user':
      return written('document.prompt');
    case 'assistant':
      return written('document.agent');
    case 'system':
      return written('document.system');
    default:
      return plainWords(role) || written('document.unknownRole');
  }
}

function partSection(part: Part, key: string, times: PartTimes, level: number): string {
  switch (part.kind) {
    case 'text':
      return textSection(
        part.text,
        (part.citations ?? []).map(({ title, url }) => webLink(title, url ?? '')),
      );
    case 'reasoning':
      return part.text.trim() === '' ? '' : folded(thoughtWords(about(key, times)), harmlessMarkdown(part.text));
    case 'step':
      return '';
    case 'tool':
      return toolSection(part, key, times, level);
    case 'source':
      return written('document.source', webLink(part.title, part.url ?? ''));
    case 'file':
      return fileLine(part);
    case 'steering':
      return part.parts
        .map((inner, index) => partSection(inner, `${key}/${String(index)}`, times, level))
        .filter((section) => section !== '')
        .join('\n\n');
    case 'data':
      return folded(
        written('document.data', part.name),
        fenced(asJson(part.data), 'json'),
        nested(part.messages, times, level),
      );
    case 'unknown': {
      const problem = part.problem === undefined ? '' : plainWords(part.problem);
      return folded(
        written('document.unknownPart', part.type),
        problem,
        fenced(asJson(rawOf(part)), 'json'),
        nested(part.messages, times, level),
      );
    }
  }
}

/** The raw part without its nested messages, because they are written after it. */
function rawOf({ raw, messages }: UnknownPart): unknown {
  if (!messages || !isObject(raw)) return raw;
  const { messages: _, ...rest } = raw;
  return rest;
}

function textSection(text: string, sources: readonly string[]): string {
  const written = text.trim() === '' ? '' : harmlessMarkdown(text);
  return sources.length === 0 ? written : `${written}\n\n${sources.map((source) => `- ${source}`).join('\n')}`;
}

function fileLine({ filename, mediaType, url }: FilePart): string {
  const name = filename ?? written('document.aFile');
  if (url === undefined || url.startsWith('data:'))
    return written('document.file', plainWords(name), plainWords(mediaType));
  return written('document.file', webLink(name, url), plainWords(mediaType));
}

const SIGNS: Readonly<Record<ToolTone, string>> = {
  done: '✓',
  warning: '⚠',
  failed: '✗',
  denied: '⊘',
  running: '…',
  waiting: '…',
  unknown: '?',
};

function toolSection(part: ToolPart, key: string, times: PartTimes, level: number): string {
  const { title, detail, tone, lines, live } = summarizeTool(part);
  const time = about(key, times);
  const changed = lines && `+${String(lines.added)} −${String(lines.removed)}`;
  const summary = [
    `${SIGNS[tone]} ${title}`,
    changed,
    detail,
    live ? written('document.liveTrading') : undefined,
    time === undefined ? undefined : written('document.about', time),
  ]
    .filter((text) => text !== undefined)
    .join(' · ');
  const side = (name: 'input' | 'output'): string => {
    const shown = toolText(part, name);
    return shown
      ? `**${written(name === 'input' ? 'document.input' : 'document.output')}**\n\n${fenced(shown.text, shown.language)}`
      : '';
  };
  const error = part.errorText === undefined || part.output === undefined ? '' : fenced(part.errorText);
  return folded(summary, side('input'), side('output'), error, nested(part.messages, times, level));
}

function thoughtWords(time: string | undefined): string {
  return time === undefined ? written('document.thought') : written('document.thoughtFor', time);
}

/** `8 s`. Undefined if the time was not measured. */
function about(key: string, times: PartTimes): string | undefined {
  const time = times.get(key);
  return time?.ms === undefined ? undefined : formatAbout(time);
}

/** The conversation of a sub-agent. */
function nested(messages: readonly Message[] | undefined, times: PartTimes, level: number): string {
  return (messages ?? [])
    .flatMap((message) => messageSections(message, times, level + 1))
    .filter((section) => section !== '')
    .join('\n\n');
}

/** A fold. Markdown inside HTML needs the empty lines around it. */
function folded(summary: string, ...contents: readonly string[]): string {
  return [
    '<details>',
    `<summary>${htmlWords(summary)}</summary>`,
    '',
    contents.filter((content) => content !== '').join('\n\n'),
    '',
    '</details>',
  ].join('\n');
}
