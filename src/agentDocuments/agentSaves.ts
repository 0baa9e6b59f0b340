import * as vscode from 'vscode';
import { agentPath, type AgentAddress } from '../core/agentFile/address';
import { isSameAgent } from '../core/agentFile/changes';
import type { FileVersion, HeldFile } from '../core/agentFile/heldFile';
import type { Problem } from '../core/agentFile/parse';
import { hasErrors, reviewDocument } from '../core/agentFile/review';
import type { AgentCreation } from '../core/agentFile/saving';
import { isApiError } from '../core/api/errors';
import type { Agent, AgentFields } from '../core/api/model';
import type { Clock } from '../core/base/clock';
import type { AgentsSession } from '../core/organization/session';
import { say, type Words } from '../core/words/words';
import { unavailable } from '../ui/fileErrors';
import { fileError } from './fileErrors';
import { versionOf } from './fileVersions';
import { askForProviderToken } from './providerToken';

export interface Conflict {
  readonly uri: vscode.Uri;
  readonly theirs: Agent;
  readonly fields: readonly (keyof AgentFields)[];
  readonly session: AgentsSession;
}

export interface AgentSaveEvents {
  /** A document was checked before it is sent. */
  readonly onDidReview: vscode.Event<{ readonly uri: vscode.Uri; readonly problems: readonly Problem[] }>;
  readonly onDidMeetConflict: vscode.Event<Conflict>;
  /** Saving failed because the agent is gone; `text` is what could not be saved. */
  readonly onDidMissAgent: vscode.Event<{ readonly uri: vscode.Uri; readonly text: string }>;
  /**
   * `home` is where the agent lives now: elsewhere than `uri` after a draft became an agent. A new name moves no
   * document that is open.
   */
  readonly onDidSave: vscode.Event<{ readonly uri: vscode.Uri; readonly home: vscode.Uri }>;
}

interface Surroundings {
  readonly clock: Clock;
  readonly memory?: vscode.Memento;
  readonly sessionFor: (address: AgentAddress) => Promise<AgentsSession>;
  readonly fileAt: (uri: vscode.Uri, address: AgentAddress) => Promise<HeldFile>;
  /** An agent has come to live at an address. */
  readonly settle: (uri: vscode.Uri, version: FileVersion, agent: Agent) => void;
  readonly markDeleted: (uri: vscode.Uri) => void;
}

/** What the user wrote, and what the editor made of it and wrote: they differ where it cleaned up. */
export interface SavedText {
  readonly text: string;
  readonly written: string;
}

type SavableAddress = Exclude<AgentAddress, { readonly kind: 'theirs' }>;

const CREATED_DRAFTS = 'quantAgents.createdDrafts';

/**
 * Saves documents, those of one agent one after the other. A save that throws has sent nothing, or says that it is not
 * certain.
 */
export class AgentSaves implements vscode.Disposable {
  private readonly reviewed = new vscode.EventEmitter<{
    readonly uri: vscode.Uri;
    readonly problems: readonly Problem[];
  }>();
  private readonly met = new vscode.EventEmitter<Conflict>();
  private readonly missed = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly text: string }>();
  private readonly saved = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly home: vscode.Uri }>();
  readonly events: AgentSaveEvents = {
    onDidReview: this.reviewed.event,
    onDidMeetConflict: this.met.event,
    onDidMissAgent: this.missed.event,
    onDidSave: this.saved.event,
  };

  private readonly queues = new Map<string, Promise<void>>();
  private readonly creations = new Map<string, AgentCreation>();
  private readonly createdIds = new Map<string, number>();

  constructor(private readonly around: Surroundings) {}

  isSaving(uri: vscode.Uri): boolean {
    return this.queues.has(uri.toString());
  }

  async save(uri: vscode.Uri, address: SavableAddress, saved: SavedText, isDeleted: boolean): Promise<void> {
    const key = uri.toString();
    const before = this.queues.get(key) ?? Promise.resolve();
    const mine = before.then(() => this.saveNow(uri, address, saved, isDeleted));
    const settled = mine
      .catch(() => {})
      .finally(() => {
        if (this.queues.get(key) === settled) this.queues.delete(key);
      });
    this.queues.set(key, settled);
    try {
      await mine;
    } catch (error) {
      throw fileError(error);
    }
  }

  dispose(): void {
    for (const owned of [this.reviewed, this.met, this.missed, this.saved]) owned.dispose();
  }

  /** The agent that a draft has become, if it has. */
  createdFrom(uri: vscode.Uri): number | undefined {
    return this.createdIds.get(uri.toString()) ?? this.rememberedIds()[uri.toString()];
  }

  private async saveNow(
    uri: vscode.Uri,
    address: SavableAddress,
    { text, written }: SavedText,
    isDeleted: boolean,
  ): Promise<void> {
    const session = await this.around.sessionFor(address);
    if (isDeleted) throw this.agentIsGone(uri, text);
    const file = await this.around.fileAt(uri, address);
    const agentId = address.kind === 'agent' ? address.agentId : this.createdFrom(uri);

    const { parseAgentDocument } = await import('../core/agentFile/parse');
    const document = parseAgentDocument(text);
    const problems = reviewDocument(document, agentId === undefined ? undefined : file.base.fields);
    this.reviewed.fire({ uri, problems });
    if (hasErrors(problems)) throw unavailable(refusal(problems));

    const agent =
      agentId === undefined
        ? await this.create(uri, document.fields, session)
        : await this.update(uri, agentId, file, document.fields, session, text);

    const version = await versionOf(agent, session);
    const mine: FileVersion = { text, fields: version.fields };
    const shown = isSameAgent(document.fields, version.fields) ? mine : version;
    const onDisk: FileVersion = { text: written, fields: version.fields };
    file.confirmedMs = this.around.clock.monotonicMs();
    file.saved(onDisk, agent.updated, shown.text === written ? undefined : shown);
    const home = address.kind === 'agent' ? uri : uri.with({ path: agentPath(agent) });
    if (home !== uri) this.around.settle(home, shown, agent);
    this.saved.fire({ uri, home });
  }

  private async update(
    uri: vscode.Uri,
    agentId: number,
    file: HeldFile,
    mine: AgentFields,
    session: AgentsSession,
    text: string,
  ): Promise<Agent> {
    const { saveAgent } = await import('../core/agentFile/saving');
    const outcome = await saveAgent(session.store, agentId, file.base.fields, mine).catch((error: unknown) => {
      if (!isApiError(error) || !error.mayHaveHappened) throw error;
      throw unavailable(
        say(
          'QuantConnect gave no answer, so the changes may be saved or not. Save again: only what is still missing is sent.',
        ),
      );
    });
    switch (outcome.kind) {
      case 'saved':
        return outcome.agent;
      case 'deleted':
        this.around.markDeleted(uri);
        throw this.agentIsGone(uri, text);
      case 'conflict':
        file.confirmedMs = Number.NEGATIVE_INFINITY;
        this.met.fire({ uri, theirs: outcome.theirs, fields: outcome.fields, session });
        throw unavailable(
          say(
            '“{0}” was changed on QuantConnect meanwhile. Nothing was saved, and your text is kept.',
            outcome.theirs.name,
          ),
        );
    }
  }

  private async create(uri: vscode.Uri, fields: AgentFields, session: AgentsSession): Promise<Agent> {
    const { AgentCreation, newAgentFrom } = await import('../core/agentFile/saving');
    const key = uri.toString();
    const creation = this.creations.get(key) ?? new AgentCreation();
    this.creations.set(key, creation);
    const agent = newAgentFrom(fields);
    const token = agent.useQCC === false ? await askForProviderToken(agent.name) : undefined;
    if (agent.useQCC === false && !token) {
      throw unavailable(
        say(
          'The agent was not created: with “useQCC: false” it needs a provider key. Save again to enter one, or write “useQCC: true”.',
        ),
      );
    }
    const outcome = await creation.create(session.store, agent, token);
    if (outcome.kind === 'uncertain') {
      throw unavailable(
        outcome.looked
          ? say(
              "QuantConnect gave no answer, and “{0}” is not among the organization's agents. Save again to look once more and create it if it is not there.",
              agent.name,
            )
          : say(
              'QuantConnect gave no answer, so “{0}” may have been created or not. Save again: it is looked for first and created only if it is not there.',
              agent.name,
            ),
      );
    }
    this.creations.delete(key);
    this.createdIds.set(key, outcome.agent.id);
    void this.around.memory?.update(CREATED_DRAFTS, { ...this.rememberedIds(), [key]: outcome.agent.id });
    return outcome.agent;
  }

  private rememberedIds(): Readonly<Record<string, number>> {
    const stored: unknown = this.around.memory?.get(CREATED_DRAFTS);
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored)
        .filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]))
        .slice(-50),
    );
  }

  private agentIsGone(uri: vscode.Uri, text: string): vscode.FileSystemError {
    this.missed.fire({ uri, text });
    return unavailable(say('This agent was deleted on QuantConnect, so it cannot be saved. Your text is kept.'));
  }
}

function refusal(problems: readonly Problem[]): Words {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const words = say('Nothing was sent. Line {0}: {1}', (first?.range.start.line ?? 0) + 1, first?.message ?? '');
  return errors.length > 1 ? say('{0} There are {1} more problems.', words, errors.length - 1) : words;
}
