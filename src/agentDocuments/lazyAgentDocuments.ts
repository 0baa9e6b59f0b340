import * as vscode from 'vscode';
import { Lazy } from '../core/base/lazy';
import { say } from '../core/words/words';
import { LazyFiles, loadForDocuments } from '../ui/lazyProviders';
import type { AgentDocuments, AgentDocumentsServices } from './agentDocuments';
import { AGENT_SCHEME } from './scheme';
import { TEXTS } from './texts';

/** Registers the file system of agents. The code behind it loads with the first request for one of its files. */
export function lazyAgentDocuments(services: Omit<AgentDocumentsServices, 'registerFiles'>): Lazy<AgentDocuments> {
  const documents: Lazy<AgentDocuments> = new Lazy<AgentDocuments>(async () => {
    const { AgentDocuments } = await import('./agentDocuments');
    return new AgentDocuments({ ...services, registerFiles: files.follow });
  });
  const files: LazyFiles = new LazyFiles(
    AGENT_SCHEME,
    { isCaseSensitive: true },
    async () => (await documents.get()).files,
  );
  const registered = vscode.Disposable.from(
    files,
    // VS Code restores a document with unsaved changes without reading its file.
    loadForDocuments(documents, ({ uri }) => uri.scheme === AGENT_SCHEME, services.feedback, say(TEXTS.toCheck)),
  );
  return documents.own(registered);
}
