import type { NewProviderToken } from '../core/api/api';
import type { Agent } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';
import { Secret } from '../core/base/secret';
import { joined, say } from '../core/words/words';
import { askForLine } from '../ui/inputs';
import { inStatusBar } from '../ui/progress';
import { flash } from '../ui/statusBar';

/** The one provider id that is known (docs/api/contract.md, "Values and ids"); others may exist. */
const KNOWN_PROVIDER = 'anthropic';

/**
 * Asks for the user's key at an LLM provider and has the agent run on it from now on. The key goes to QuantConnect and
 * is kept nowhere here.
 * @returns whether it was set; false: the user gave up. Throws `ApiError`.
 */
export async function setProviderToken(
  session: AgentsSession,
  agent: Pick<Agent, 'id' | 'name' | 'token'>,
): Promise<boolean> {
  const token = await askForProviderToken(agent.name, agent.token?.llmProviderApi, agent.token?.hasKey);
  if (!token) return false;
  await inStatusBar(say('Setting the provider key of “{0}”…', agent.name), () =>
    session.store.updateAgent(agent.id, { useQCC: false }, token),
  );
  flash(say('“{0}” now runs on your {1} key.', agent.name, token.llmProviderApi), 5000);
  return true;
}

/** Undefined: the user gave up. */
export async function askForProviderToken(
  agentName: string,
  provider = KNOWN_PROVIDER,
  replacesKey = false,
): Promise<NewProviderToken | undefined> {
  const llmProviderApi = await askForLine({
    title: say('Provider Token of “{0}” (1/2)', agentName),
    value: provider,
    prompt: say('The LLM provider that issued the key. “{0}” is the one that is known to work.', KNOWN_PROVIDER),
    check: (text) => (text.trim() === '' ? say('A provider is needed.') : undefined),
  });
  if (llmProviderApi === undefined) return undefined;
  const key = await askForLine({
    title: say('Provider Token of “{0}” (2/2)', agentName),
    password: true,
    prompt: joined([
      replacesKey
        ? say(
            'Your API key. It is sent to QuantConnect and kept nowhere on this computer, and replaces the key that is set.',
          )
        : say('Your API key. It is sent to QuantConnect and kept nowhere on this computer.'),
      say('The agent then runs on it: the provider bills you, not your QuantConnect credit.'),
    ]),
    check: (text) =>
      text.trim() === ''
        ? say('A key is needed.')
        : /\s/.test(text.trim())
          ? say('A key has no spaces in it.')
          : undefined,
  });
  if (key === undefined) return undefined;
  return { llmProviderApi: llmProviderApi.trim(), llmApiTokenUser: new Secret(key.trim()) };
}
