/** Reads what a conversation's page sends to its panel. */
import * as z from 'zod/mini';
import { parseEarlierDrafts } from '../../conversation/queue/earlierDrafts';
import { isOpenableUrl } from '../../words/links';
import { MAX_COPY_LENGTH, MAX_TEXT_LENGTH, type FromPageMessages } from '../conversation/protocol';
import { CLIENT_ID, MAX_ID_LENGTH, readPosition, readSentPrompts } from '../conversation/readers';
import { count, maybe, parserOf, readBy, textUpTo } from './shapes';

const MAX_URL_LENGTH = 8_192;
const MAX_ERROR_LENGTH = 2_000;

const clientId = z.string().check(z.regex(CLIENT_ID));
const prompt = {
  clientId,
  text: textUpTo(MAX_TEXT_LENGTH).check(z.refine((text) => text.trim() !== '')),
};
const partAddress = { messageId: textUpTo(MAX_ID_LENGTH), partIndex: count };

/** Undefined where there are none. */
function readEarlierDrafts(value: unknown): readonly string[] | undefined {
  const drafts = parseEarlierDrafts(value);
  return drafts.length > 0 ? drafts : undefined;
}

/** Undefined if the value is no message of the table, or a text in it is too long. */
export const parseFromPage = parserOf<FromPageMessages>({
  ready: {},
  resync: {},
  ping: {},
  pageError: {
    message: z.pipe(
      z.string(),
      z.transform((text: string) => text.slice(0, MAX_ERROR_LENGTH)),
    ),
  },
  requestEarlier: { before: z.int().check(z.positive()) },
  draft: {
    text: textUpTo(MAX_TEXT_LENGTH),
    earlierDrafts: maybe(readBy(readEarlierDrafts)),
    revision: maybe(count),
  },
  confirmPrompts: { prompts: readBy(readSentPrompts).check(z.minLength(1)) },
  send: prompt,
  queue: prompt,
  sendNow: { clientId },
  sendAgain: { clientId },
  takeBack: { clientId },
  resumeQueue: {},
  readingPosition: { position: z.optional(readBy(readPosition)) },
  stop: {},
  action: { action: z.enum(['retry', 'signIn', 'openSettings', 'switchOrganization', 'showLog']) },
  openLink: { url: textUpTo(MAX_URL_LENGTH).check(z.refine(isOpenableUrl)) },
  copy: { text: textUpTo(MAX_COPY_LENGTH) },
  openToolText: { ...partAddress, side: z.enum(['input', 'output', 'whole']) },
  file: { ...partAddress, action: z.enum(['open', 'diff', 'save']) },
  saveAllFiles: {},
  wholeConversation: { action: z.enum(['export', 'transcript', 'compare']) },
});
