import type { AgentAddress } from '../core/agentFile/address';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import { say } from '../core/words/words';
import { unavailable } from '../ui/fileErrors';
import { TEXTS } from './texts';

/** The session in the organization of an agent. Throws an error that VS Code can show if there is none. */
export async function sessionFor(
  sessions: SessionSource,
  { organizationId }: Pick<AgentAddress, 'organizationId'>,
): Promise<AgentsSession> {
  await sessions.ready();
  const session = sessions.current;
  if (!session) throw unavailable(sessions.signInProblem ?? say(TEXTS.signedOut));
  if (session.organization.id.toLowerCase() === organizationId) return session;
  throw unavailable(say(TEXTS.otherOrganization, session.organization.name));
}

/** Whether an agent is no longer in the organization. Reads the list of agents. */
export async function isAgentGone(session: AgentsSession, agentId: number): Promise<boolean> {
  const { isGone } = await import('../core/agentFile/saving');
  return isGone(session.store, agentId);
}
