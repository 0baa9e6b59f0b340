import type { Message, Part } from './transcript';

/**
 * What the user has said, in order: the text of each message of theirs, and of each that steered a run, which stands
 * among the parts of the agent's message.
 */
export function userTexts(messages: readonly Message[]): readonly string[] {
  return messages.flatMap(({ role, parts }) => [
    ...(role === 'user' ? [textOf(parts)] : []),
    ...parts.flatMap((part) => (part.kind === 'steering' ? [textOf(part.parts)] : [])),
  ]);
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}
