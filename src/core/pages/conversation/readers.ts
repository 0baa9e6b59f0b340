/**
 * Reads what the page saved or sent, for both sides: the page reads its saved state, the panel checks messages.
 * Without zod: zod tries `new Function`, which the page's Content-Security-Policy reports as a violation.
 */
import { field, isObject } from '../../base/json';
import { MAX_TEXT_LENGTH, type ReadingPosition, type SentPrompt } from './protocol';

/** Message ids come from the server; ids of sub-agents' messages can be long. */
export const MAX_ID_LENGTH = 2_000;
/** The page makes the IDs of prompts. */
export const CLIENT_ID = /^[\w-]{1,64}$/;
const MAX_SENT_PROMPTS = 100;

/** A reading position; undefined if the value is not one. */
export function readPosition(value: unknown): ReadingPosition | undefined {
  if (!isObject(value)) return undefined;
  const messageId = field(value, 'messageId');
  const offset = field(value, 'offset');
  const segment = field(value, 'segment');
  if (typeof messageId !== 'string' || messageId.length > MAX_ID_LENGTH) return undefined;
  if (typeof offset !== 'number' || !Number.isFinite(offset)) return undefined;
  return {
    messageId,
    offset,
    ...(typeof segment === 'number' && Number.isSafeInteger(segment) && segment > 0 && { segment }),
  };
}

/** The prompts in a list. If an ID occurs twice, the last one counts. If there are too many, only the newest stay. */
export function readSentPrompts(value: unknown): readonly SentPrompt[] {
  const prompts = new Map<string, SentPrompt>();
  for (const item of Array.isArray(value) ? (value as readonly unknown[]) : []) {
    const prompt = readSentPrompt(item);
    if (prompt) prompts.set(prompt.clientId, prompt);
  }
  return [...prompts.values()].slice(-MAX_SENT_PROMPTS);
}

function readSentPrompt(value: unknown): SentPrompt | undefined {
  const clientId = field(value, 'clientId');
  const text = field(value, 'text');
  const at = field(value, 'at');
  if (typeof clientId !== 'string' || !CLIENT_ID.test(clientId)) return undefined;
  if (typeof text !== 'string' || text.length > MAX_TEXT_LENGTH || text.trim() === '') return undefined;
  if (typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  return { clientId, text, how: field(value, 'how') === 'queue' ? 'queue' : 'send', at };
}
