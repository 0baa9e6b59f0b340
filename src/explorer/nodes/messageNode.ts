import * as vscode from 'vscode';
import { describeError } from '../../core/api/describeError';
import type { ApiError } from '../../core/api/errors';
import type { EpochMs } from '../../core/api/model';
import { qualified, type CommandId } from '../../commands/commandIds';
import type { ExplorerNode } from './node';

/** A row that says something: that a list is empty, or why it is not up to date. Choosing it does what helps. */
export class MessageNode implements ExplorerNode {
  constructor(
    readonly key: string,
    private readonly text: { readonly label: string; readonly description?: string; readonly detail?: string },
    private readonly icon: vscode.ThemeIcon | undefined,
    private readonly command?: { readonly id: CommandId; readonly title: string; readonly arguments?: unknown[] },
    readonly parent?: ExplorerNode,
  ) {}

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.text.label);
    item.id = this.key;
    item.contextValue = 'message';
    if (this.icon) item.iconPath = this.icon;
    if (this.text.description) item.description = this.text.description;
    item.tooltip = this.text.detail ?? this.text.label;
    if (this.command) item.command = { command: qualified(this.command.id), title: this.command.title, ...(this.command.arguments ? { arguments: this.command.arguments } : {}) };
    return item;
  }
}

/** Why a list could not be read, and from when the data is that still stands there. */
export function problemNode(key: string, problem: ApiError, confirmedAt: EpochMs | undefined, parent?: ExplorerNode): MessageNode {
  const { message, action } = describeError(problem);
  const asOf = confirmedAt === undefined ? undefined : `as of ${new Date(confirmedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`;
  const command = action === 'signIn' ? { id: 'signIn', title: 'Sign In' } as const
    : action === 'showLog' ? { id: 'showLog', title: 'Show Log' } as const
    : { id: 'refresh', title: 'Try Again' } as const;
  return new MessageNode(
    key,
    { label: asOf ? `Not up to date, shown ${asOf}` : SHORT[problem.kind], description: command.title, detail: message },
    new vscode.ThemeIcon(problem.kind === 'offline' ? 'debug-disconnect' : 'warning', new vscode.ThemeColor('list.warningForeground')),
    command,
    parent,
  );
}

const SHORT: Readonly<Record<ApiError['kind'], string>> = {
  auth: 'The credentials were refused',
  clock: "This machine's clock is wrong",
  rateLimited: 'Too many requests',
  offline: 'No connection to QuantConnect',
  server: 'QuantConnect has a problem',
  rejected: 'QuantConnect refused',
  contract: 'The answer could not be read',
  cancelled: 'Cancelled',
};
