import * as vscode from 'vscode';
import { agentPath, type AgentAddress } from '../core/agentFile/address';
import { isSameAgent } from '../core/agentFile/changes';
import type { DocumentFile, FileVersion } from '../core/agentFile/documentFile';
import type { Problem } from '../core/agentFile/parse';
import { hasErrors, reviewDocument } from '../core/agentFile/review';
import type { AgentCreation } from '../core/agentFile/saving';
import { isApiError } from '../core/api/errors';
import type { Agent, AgentFields } from '../core/api/model';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import { say, type Words } from '../core/words/words';
import { unavailable } from '../ui/fileErrors';
import { sessionFor } from './agentSession';
import { fileError } from './fileErrors';
import { versionOf } from './fileVersions';
import type { OpenAgents } from './openAgents';
import { askForProviderToken } from './providerToken';
import { TEXTS } from './texts';

export interface Conflict {
  readonly uri: vscode.Uri;
  readonly theirs: Agent;
  readonly fields: readonly (keyof AgentFields)[];
  readonly session: AgentsSession;
}

export interface AgentSaveEvents {
  /** A document was checked, before it is sent. */
  readonly onDidReview: vscode.Event<{ readonly uri: vscode.Uri; readonly problems: readonly Problem[] }>;
  readonly onDidFindConflict: vscode.Event<Conflict>;
  /** A save failed because the agent was deleted. `text` could not be saved. */
  readonly onDidMissAgent: vscode.Event<{ readonly uri: vscode.Uri; readonly text: string }>;
  /**
   * `home` is the agent's own address. It differs from `uri` after a draft became an agent. A new name does not move an
   * open document.
   */
  readonly onDidSave: vscode.Event<{ readonly uri: vscode.Uri; readonly home: vscode.Uri }>;
}

/** The two texts of one save. They differ if the editor cleaned up while it saved. */
interface SavedText {
  /** What the user wrote. */
  readonly text: string;
  /** What the editor wrote to the file. */
  readonly written: string;
}

type SavableAddress = Exclude<AgentAddress, { readonly kind: 'theirs' }>;

/**
 * Saves agent documents: checks one, sends what changed, and puts the result into the store of open documents. If a
 * save throws, nothing was sent, or the error says that this is uncertain.
 */
export class AgentSaves implements vscode.Disposable {
  private readonly reviewed = new vscode.EventEmitter<{
    readonly uri: vscode.Uri;
    readonly problems: readonly Problem[];
  }>();
  private readonly conflictFound = new vscode.EventEmitter<Conflict>();
  private readonly missed = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly text: string }>();
  private readonly saved = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly home: vscode.Uri }>();
  readonly events: AgentSaveEvents = {
    onDidReview: this.reviewed.event,
    onDidFindConflict: this.conflictFound.event,
    onDidMissAgent: this.missed.event,
    onDidSave: this.saved.event,
  };

  private readonly creations = new Map<string, AgentCreation>();

  constructor(
    private readonly sessions: SessionSource,
    private readonly open: OpenAgents,
  ) {}

  async save(uri: vscode.Uri, address: SavableAddress, saved: SavedText): Promise<void> {
    try {
      await this.open.inSaveTurn(uri, () => this.saveNow(uri, address, saved));
    } catch (error) {
      throw fileError(error);
    }
  }

  dispose(): void {
    for (const owned of [this.reviewed, this.conflictFound, this.missed, this.saved]) owned.dispose();
  }

  private async saveNow(uri: vscode.Uri, address: SavableAddress, { text, written }: SavedText): Promise<void> {
    const session = await sessionFor(this.sessions, address);
    if (this.open.known(uri)?.isDeleted) throw this.agentIsGone(uri, text);
    const file = await this.open.openFileAt(uri, address);
    const agentId = this.open.agentIdAt(uri, address);

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
    this.open.markFresh(file);
    file.saved(onDisk, agent.updated, shown.text === written ? undefined : shown);
    const home = address.kind === 'agent' ? uri : uri.with({ path: agentPath(agent) });
    if (home !== uri) this.open.settle(home, shown, agent);
    this.saved.fire({ uri, home });
  }

  private async update(
    uri: vscode.Uri,
    agentId: number,
    file: DocumentFile,
    mine: AgentFields,
    session: AgentsSession,
    text: string,
  ): Promise<Agent> {
    const { saveAgent } = await import('../core/agentFile/saving');
    const outcome = await saveAgent(session.store, agentId, file.base.fields, mine).catch((error: unknown) => {
      if (!isApiError(error) || !error.mayHaveHappened) throw error;
      throw unavailable(say(TEXTS.saveUncertain));
    });
    switch (outcome.kind) {
      case 'saved':
        return outcome.agent;
      case 'deleted':
        this.open.markDeleted(uri);
        throw this.agentIsGone(uri, text);
      case 'conflict':
        this.open.markStale(file);
        this.conflictFound.fire({ uri, theirs: outcome.theirs, fields: outcome.fields, session });
        throw unavailable(say(TEXTS.changedMeanwhile, outcome.theirs.name));
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
      throw unavailable(say(TEXTS.keyMissing));
    }
    const outcome = await creation.create(session.store, agent, token);
    if (outcome.kind !== 'done') {
      throw unavailable(
        outcome.kind === 'absent'
          ? say(TEXTS.createUncertainNotFound, agent.name)
          : say(TEXTS.createUncertain, agent.name),
      );
    }
    this.creations.delete(key);
    this.open.draftCreated(uri, outcome.value.id);
    return outcome.value;
  }

  private agentIsGone(uri: vscode.Uri, text: string): vscode.FileSystemError {
    this.missed.fire({ uri, text });
    return unavailable(say(TEXTS.deletedKept));
  }
}

function refusal(problems: readonly Problem[]): Words {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const words = say(TEXTS.problemInLine, (first?.range.start.line ?? 0) + 1, first?.message ?? '');
  return errors.length > 1 ? say(TEXTS.moreProblems, words, errors.length - 1) : words;
}
