/** What a tool call did, in one line. */
import { plainLine, plural } from './format';
import { field, numberField, textField } from './json';
import { isLiveTool, toolWords } from './tools';
import { readToolOutput, type ToolOutput } from './toolOutput';
import type { ToolPart } from './transcript';

export type ToolTone = 'running' | 'waiting' | 'done' | 'warning' | 'failed' | 'denied' | 'unknown';

export interface ToolSummary {
  /** What happened: `Created main.py`, `Compiled, 1 warning`. */
  readonly title: string;
  /** What came of it: `Sharpe 1.21 · drawdown 8.3 % · 142 orders`, or the first error. */
  readonly detail?: string;
  readonly tone: ToolTone;
  /** Lines that were written and taken away, where the call changed a file. */
  readonly lines?: { readonly added: number; readonly removed: number };
  /** The call touches live trading, thus real money. */
  readonly live: boolean;
}

/** One line for the call, from its input and output as far as they can be read. Never throws; a call that is not known is named after its tool. */
export function summarizeTool(part: ToolPart): ToolSummary {
  const output = readToolOutput(part);
  const tone = toneOfTool(part, output);
  const words = wordsFor(part, output, tone);
  const detail = words.detail ?? remarkOn(part, output, tone);
  return {
    title: plainLine(words.title), tone, live: isLiveTool(part.name),
    ...(detail !== undefined && detail !== '' && { detail: shortened(plainLine(detail)) }),
    ...(words.lines && tone !== 'failed' && tone !== 'denied' && { lines: words.lines }),
  };
}

function toneOfTool(part: ToolPart, output: ToolOutput): ToolTone {
  switch (part.state) {
    case 'input-streaming': case 'input-available': return 'running';
    case 'approval-requested': return 'waiting';
    case 'approval-responded': return part.approval?.approved === false ? 'denied' : 'running';
    case 'output-denied': return 'denied';
    case 'output-error': return 'failed';
    case 'output-available':
      if (part.preliminary) return 'running';
      if (output.failed) return 'failed';
      return output.warnings.length > 0 ? 'warning' : 'done';
    default: return 'unknown';
  }
}

interface Words {
  readonly title: string;
  readonly detail?: string;
  readonly lines?: { readonly added: number; readonly removed: number };
}

function wordsFor(part: ToolPart, output: ToolOutput, tone: ToolTone): Words {
  switch (part.name) {
    case 'create_file': case 'edit_file': case 'delete_file': case 'read_file': return fileWords(part, tone);
    case 'create_compile': case 'read_compile': return compileWords(output, tone);
    case 'create_backtest': case 'read_backtest': return backtestWords(part, output, tone);
    default: return otherWords(part, tone);
  }
}

/** How each verb reads when it is done, under way, and when it did not work. */
const FILE_VERBS: Readonly<Record<string, readonly [done: string, running: string, failed: string]>> = {
  create_file: ['Created', 'Creating', 'Could not create'],
  edit_file: ['Edited', 'Editing', 'Could not edit'],
  delete_file: ['Deleted', 'Deleting', 'Could not delete'],
  read_file: ['Read', 'Reading', 'Could not read'],
};

function fileWords(part: ToolPart, tone: ToolTone): Words {
  const [done, running, failed] = FILE_VERBS[part.name] ?? ['', '', ''];
  const path = filePathOf(part.input) ?? (part.name === 'read_file' ? 'files' : 'a file');
  const lines = linesChanged(part);
  return { title: `${choose(tone, done, running, failed)} ${path}`, ...(lines && { lines }) };
}

function choose(tone: ToolTone, done: string, running: string, failed: string): string {
  if (tone === 'failed' || tone === 'denied') return failed;
  return tone === 'done' || tone === 'warning' ? done : running;
}

/** The path a file tool works on. */
export function filePathOf(input: unknown): string | undefined {
  return textField(input, 'filePath') ?? textField(input, 'path') ?? textField(input, 'fileName') ?? textField(input, 'name');
}

function linesChanged(part: ToolPart): Words['lines'] {
  const content = textField(part.input, 'content');
  const before = textField(part.input, 'oldString');
  if (part.name === 'create_file' && content !== undefined) return { added: linesOf(content).length, removed: 0 };
  if (part.name !== 'edit_file' || before === undefined) return undefined;
  return lineDifference(linesOf(before), linesOf(textField(part.input, 'newString') ?? ''));
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Lines between what both texts begin and end with: enough for the short passages an edit names. */
function lineDifference(before: readonly string[], after: readonly string[]): { added: number; removed: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { added: after.length - start - end, removed: before.length - start - end };
}

function compileWords(output: ToolOutput, tone: ToolTone): Words {
  if (tone === 'running') return { title: 'Compiling' };
  if (tone === 'failed') {
    const count = output.errors.length;
    return { title: count > 0 ? `Compile failed, ${plural(count, 'error')}` : 'Compile failed' };
  }
  if (tone === 'denied' || tone === 'waiting' || tone === 'unknown') return { title: 'Compile' };
  const count = output.warnings.length;
  return count > 0
    ? { title: `Compiled, ${plural(count, 'warning')}`, detail: output.warnings[0] ?? '' }
    : { title: 'Compiled' };
}

function backtestWords(part: ToolPart, output: ToolOutput, tone: ToolTone): Words {
  const name = textField(part.input, 'backtestName') ?? textField(field(output.structured, 'backtest'), 'name');
  const title = name === undefined ? 'Backtest' : `Backtest “${name}”`;
  const isRead = part.name === 'read_backtest';
  if (tone === 'running') return { title: `${isRead ? 'Reading' : 'Running'} ${lowerFirst(title)}` };
  if (output.runtimeError) return { title: `${title}: runtime error`, detail: runtimeErrorOf(output) };
  if (tone !== 'done' && tone !== 'warning') return { title: isRead ? `Read ${lowerFirst(title)}` : title };
  const figures = backtestFigures(output.structured);
  return { title, ...(figures.length > 0 && { detail: figures.join(' · ') }) };
}

function runtimeErrorOf(output: ToolOutput): string {
  const backtest = field(output.structured, 'backtest');
  return textField(backtest, 'error') ?? textField(output.structured, 'runtimeError') ?? textField(output.structured, 'stackTrace')
    ?? output.errors.find((error) => error.trim() !== 'The backtest ended with a runtime error.') ?? '';
}

/** The figures that a quant asks for first, as far as the output holds them. LEAN names its statistics in words: `Sharpe Ratio`, `Drawdown`. */
function backtestFigures(structured: unknown): readonly string[] {
  const places = [structured, field(structured, 'backtest')].flatMap((place) => [field(place, 'statistics'), place]);
  const sharpe = figure(places, ['Sharpe Ratio', 'sharpeRatio', 'sharpe']);
  const drawdown = figure(places, ['Drawdown', 'drawdown', 'maxDrawdown']);
  const orders = figure(places, ['Total Orders', 'Total Trades', 'totalOrders', 'orders', 'tradeCount']);
  return [
    sharpe && `Sharpe ${rounded(sharpe)}`,
    drawdown && `drawdown ${percent(drawdown)}`,
    orders && (Number.isFinite(Number(orders)) ? plural(Number(orders), 'order') : `${orders} orders`),
  ].filter((text) => typeof text === 'string');
}

function figure(places: readonly unknown[], keys: readonly string[]): string | undefined {
  for (const place of places) {
    for (const key of keys) {
      const found = textField(place, key) ?? numberField(place, key)?.toString();
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function rounded(value: string): string {
  const parsed = Number(value);
  return Number.isFinite(parsed) ? String(Number(parsed.toFixed(2))) : value;
}

/** LEAN writes `8.300%`; a bare number below one is a share. */
function percent(value: string): string {
  const isShare = !value.includes('%');
  const parsed = Number(value.replace('%', ''));
  if (!Number.isFinite(parsed)) return value;
  return `${String(Number((isShare && Math.abs(parsed) < 1 ? parsed * 100 : parsed).toFixed(1)))} %`;
}

function otherWords(part: ToolPart, tone: ToolTone): Words {
  const words = part.title ?? toolWords(part.name);
  const subject = textField(part.input, 'query') ?? textField(part.input, 'pattern') ?? textField(part.input, 'url')
    ?? textField(part.input, 'subject') ?? filePathOf(part.input);
  if (tone === 'failed' || tone === 'denied' || subject === undefined) return { title: words };
  return { title: words, detail: subject };
}

function remarkOn(part: ToolPart, output: ToolOutput, tone: ToolTone): string | undefined {
  if (tone === 'waiting') return 'Waits for approval';
  return tone === 'failed' || tone === 'denied' ? reasonOf(part, output) : undefined;
}

function reasonOf(part: ToolPart, output: ToolOutput): string | undefined {
  if (part.approval?.reason !== undefined) return part.approval.reason;
  if (part.state === 'output-denied') return 'Not allowed to run.';
  return output.errors[0] ?? (output.failed && output.text !== '' ? output.text : undefined);
}

const MAX_DETAIL = 240;
const shortened = (text: string): string => (text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
