import type { NewProviderToken } from '../core/api/api';
import type { Agent } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';
import { Secret } from '../core/base/secret';
import { joined, say } from '../core/words/words';
import { askForLine } from '../ui/inputs';
import { inStatusBar } from '../ui/progress';
import { flash } from '../ui/statusBar';
import { TEXTS } from './texts';

/** The only provider ID that is known (docs/api/contract.md, "Values and ids"). There may be others. */
const KNOWN_PROVIDER = 'anthropic';

/**
 * Asks for the user's key at an LLM provider and sends it to QuantConnect. The agent runs on it from then on. The key
 * is not saved on this computer.
 * @returns false if the user canceled. Throws `ApiError`.
 */
export async function setProviderToken(
  session: AgentsSession,
  agent: Pick<Agent, 'id' | 'name' | 'token'>,
): Promise<boolean> {
  const token = await askForProviderToken(agent.name, agent.token?.llmProviderApi, agent.token?.hasKey);
  if (!token) return false;
  await inStatusBar(say(TEXTS.settingKey, agent.name), () =>
    session.store.updateAgent(agent.id, { useQCC: false }, token),
  );
  flash(say(TEXTS.runsOnYourKey, agent.name, token.llmProviderApi), 5000);
  return true;
}

/** Undefined: the user canceled. */
export async function askForProviderToken(
  agentName: string,
  provider = KNOWN_PROVIDER,
  replacesKey = false,
): Promise<NewProviderToken | undefined> {
  const llmProviderApi = await askForLine({
    title: say(TEXTS.providerTitle, agentName),
    value: provider,
    prompt: say(TEXTS.providerPrompt, KNOWN_PROVIDER),
    check: (text) => (text.trim() === '' ? say(TEXTS.providerNeeded) : undefined),
  });
  if (llmProviderApi === undefined) return undefined;
  const key = await askForLine({
    title: say(TEXTS.keyTitle, agentName),
    password: true,
    prompt: joined([replacesKey ? say(TEXTS.keyPromptReplaces) : say(TEXTS.keyPrompt), say(TEXTS.providerBills)]),
    check: (text) =>
      text.trim() === '' ? say(TEXTS.keyNeeded) : /\s/.test(text.trim()) ? say(TEXTS.keyNoSpaces) : undefined,
  });
  if (key === undefined) return undefined;
  return { llmProviderApi: llmProviderApi.trim(), llmApiTokenUser: new Secret(key.trim()) };
}
