import * as vscode from 'vscode';
import type { NewProviderToken } from '../core/api/api';
import type { Agent } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';
import { Secret } from '../core/secret';

/** The one provider id that is known (docs/api/contract.md, "Values and ids"); others may exist. */
const KNOWN_PROVIDER = 'anthropic';

/**
 * Asks for the user's key at an LLM provider and has the agent run on it from now on. The key goes to QuantConnect and is kept nowhere here.
 * @returns whether it was set; false: the user gave up. Throws `ApiError`.
 */
export async function setProviderToken(session: AgentsSession, agent: Pick<Agent, 'id' | 'name' | 'token'>): Promise<boolean> {
  const token = await askForProviderToken(agent.name, agent.token?.llmProviderApi, agent.token?.hasKey);
  if (!token) return false;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Setting the provider key of “${agent.name}”…` },
    () => session.store.updateAgent(agent.id, { useQCC: false }, token),
  );
  vscode.window.setStatusBarMessage(`“${agent.name}” now runs on your ${token.llmProviderApi} key.`, 5000);
  return true;
}

/** Undefined: the user gave up. */
export async function askForProviderToken(agentName: string, provider = KNOWN_PROVIDER, replacesKey = false): Promise<NewProviderToken | undefined> {
  const title = `Provider Token of “${agentName}”`;
  const llmProviderApi = await vscode.window.showInputBox({
    title: `${title} (1/2)`, value: provider, ignoreFocusOut: true,
    prompt: `The LLM provider that issued the key. “${KNOWN_PROVIDER}” is the one that is known to work.`,
    validateInput: (text) => (text.trim() === '' ? 'A provider is needed.' : undefined),
  });
  if (llmProviderApi === undefined) return undefined;
  const key = await vscode.window.showInputBox({
    title: `${title} (2/2)`, password: true, ignoreFocusOut: true,
    prompt: `Your API key. It is sent to QuantConnect and kept nowhere on this computer${replacesKey ? ', and replaces the key that is set' : ''}. The agent then runs on it: the provider bills you, not your QuantConnect credit.`,
    validateInput: (text) => (text.trim() === '' ? 'A key is needed.' : /\s/.test(text.trim()) ? 'A key has no spaces in it.' : undefined),
  });
  if (key === undefined) return undefined;
  return { llmProviderApi: llmProviderApi.trim(), llmApiTokenUser: new Secret(key.trim()) };
}
