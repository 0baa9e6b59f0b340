import type { ConversationState } from '../src/core/pages/conversation/protocol';
import type { Part } from '../src/core/conversation/transcript/transcript';
import type { ConversationPage } from '../test/page/harness';
import * as inPage from './inPage';
import { median } from './median';

export interface FindFigures {
  readonly findMs: number;
  readonly longestFrameMs: number;
}

/**
 * Words that start like many others and appear once each, in the output of a folded tool call: early in the
 * conversation, in the middle, and shortly before what the reader sees at the end. The search goes from there to the
 * end and then continues at the beginning, so it finds the last one last.
 */
const WORDS = [
  ['momentumearly', 0.001],
  ['momentummiddle', 0.5],
  ['momentumlate', 0.975],
] as const;
const ROUNDS = 3;
/** The pause of a fast typist. The page must be free for the next key. */
const KEY_MS = 40;

/** The conversation with the words that {@link findFigures} searches. */
export function withWords(shown: ConversationState): ConversationState {
  const messages = [...shown.messages];
  for (const [word, share] of WORDS) {
    const index = Math.floor((messages.length * share) / 2) * 2 + 1;
    const message = messages[index];
    const place = message?.parts.findIndex((part) => part.kind === 'tool' && part.name === 'read_file') ?? -1;
    const part = message?.parts[place];
    if (!message || part?.kind !== 'tool') throw new Error('There is no call to hide a word in.');
    const hiding: Part = { ...part, output: { content: [{ type: 'text', text: `# one\n# two\n# ${word}\n` }] } };
    messages[index] = { ...message, parts: message.parts.map((other, at) => (at === place ? hiding : other)) };
  }
  return { ...shown, messages };
}

/**
 * The time from the last key until the first match is counted, unfolded, scrolled to, marked and painted. Each word is
 * pasted into a page that has searched nothing before, and also typed by letter. `findMs` is the slowest of the
 * medians. The longest time between two frames meanwhile is measured too.
 */
export async function findFigures(
  withPage: <T>(work: (conversation: ConversationPage) => Promise<T>) => Promise<T>,
): Promise<FindFigures> {
  const times = new Map<string, number[]>();
  const frames: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [word] of WORDS) {
      await withPage(async (conversation) => {
        const { keyboard } = conversation.page;
        for (const way of ['pasted', 'typed']) {
          await conversation.page.evaluate(inPage.toEnd);
          await conversation.page.waitForTimeout(300);
          await keyboard.press('Control+f');
          await conversation.page.evaluate(inPage.watchFind, word);
          if (way === 'pasted') await keyboard.insertText(word);
          else await keyboard.type(word, { delay: KEY_MS });
          const { ms, longestFrameMs } = await conversation.page.evaluate(inPage.found);
          times.set(`${way} ${word}`, [...(times.get(`${way} ${word}`) ?? []), ms]);
          frames.push(longestFrameMs);
          await keyboard.press('Control+a');
          await keyboard.press('Backspace');
          await keyboard.press('Escape');
        }
      });
    }
  }
  return { findMs: Math.max(...[...times.values()].map(median)), longestFrameMs: median(frames) };
}
