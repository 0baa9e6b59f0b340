/**
 * A conversation as read at one moment, with the facts around it. Exports, comparisons and documents use it.
 */
import type { Conversation } from '../../api/model';
import type { PartTimes } from '../times/partTimes';
import type { DeploymentFacts } from '../../organization/status/deploymentFacts';
import type { Message, Part } from '../transcript/transcript';

export interface ConversationFacts extends DeploymentFacts {
  readonly organizationName: string;
  /** The prompt that the deployment was started with. */
  readonly prompt?: string;
}

export interface ConversationRecord {
  readonly facts: ConversationFacts;
  /** As the API sent it. */
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** When the conversation was read, epoch milliseconds. */
  readonly readAt: number;
  /** The measured times of its parts. Missing if nobody watched. */
  readonly times?: PartTimes;
}

/** All prompts of the user, from the prompt that started the deployment. */
export function promptsOf({ facts, messages }: Pick<ConversationRecord, 'facts' | 'messages'>): readonly string[] {
  const said = messages
    .filter(({ role }) => role === 'user')
    .map(({ parts }) => joinedTexts(parts))
    .filter((text) => text.trim() !== '');
  // The API does not say whether the conversation contains the first prompt. If somebody else speaks first, it does
  // not.
  const beginsWithPrompt = messages.find(({ role }) => role !== 'system')?.role === 'user';
  return beginsWithPrompt || facts.prompt === undefined || facts.prompt.trim() === '' ? said : [facts.prompt, ...said];
}

/**
 * The agent's last texts: those after its last tool call, or if there are none, the last ones before it. Undefined if
 * the agent has written no text.
 */
export function finalAnswer(messages: readonly Message[]): string | undefined {
  for (const { role, parts } of messages.toReversed()) {
    if (role !== 'assistant') continue;
    const lastCall = parts.findLastIndex(({ kind }) => kind === 'tool');
    const after = joinedTexts(parts.slice(lastCall + 1));
    if (after.trim() !== '') return after;
    const lastText = parts.findLast((part) => part.kind === 'text' && part.text.trim() !== '');
    if (lastText?.kind === 'text') return lastText.text;
  }
  return undefined;
}

function joinedTexts(parts: readonly Part[]): string {
  return parts
    .filter((part) => part.kind === 'text')
    .map(({ text }) => text)
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}
