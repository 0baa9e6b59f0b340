import type * as vscode from 'vscode';
import { parseAgentAddress, type AgentAddress } from '../core/agentFile/address';
import { isSameAgent } from '../core/agentFile/changes';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import type { OrganizationChange } from '../core/organization/snapshot';
import { isAgentGone, sessionFor } from './agentSession';
import { isRefused } from './fileErrors';
import { differs, versionOf } from './fileVersions';
import type { OpenAgents } from './openAgents';
import { openDocument } from './openDocuments';
import type { OwnSaves } from './ownSaves';

/** Brings open agent documents without unsaved changes up to date. */
export class AgentRefresh {
  private readonly underWay = new Set<string>();

  constructor(
    private readonly sessions: SessionSource,
    private readonly open: OpenAgents,
    private readonly ownSaves: OwnSaves,
  ) {}

  /**
   * Reads the agent of a document, unless it was just read. Reports no failure, because the next refresh or save reads
   * again.
   */
  async refresh(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const address = parseAgentAddress(uri.authority, uri.path);
    const document = openDocument(uri);
    if (address?.kind !== 'agent' || !document || document.isDirty) return;
    if (this.open.isSaving(uri) || this.underWay.has(key)) return;
    this.underWay.add(key);
    try {
      await this.read(document, address);
    } catch {
      // A later refresh tries again.
    } finally {
      this.underWay.delete(key);
    }
  }

  /** Refreshes what changed in the organization. Lists may leave fields out, so they only say which agents to read. */
  observe(session: AgentsSession, changes: readonly OrganizationChange[]): void {
    const changedIds = new Set(changes.flatMap((change) => (change.kind === 'agent' ? [change.agentId] : [])));
    const hasNewList = changes.some(({ kind }) => kind === 'agents');
    for (const { uri, agent, file } of this.open.agents()) {
      if (agent.organizationId !== session.organization.id.toLowerCase()) continue;
      if (!hasNewList && !changedIds.has(agent.agentId)) continue;
      const listed = session.store.agent(agent.agentId);
      const isUpToDate = listed ? !file.isDeleted && !differs(listed, file.current.fields) : file.isDeleted;
      if (isUpToDate) continue;
      this.open.markStale(file);
      void this.refresh(uri);
    }
  }

  private async read(
    document: vscode.TextDocument,
    address: Extract<AgentAddress, { readonly kind: 'agent' }>,
  ): Promise<void> {
    const { uri } = document;
    const file = this.open.known(uri) ?? (await this.open.fileOfRestored(document));
    if (this.open.isFresh(file)) return;
    const session = await sessionFor(this.sessions, address);
    const agent = await session.store.readAgent(address.agentId).catch(async (error: unknown) => {
      if (isRefused(error) && (await isAgentGone(session, address.agentId))) this.open.markDeleted(uri);
      throw error;
    });
    const version = await versionOf(agent, session);
    // The text counts as well: after a save, VS Code calls a document clean even if the user typed during the save.
    if (document.isDirty || !file.isVersion(document.getText())) return;
    if (this.open.isSaving(uri) || this.open.known(uri) !== file) return;
    this.open.markFresh(file);
    if (isSameAgent(version.fields, file.current.fields) && !file.isDeleted) return;
    this.ownSaves.forgetCleanUp(uri);
    this.open.replace(uri, file, version, agent);
  }
}
