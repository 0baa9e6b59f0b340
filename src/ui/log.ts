import * as vscode from 'vscode';
import type { RequestLogEntry } from '../core/api/api';
import { render } from '../core/words/render';
import type { Text } from '../core/words/words';

/**
 * The door to the log channel. One entry is one line. A request is logged with number, path, outcome and duration, never
 * with body, headers or secrets.
 */
export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('QuantConnect Agents', { log: true });

  readonly request = (record: RequestLogEntry): void => {
    const { number, path, outcome, durationMs, bytes, attempt } = record;
    const line = `#${String(number)} ${path} ${String(outcome)} ${String(Math.round(durationMs))} ms ${String(bytes)} B${attempt > 1 ? ` (attempt ${String(attempt)})` : ''}`;
    if (typeof outcome === 'number' && outcome < 400) this.info(line);
    else this.channel.warn(render(line, 'log'));
  };

  private info(words: Text): void {
    this.channel.info(render(words, 'log'));
  }

  error(words: Text): void {
    this.channel.error(render(words, 'log'));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
