import { QuantConnectClient } from '../src/core/api/client';
import type { ConversationAnswer } from '../src/core/api/api';
import { changesBetween, keepIdentity } from '../src/core/pages/conversation/diff';
import { NOTHING_MEASURED, measure } from '../src/core/conversation/times/measuredTimes';
import { timesBetween } from '../src/core/conversation/times/partTimes';
import { toTranscript } from '../src/core/conversation/transcript/parseTranscript';
import type { Change } from '../src/core/pages/conversation/protocol';
import type { Message } from '../src/core/conversation/transcript/transcript';
import { Secret } from '../src/core/base/secret';
import { bodyOf, type ApiMessage } from './conversation';
import { median } from './median';

export interface HostFigures {
  readonly unchangedMessages: number;
  readonly unchangedRatio: number;
  readonly hostRatio: number;
}

const ROUNDS = 15;
const DEPLOYMENT = 'A-00000000000000000000000000000001';

/**
 * The cost of a read in the extension host, from the answer's bytes to the changes for the page, divided by
 * `JSON.parse` of their text.
 */
export async function hostFigures(messages: readonly ApiMessage[]): Promise<HostFigures> {
  let body: Buffer = Buffer.alloc(0);
  const client = new QuantConnectClient({
    baseUrl: 'http://127.0.0.1:1',
    userId: '1',
    token: new Secret('bench'),
    adapter: (config) => Promise.resolve({ data: body, status: 200, statusText: '', headers: {}, config }),
  });
  let held: { readonly answer: ConversationAnswer; readonly transcript: readonly Message[] } | undefined;
  let measured = NOTHING_MEASURED;
  /** The run continues, so unfinished parts are measured. */
  const watch = (transcript: readonly Message[]): readonly Change[] => {
    const before = measured;
    measured = measure(before, transcript, { began: Date.now(), ended: Date.now(), live: true });
    const times = timesBetween(before.times, measured.times);
    return times.length === 0 ? [] : [{ kind: 'partTimes', times }];
  };
  const read = async (): Promise<readonly Change[]> => {
    const answer = await client.readConversation(DEPLOYMENT, { previous: held?.answer });
    if (answer === held?.answer) return watch(held.transcript);
    const before = held?.transcript ?? [];
    const transcript = keepIdentity(
      before,
      toTranscript(answer.conversation, held && { messages: held.answer.conversation.messages, transcript: before }),
    );
    held = { answer, transcript };
    return [...changesBetween(before, transcript), ...watch(transcript)];
  };
  /** New bytes each time, as from the network. */
  const asReceived = (bytes: string | Buffer): Buffer => Buffer.from(bytes);

  body = asReceived(bodyOf(messages));
  await read();
  const parses: number[] = [];
  const unchanged: number[] = [];
  const changed: number[] = [];
  let unchangedMessages = 0;
  let now = messages;
  for (let round = 0; round < ROUNDS; round++) {
    body = asReceived(body);
    parses.push(await parseTime(body));
    unchanged.push(
      await timed(async () => {
        unchangedMessages += (await read()).length;
      }),
    );
    // The last message, as in a run; a middle one, as when an older call ends; the first one, the worst case.
    const index = [messages.length - 1, messages.length >> 1, 1][round % 3] ?? 1;
    now = now.map((message, at) =>
      at === index
        ? { ...message, parts: [...message.parts.slice(0, -1), { type: 'text', text: `Round ${String(round)}` }] }
        : message,
    );
    body = asReceived(bodyOf(now));
    const count = { changes: 0 };
    parses.push(await parseTime(body));
    changed.push(
      await timed(async () => {
        count.changes = (await read()).length;
      }),
    );
    if (count.changes !== 1) throw new Error(`One part changed, and ${String(count.changes)} changes were sent.`);
  }
  return {
    unchangedMessages,
    unchangedRatio: median(unchanged) / median(parses),
    hostRatio: median(changed) / median(parses),
  };
}

function parseTime(body: Buffer): Promise<number> {
  const text = body.toString();
  return timed(() => {
    JSON.parse(text);
  });
}

async function timed(work: () => void | Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
