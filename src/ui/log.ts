import * as vscode from 'vscode';
import type { RequestRecord } from '../core/api/api';

/** The log channel. Gets numbers, paths, outcomes and durations; never bodies, headers or secrets. */
export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('QuantConnect Agents', { log: true });

  readonly request = (record: RequestRecord): void => {
    const { number, path, outcome, durationMs, bytes, attempt } = record;
    const line = `#${String(number)} ${path} ${String(outcome)} ${String(Math.round(durationMs))} ms ${String(bytes)} B${attempt > 1 ? ` (attempt ${String(attempt)})` : ''}`;
    if (typeof outcome === 'number' && outcome < 400) this.channel.info(line);
    else this.channel.warn(line);
  };

  info(text: string): void {
    this.channel.info(text);
  }

  error(text: string): void {
    this.channel.error(text);
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
