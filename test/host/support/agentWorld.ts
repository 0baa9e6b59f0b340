import * as assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { AgentDocuments } from '../../../src/agentDocuments/agentDocuments';
import type { AskAboutConflict } from '../../../src/agentDocuments/conflictChoice';
import type { QuantConnectApi } from '../../../src/core/api/api';
import type { Agent } from '../../../src/core/api/model';
import { systemClock } from '../../../src/core/base/clock';
import { Emitter } from '../../../src/core/base/events';
import type { AgentsSession, SessionSource } from '../../../src/core/organization/session';
import { OrganizationStore } from '../../../src/core/organization/store';
import { AgentCloud } from '../../support/agentCloud';
import { memento } from '../../support/memories';
import { registerFiles } from '../../support/registering';

export const SCHEME = 'quantagents-test';
export const MIA: Agent = {
  id: 47,
  name: 'Mia',
  model: 'claude-opus-4-7',
  maxTurns: 5,
  systemPrompt: 'Help.\n',
  created: 1_000_000,
  updated: 2_000_000,
};
const BACKTEST: Agent = { id: 48, name: 'Backtest', systemPrompt: 'Test.', updated: 2_000_000 };

/** A session with this cloud. */
export function sessionOf(cloud: AgentCloud, organizationId: string): AgentsSession {
  const client = cloud as unknown as QuantConnectApi;
  const { signal } = new AbortController();
  return {
    account: { id: 'a', kind: 'sandbox', userId: '1', label: 'A', origin: 'sandbox' },
    organization: { id: organizationId, name: 'Here' },
    client,
    signal,
    store: new OrganizationStore(organizationId, client, systemClock, signal),
  };
}

class Sessions implements SessionSource {
  private readonly changed = new Emitter<AgentsSession | undefined>();
  readonly onDidChange = this.changed.event;
  current: AgentsSession | undefined;

  ready = (): Promise<AgentsSession | undefined> => Promise.resolve(this.current);
  require = (): Promise<AgentsSession | undefined> => Promise.resolve(this.current);

  switchTo(next: AgentsSession | undefined): void {
    this.current = next;
    this.changed.fire(next);
  }
}

export { until } from '../../support/poll.mjs';

/** Replaces the first occurrence of a text, as typing does. */
export async function type(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  assert.notEqual(start, -1, `“${from}” is not in the document`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)),
    to,
  );
  await vscode.workspace.applyEdit(edit);
}

/** The open comparisons. */
export function comparisons(): readonly vscode.TabInputTextDiff[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []));
}

/**
 * The agents of one account as documents, apart from the extension's own. It has the user's answers and the questions
 * that they saw. Make one for each test.
 */
export class AgentWorld {
  readonly cloud = new AgentCloud([MIA, BACKTEST]);
  readonly sessions = new Sessions();
  /** A new one for each test. Otherwise VS Code still has the last test's documents. */
  readonly organizationId = randomUUID().replaceAll('-', '');
  documents: AgentDocuments;
  /** The choice when an agent was changed elsewhere. */
  choice: 'mine' | 'theirs' | undefined;
  readonly asked: Parameters<AskAboutConflict>[0][] = [];
  private readonly memory = memento();
  private readonly failures: unknown[] = [];

  constructor() {
    this.sessions.current = sessionOf(this.cloud, this.organizationId);
    this.documents = this.register();
  }

  /** The documents, as the extension makes them at its start. */
  register(): AgentDocuments {
    return new AgentDocuments({
      sessions: this.sessions,
      clock: systemClock,
      scheme: SCHEME,
      registerFiles: registerFiles(SCHEME),
      memory: this.memory,
      feedback: {
        failed: (error) => {
          this.failures.push(error);
          return Promise.resolve();
        },
      },
      askAboutConflict: (conflict) => {
        this.asked.push(conflict);
        return Promise.resolve(this.choice);
      },
    });
  }

  async open(agent: Agent = MIA): Promise<vscode.TextDocument> {
    const editor = await this.documents.openAgent(agent);
    assert.ok(editor);
    return editor.document;
  }

  async openNew(seed?: Agent): Promise<vscode.TextDocument> {
    const editor = await this.documents.openNewAgent(seed);
    assert.ok(editor);
    return editor.document;
  }

  /** Closes what was opened. Nothing may have been reported as failed. */
  async close(): Promise<void> {
    for (const document of vscode.workspace.textDocuments.filter(
      ({ uri, isDirty }) => uri.scheme === SCHEME && isDirty,
    )) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
    this.documents.dispose();
    assert.deepEqual(this.failures, []);
  }
}
