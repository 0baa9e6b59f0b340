import * as vscode from 'vscode';
import { agentPath, type AgentAddress } from '../core/agentFile/address';
import { isSameAgent } from '../core/agentFile/changes';
import { HeldFile, type FileVersion } from '../core/agentFile/heldFile';
import type { Problem } from '../core/agentFile/parse';
import { hasErrors, reviewDocument } from '../core/agentFile/review';
import type { AgentCreation } from '../core/agentFile/saving';
import { isApiError } from '../core/api/errors';
import type { Agent, AgentFields } from '../core/api/model';
import type { Clock } from '../core/clock';
import type { AgentsSession } from '../core/organization/session';
import { AutoSaves } from './autoSaves';
import { say, type Words } from '../core/words/words';
import { unavailable } from '../ui/fileErrors';
import { fileError } from './fileErrors';
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
  /** `home` is where the agent lives now: elsewhere than `uri` after a draft became an agent, or its name changed. */
  readonly onDidSave: vscode.Event<{ readonly uri: vscode.Uri; readonly home: vscode.Uri }>;
}

interface Surroundings {
  readonly scheme: string;
  readonly clock: Clock;
  readonly memory?: vscode.Memento;
  readonly sessionFor: (address: AgentAddress) => Promise<AgentsSession>;
  readonly fileAt: (uri: vscode.Uri, address: AgentAddress) => Promise<HeldFile>;
  readonly versionOf: (agent: Agent, session: AgentsSession) => Promise<FileVersion>;
  readonly keep: (uri: vscode.Uri, file: HeldFile) => void;
  readonly markDeleted: (uri: vscode.Uri) => void;
}

type SavableAddress = Exclude<AgentAddress, { readonly kind: 'theirs' }>;

const CREATED_DRAFTS = 'quantAgents.createdDrafts';

/** Saves documents, those of one agent one after the other. A save that throws has sent nothing, or says that it is not certain. */
export class AgentSaves implements vscode.Disposable {
  private readonly reviewed = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly problems: readonly Problem[] }>();
  private readonly met = new vscode.EventEmitter<Conflict>();
  private readonly missed = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly text: string }>();
  private readonly saved = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly home: vscode.Uri }>();
  readonly events: AgentSaveEvents = {
    onDidReview: this.reviewed.event, onDidMeetConflict: this.met.event, onDidMissAgent: this.missed.event, onDidSave: this.saved.event,
  };

  private readonly queues = new Map<string, Promise<void>>();
  private readonly creations = new Map<string, AgentCreation>();
  private readonly createdIds = new Map<string, number>();
  private readonly autoSaves: AutoSaves;

  constructor(private readonly around: Surroundings) {
    this.autoSaves = new AutoSaves(around.scheme);
  }

  isSaving(uri: vscode.Uri): boolean {
    return this.queues.has(uri.toString());
  }

  async save(uri: vscode.Uri, address: SavableAddress, text: string, isDeleted: boolean): Promise<void> {
    if (this.autoSaves.take(uri)) {
      throw unavailable(say('Agents are not saved automatically, because every save changes the agent on QuantConnect. Save it yourself when you are ready.'));
    }
    const key = uri.toString();
    const before = this.queues.get(key) ?? Promise.resolve();
    const mine = before.then(() => this.saveNow(uri, address, text, isDeleted));
    const settled = mine.catch(() => {}).finally(() => {
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
    for (const owned of [this.autoSaves, this.reviewed, this.met, this.missed, this.saved]) owned.dispose();
  }

  private async saveNow(uri: vscode.Uri, address: SavableAddress, text: string, isDeleted: boolean): Promise<void> {
    const session = await this.around.sessionFor(address);
    if (isDeleted) throw this.agentIsGone(uri, text);
    const file = await this.around.fileAt(uri, address);
    const agentId = address.kind === 'agent' ? address.agentId : this.createdId(uri);

    const { parseAgentDocument } = await import('../core/agentFile/parse');
    const document = parseAgentDocument(text);
    const problems = reviewDocument(document, agentId === undefined ? undefined : file.base.fields);
    this.reviewed.fire({ uri, problems });
    if (hasErrors(problems)) throw unavailable(refusal(problems));

    const agent = agentId === undefined
      ? await this.create(uri, document.fields, session)
      : await this.update(uri, agentId, file, document.fields, session, text);

    const version = await this.around.versionOf(agent, session);
    const written: FileVersion = { text, fields: version.fields };
    const normalized = isSameAgent(document.fields, version.fields) ? undefined : version;
    file.confirmedAt = this.around.clock.now();
    file.saved(written, agent.updated, normalized);
    const home = uri.with({ path: agentPath(agent) });
    if (home.path !== uri.path) this.around.keep(home, new HeldFile(normalized ?? written, agent, this.around.clock.now()));
    this.saved.fire({ uri, home });
  }

  private async update(
    uri: vscode.Uri, agentId: number, file: HeldFile, mine: AgentFields, session: AgentsSession, text: string,
  ): Promise<Agent> {
    const { saveAgent } = await import('../core/agentFile/saving');
    const outcome = await saveAgent(session.store, agentId, file.base.fields, mine).catch((error: unknown) => {
      if (!isApiError(error) || !error.mayHaveHappened) throw error;
      throw unavailable(say('QuantConnect gave no answer, so the changes may be saved or not. Save again: only what is still missing is sent.'));
    });
    switch (outcome.kind) {
      case 'saved':
        return outcome.agent;
      case 'deleted':
        this.around.markDeleted(uri);
        throw this.agentIsGone(uri, text);
      case 'conflict':
        file.confirmedAt = Number.NEGATIVE_INFINITY;
        this.met.fire({ uri, theirs: outcome.theirs, fields: outcome.fields, session });
        throw unavailable(say('“{0}” was changed on QuantConnect meanwhile. Nothing was saved, and your text is kept.', outcome.theirs.name));
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
      throw unavailable(say('The agent was not created: with “useQCC: false” it needs a provider key. Save again to enter one, or write “useQCC: true”.'));
    }
    const outcome = await creation.create(session.store, agent, token);
    if (outcome.kind === 'uncertain') {
      throw unavailable(outcome.looked
        ? say('QuantConnect gave no answer, and “{0}” is not among the organization\'s agents. Save again to look once more and create it if it is not there.', agent.name)
        : say('QuantConnect gave no answer, so “{0}” may have been created or not. Save again: it is looked for first and created only if it is not there.', agent.name));
    }
    this.creations.delete(key);
    this.createdIds.set(key, outcome.agent.id);
    void this.around.memory?.update(CREATED_DRAFTS, { ...this.rememberedIds(), [key]: outcome.agent.id });
    return outcome.agent;
  }

  private createdId(uri: vscode.Uri): number | undefined {
    return this.createdIds.get(uri.toString()) ?? this.rememberedIds()[uri.toString()];
  }

  private rememberedIds(): Readonly<Record<string, number>> {
    const stored: unknown = this.around.memory?.get(CREATED_DRAFTS);
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])).slice(-50));
  }

  private agentIsGone(uri: vscode.Uri, text: string): vscode.FileSystemError {
    this.missed.fire({ uri, text });
    return unavailable(say('This agent was deleted on QuantConnect, so it cannot be saved. Your text is kept.'));
  }
}

function refusal(problems: readonly Problem[]): Words {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const words = say('Nothing was sent. Line {0}: {1}', (first?.start.line ?? 0) + 1, first?.message ?? '');
  return errors.length > 1 ? say('{0} There are {1} more problems.', words, errors.length - 1) : words;
}
