import * as vscode from 'vscode';
import { describeError } from '../../core/api/describeError';
import type { ApiError } from '../../core/api/errors';
import type { EpochMs } from '../../core/api/model';
import { formatDate } from '../../core/words/dates';
import { qualified, type CommandId } from '../../core/commandIds';
import { say, type Text, type Words } from '../../core/words/words';
import type { TreeRow } from '../../ui/treeItems';
import type { ExplorerNode } from './node';
import { TEXTS } from '../texts';

/** A row that says that a list is empty, or why it is not up to date. A click runs the command that helps. */
export class MessageNode implements ExplorerNode {
  constructor(
    readonly key: string,
    private readonly text: { readonly label: Text; readonly description?: Text; readonly detail?: Text },
    private readonly icon: vscode.ThemeIcon | undefined,
    private readonly command?: { readonly id: CommandId; readonly title: Text; readonly arguments?: unknown[] },
    readonly parent?: ExplorerNode,
  ) {}

  row(): TreeRow {
    const {
      command,
      text: { label, description, detail },
    } = this;
    return {
      id: this.key,
      label,
      description,
      icon: this.icon,
      contextValue: 'message',
      tooltip: detail ?? label,
      command: command && { id: qualified(command.id), title: command.title, arguments: command.arguments ?? [] },
    };
  }
}

/** Says why a list could not be read, and how old the rows are that are still shown. */
export function problemNode(
  key: string,
  problem: ApiError,
  confirmedAt: EpochMs | undefined,
  parent?: ExplorerNode,
): MessageNode {
  const { message, action } = describeError(problem);
  const asOf = confirmedAt === undefined ? undefined : formatDate(confirmedAt, 'time');
  const command =
    action === 'signIn'
      ? ({ id: 'signIn', title: say(TEXTS.signIn) } as const)
      : action === 'showLog'
        ? ({ id: 'showLog', title: say(TEXTS.showLog) } as const)
        : ({ id: 'refresh', title: say(TEXTS.tryAgain) } as const);
  return new MessageNode(
    key,
    {
      label: asOf ? say(TEXTS.outdated, asOf) : SHORT[problem.kind],
      description: command.title,
      detail: message,
    },
    new vscode.ThemeIcon(
      problem.kind === 'offline' ? 'debug-disconnect' : 'warning',
      new vscode.ThemeColor('list.warningForeground'),
    ),
    command,
    parent,
  );
}

const SHORT: Readonly<Record<ApiError['kind'], Words>> = {
  auth: say(TEXTS.credentialsRefused),
  clock: say(TEXTS.clockWrong),
  rateLimited: say(TEXTS.tooMany),
  offline: say(TEXTS.noConnection),
  server: say(TEXTS.serverProblem),
  rejected: say(TEXTS.refused),
  contract: say(TEXTS.unreadable),
  cancelled: say(TEXTS.canceled),
};
