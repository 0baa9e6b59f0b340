/**
 * A conversation as it was read at one moment, with what is known around it: what is exported, compared and opened as
 * documents.
 */
import type { Conversation } from '../../api/model';
import type { PartTimes } from '../times/partTimes';
import type { DeploymentFacts } from '../../organization/status/deploymentFacts';
import type { Message, Part } from '../transcript/transcript';

export interface ConversationFacts extends DeploymentFacts {
  readonly organizationName: string;
  /** What the deployment was started with. */
  readonly prompt?: string;
}

export interface ConversationRecord {
  readonly facts: ConversationFacts;
  /** As the API answered it. */
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** When it was read, epoch milliseconds. */
  readonly readAt: number;
  /** When its parts ran, as far as somebody watched. */
  readonly times?: PartTimes;
}

/** What the user said: the prompt that started it, then every further one. */
export function promptsOf({ facts, messages }: Pick<ConversationRecord, 'facts' | 'messages'>): readonly string[] {
  const said = messages
    .filter(({ role }) => role === 'user')
    .map(({ parts }) => joinedTexts(parts))
    .filter((text) => text.trim() !== '');
  // Whether the conversation begins with the prompt itself is unpublished: where somebody else speaks first, it does
  // not.
  const beginsWithPrompt = messages.find(({ role }) => role !== 'system')?.role === 'user';
  return beginsWithPrompt || facts.prompt === undefined || facts.prompt.trim() === '' ? said : [facts.prompt, ...said];
}

/**
 * What the agent said last: the texts after its last tool call, or the last ones before it where nothing came after.
 * Undefined while it has said nothing.
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
