import type { Message, Part } from './transcript';

/**
 * The texts of the user, in order. A prompt that steered a run counts, too. It is a part of the agent's message.
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
