/** Says in one line what a tool call did. */
import { figureOf, readBacktest, type BacktestResult } from './backtestResult';
import { readCompile } from './compileResult';
import { textField } from '../../base/json';
import { callWords, isLiveTool, type CallStage } from './tools';
import { readToolOutput, type ToolOutput } from './toolOutput';
import type { ToolPart } from '../transcript/transcript';
import { plainLine } from '../../words/plain';
import { counted, written } from '../../words/texts';

export type ToolTone = 'running' | 'waiting' | 'done' | 'warning' | 'failed' | 'denied' | 'unknown';

export interface ToolSummary {
  /** What the call did: `Created main.py`, `Compiled, 1 warning`. */
  readonly title: string;
  /** The result: `Sharpe 1.21 · drawdown 8.3 % · 142 orders`, or the first error. */
  readonly detail?: string;
  readonly tone: ToolTone;
  /** Lines that were added and removed, if the call changed a file. */
  readonly lines?: { readonly added: number; readonly removed: number };
  /** True if the call acts on live trading, which is real money. */
  readonly live: boolean;
}

/**
 * One line for the call, from what can be read of its input and output. An unknown call gets its tool's name. Never
 * throws.
 */
export function summarizeTool(part: ToolPart): ToolSummary {
  const output = readToolOutput(part);
  const tone = toneOfTool(part, output);
  const words = wordsFor(part, output, tone);
  const detail =
    tone === 'waiting'
      ? [written('tool.waits'), words.detail].filter((text) => text !== undefined).join(' · ')
      : (words.detail ?? reasonOf(part, output, tone));
  return {
    title: plainLine(words.title),
    tone,
    live: isLiveTool(part.name),
    ...(detail !== undefined && detail !== '' && { detail: shortened(plainLine(detail)) }),
    ...(words.lines && tone !== 'failed' && tone !== 'denied' && { lines: words.lines }),
  };
}

function toneOfTool(part: ToolPart, output: ToolOutput): ToolTone {
  switch (part.state) {
    case 'input-streaming':
    case 'input-available':
      return 'running';
    case 'approval-requested':
      return 'waiting';
    case 'approval-responded':
      return part.approval?.approved === false ? 'denied' : 'running';
    case 'output-denied':
      return 'denied';
    case 'output-error':
      return 'failed';
    case 'output-available':
      if (part.preliminary) return 'running';
      if (output.failed || (isCompile(part) && readCompile(output).state === 'failed')) return 'failed';
      return output.warnings.length > 0 ? 'warning' : 'done';
    default:
      return 'unknown';
  }
}

interface Words {
  readonly title: string;
  readonly detail?: string;
  readonly lines?: { readonly added: number; readonly removed: number };
}

function wordsFor(part: ToolPart, output: ToolOutput, tone: ToolTone): Words {
  switch (part.name) {
    case 'create_file':
    case 'edit_file':
    case 'delete_file':
    case 'read_file':
      return fileWords(part, tone);
    case 'create_compile':
    case 'read_compile':
      return compileWords(output, tone);
    case 'create_backtest':
    case 'read_backtest':
      return backtestWords(part, output, tone);
    default:
      return otherWords(part, tone);
  }
}

/** For tools that work on one file. */
function fileWords(part: ToolPart, tone: ToolTone): Words {
  const path = filePathOf(part.input) ?? (part.name === 'read_file' ? written('tool.files') : written('tool.aFile'));
  const lines = linesChanged(part);
  return { title: callWords(part.name, stageOf(tone), path), ...(lines && { lines }) };
}

function stageOf(tone: ToolTone): CallStage {
  switch (tone) {
    case 'running':
      return 'running';
    case 'done':
    case 'warning':
      return 'done';
    case 'failed':
    case 'denied':
      return 'failed';
    case 'waiting':
    case 'unknown':
      return 'asked';
  }
}

/** The path that a file tool works on. */
export function filePathOf(input: unknown): string | undefined {
  return (
    textField(input, 'filePath') ?? textField(input, 'path') ?? textField(input, 'fileName') ?? textField(input, 'name')
  );
}

function linesChanged(part: ToolPart): Words['lines'] {
  const content = textField(part.input, 'content');
  const before = textField(part.input, 'oldString');
  if (part.name === 'create_file' && content !== undefined) return { added: linesOf(content).length, removed: 0 };
  if (part.name !== 'edit_file' || before === undefined) return undefined;
  return lineDifference(linesOf(before), linesOf(textField(part.input, 'newString') ?? ''));
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Counts the lines between the common beginning and end. Enough for the short passages of an edit. */
function lineDifference(before: readonly string[], after: readonly string[]): { added: number; removed: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { added: after.length - start - end, removed: before.length - start - end };
}

const isCompile = ({ name }: ToolPart): boolean => name === 'create_compile' || name === 'read_compile';

function compileWords(output: ToolOutput, tone: ToolTone): Words {
  if (tone === 'running') return { title: written('tool.compiling') };
  if (tone === 'denied' || tone === 'waiting' || tone === 'unknown') return { title: written('tool.compile') };
  const { state, errors, warnings } = readCompile(output);
  if (tone === 'failed')
    return {
      title:
        errors.length > 0
          ? written('tool.compileFailedWith', counted(errors.length, 'error'))
          : written('tool.compileFailed'),
      ...(errors[0] && { detail: errors[0].text }),
    };
  if (state === 'queued') return { title: written('tool.compileQueued') };
  return warnings.length > 0
    ? {
        title: written('tool.compiledWith', counted(warnings.length, 'warning')),
        ...(warnings[0] && { detail: warnings[0].text }),
      }
    : { title: written('tool.compiled') };
}

function backtestWords(part: ToolPart, output: ToolOutput, tone: ToolTone): Words {
  const result = readBacktest(output);
  const name = textField(part.input, 'backtestName') ?? result.name;
  const named = (words: 'backtest' | 'readBacktest' | 'readingBacktest' | 'runningBacktest'): string =>
    name === undefined ? written(`tool.${words}`) : written(`tool.${words}Named`, name);
  const title = named('backtest');
  const isRead = part.name === 'read_backtest';
  if (tone === 'running') return { title: named(isRead ? 'readingBacktest' : 'runningBacktest') };
  if (result.runtimeError !== undefined)
    return { title: written('tool.runtimeError', title), detail: result.runtimeError };
  if (tone === 'failed') return { title: written('tool.failed', title) };
  if (tone !== 'done' && tone !== 'warning') return { title: isRead ? named('readBacktest') : title };
  const figures = [
    ...(result.progress === undefined ? [] : [written('tool.stillRunning', Math.round(result.progress * 100))]),
    ...backtestFigures(result),
  ];
  return { title, ...(figures.length > 0 && { detail: figures.join(' · ') }) };
}

/** The most important figures that the output contains. */
function backtestFigures(result: BacktestResult): readonly string[] {
  const [profit, sharpe, drawdown, orders] = (['netProfit', 'sharpe', 'drawdown', 'orders'] as const).map((figure) =>
    figureOf(result, figure),
  );
  return [
    profit?.endsWith('%') && `${profit.startsWith('-') ? '−' : '+'}${profit.replace(/^[+-]/, '')}`,
    sharpe && written('tool.sharpe', sharpe),
    drawdown && written('tool.drawdown', drawdown),
    orders && written(`count.order.${orders === '1' ? 'one' : 'other'}`, orders),
  ].filter((text) => typeof text === 'string');
}

function otherWords(part: ToolPart, tone: ToolTone): Words {
  const title = part.title ?? callWords(part.name, stageOf(tone));
  const detail = tone === 'failed' || tone === 'denied' ? undefined : subjectOf(part.input);
  return { title, ...(detail !== undefined && { detail }) };
}

/** What the call is about. A searched text is quoted, because a search for *error* is not an error. */
function subjectOf(input: unknown): string | undefined {
  const wanted = textField(input, 'query') ?? textField(input, 'pattern');
  if (wanted !== undefined) return written('words.quoted', wanted);
  return textField(input, 'url') ?? textField(input, 'subject') ?? textField(input, 'key') ?? filePathOf(input);
}

/** Why the call failed or was denied. */
function reasonOf(part: ToolPart, output: ToolOutput, tone: ToolTone): string | undefined {
  if (tone !== 'failed' && tone !== 'denied') return undefined;
  if (part.approval?.reason !== undefined) return part.approval.reason;
  if (part.state === 'output-denied') return written('tool.notAllowed');
  return output.errors[0] ?? (output.failed && output.text !== '' ? output.text : undefined);
}

const MAX_DETAIL = 240;
const shortened = (text: string): string => (text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text);
