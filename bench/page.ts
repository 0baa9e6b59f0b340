import type { CDPSession } from 'playwright-core';
import type { Plugin } from 'esbuild';
import fs from 'node:fs';
import { earlierThan, lastMessages, openingState } from '../src/core/pages/conversation/delivery';
import { toTranscript } from '../src/core/conversation/transcript/parseTranscript';
import type { ConversationState, ToPage } from '../src/core/pages/conversation/protocol';
import { readInstant } from '../src/core/api/schemas';
import { state } from '../test/support/conversations';
import { scriptBytes } from '../test/support/scriptBytes';
import { PageHarness, type ConversationPage } from '../test/page/harness';
import type { ApiMessage } from './conversation';
import { findFigures, withWords } from './find';
import * as inPage from './inPage';
import { median } from './median';

export interface PageFigures {
  readonly firstPaintRatio: number;
  readonly mountedElements: number;
  readonly screenfulRatio: number;
  readonly appendRatio: number;
  readonly longestFrameMs: number;
  readonly scrollMovedShare: number;
  readonly emptyFrames: number;
  readonly scrollLongestFrameMs: number;
  readonly jumpMs: number;
  readonly heapRatio: number;
  readonly unchangedMutations: number;
  readonly findMs: number;
  /** While somebody types a word into find. */
  readonly findLongestFrameMs: number;
  readonly scriptsKb: number;
  readonly fullRenderFactor: number;
}

const PAINTS = 9;
const APPEND_ROUNDS = 7;
const APPENDS = 20;
const SCROLLS = 3;

/** Draws all rows at once and keeps them: the page without its windowing. */
const withoutWindowing: Plugin = {
  name: 'without-windowing',
  setup(build) {
    build.onLoad({ filter: /rowWindow\.ts$/ }, ({ path }) => {
      const source = fs.readFileSync(path, 'utf8');
      const changed = source
        .replace('const AHEAD = 400', 'const AHEAD = Infinity')
        .replace('this.buildBetween(from, to, BATCH)', 'this.buildBetween(0, Infinity, Infinity)');
      if (changed.split('Infinity').length < 4) throw new Error('The windowing was not found in the page.');
      return { contents: changed, loader: 'ts' };
    });
  },
};

/** @param bytes the size of the long conversation's answer. */
export async function pageFigures(
  short: readonly ApiMessage[],
  long: readonly ApiMessage[],
  bytes: number,
): Promise<PageFigures> {
  const harness = await PageHarness.start();
  try {
    const S = stateOf(short);
    const L = stateOf(long);
    const visible = await withPage(harness, L, (conversation) => conversation.page.evaluate(inPage.visibleMessages));
    const screenful: ConversationState = { ...L, messages: L.messages.slice(-visible) };
    const paints = { S: [] as number[], L: [] as number[], screenful: [] as number[] };
    for (let round = 0; round < PAINTS; round++) {
      paints.S.push(await firstPaint(harness, S));
      paints.L.push(await firstPaint(harness, L));
      paints.screenful.push(await firstPaint(harness, screenful));
    }
    const appends = await withPage(harness, S, (inS) => withPage(harness, L, (inL) => appendInTurn(inS, S, inL, L)));
    const opened = await withPage(harness, L, async (conversation) => {
      const { page } = conversation;
      const devtools = await page.context().newCDPSession(page);
      const heap = await heapUsed(devtools);
      const atRest = await page.evaluate(inPage.mounted);
      await conversation.watchMutations();
      await conversation.post({ type: 'state', seq: 2, ...openingState(L) });
      await conversation.post({ type: 'earlier', ...lastMessages(L.messages) });
      await arrival(conversation);
      const unchangedMutations = (await conversation.mutations()).length;
      const scrolls = [];
      for (let round = 0; round < SCROLLS; round++) {
        await page.evaluate(inPage.toEnd);
        await page.waitForTimeout(500);
        scrolls.push(await page.evaluate(inPage.scrollUp, { frames: 120, step: 1_500 }));
      }
      const jumps = [];
      for (let round = 0; round < 7; round++) {
        await page.evaluate(inPage.toEnd);
        await page.waitForTimeout(300);
        jumps.push(await page.evaluate(inPage.jumpToStart));
      }
      await page.waitForTimeout(500);
      const mountedElements = Math.max(
        atRest,
        ...scrolls.map(({ mounted }) => mounted),
        await page.evaluate(inPage.mounted),
      );
      const heapAfter = await heapUsed(devtools);
      return { heap: Math.max(heap, heapAfter), mountedElements, unchangedMutations, scrolls, jumpMs: median(jumps) };
    });
    const hidden = withWords(L);
    const find = await findFigures((work) => withPage(harness, hidden, work));
    return {
      firstPaintRatio: median(paints.L) / median(paints.S),
      mountedElements: opened.mountedElements,
      screenfulRatio: median(paints.L) / median(paints.screenful),
      appendRatio: appends.ratio,
      longestFrameMs: appends.longestFrameMs,
      scrollMovedShare: Math.min(...opened.scrolls.map(({ movedShare }) => movedShare)),
      emptyFrames: Math.max(...opened.scrolls.map(({ emptyFrames }) => emptyFrames)),
      scrollLongestFrameMs: median(opened.scrolls.map(({ longestFrameMs }) => longestFrameMs)),
      jumpMs: opened.jumpMs,
      heapRatio: opened.heap / bytes,
      unchangedMutations: opened.unchangedMutations,
      findMs: find.findMs,
      findLongestFrameMs: find.longestFrameMs,
      scriptsKb: scriptBytes(harness.built.metafile) / 1024,
      fullRenderFactor: (await fullRender(L)) / median(paints.S),
    };
  } finally {
    await harness.dispose();
  }
}

/** Appends to both in turn, so that other work on the machine slows both. */
async function appendInTurn(
  inS: ConversationPage,
  S: ConversationState,
  inL: ConversationPage,
  L: ConversationState,
): Promise<{ readonly ratio: number; readonly longestFrameMs: number }> {
  const round = (
    { page }: ConversationPage,
    { messages }: ConversationState,
    count: number,
  ): ReturnType<typeof inPage.append> =>
    page.evaluate(inPage.append, {
      seq: 2 + count * APPENDS,
      count: APPENDS,
      index: messages.length - 1,
      partIndex: (messages.at(-1)?.parts.length ?? 0) + count * APPENDS,
    });
  const times = { S: [] as number[], L: [] as number[] };
  let longestFrameMs = 0;
  for (let count = 0; count < APPEND_ROUNDS; count++) {
    times.S.push((await round(inS, S, count)).ms);
    const inLong = await round(inL, L, count);
    times.L.push(inLong.ms);
    longestFrameMs = Math.max(longestFrameMs, inLong.longestFrameMs);
  }
  return { ratio: median(times.L) / median(times.S), longestFrameMs };
}

function stateOf(messages: readonly ApiMessage[]): ConversationState {
  return state({
    messages: toTranscript({ messages: messages.map((message) => ({ ...message, time: readInstant(message.time) })) }),
  });
}

/** An open page with the whole state, sent as the panel sends it. */
async function withPage<T>(
  harness: PageHarness,
  shown: ConversationState,
  work: (conversation: ConversationPage) => Promise<T>,
): Promise<T> {
  const conversation = await harness.open();
  await conversation.page.exposeFunction('benchEarlier', (before: number) => earlierThan(shown.messages, before));
  await conversation.page.evaluate(inPage.playPanel);
  try {
    const messages = arriving(shown);
    await conversation.page.evaluate(inPage.paint, messages as never);
    await arrival(conversation);
    return await work(conversation);
  } finally {
    await conversation.dispose();
  }
}

/** Waits until every message has arrived and the page has nothing left to do. */
async function arrival(conversation: ConversationPage): Promise<void> {
  for (let before = -1, asked = 0; before !== asked;) {
    await conversation.page.waitForTimeout(700);
    before = asked;
    asked = (await conversation.sent('requestEarlier')).length;
  }
}

/** The time from the state's message to the paint of the conversation's end, in a new page. */
async function firstPaint(harness: PageHarness, shown: ConversationState): Promise<number> {
  const conversation = await harness.open();
  try {
    return await conversation.page.evaluate(inPage.paint, arriving(shown) as never);
  } finally {
    await conversation.dispose();
  }
}

async function fullRender(shown: ConversationState): Promise<number> {
  const harness = await PageHarness.start([withoutWindowing]);
  try {
    const conversation = await harness.open();
    return await conversation.page.evaluate(inPage.paint, [{ type: 'state', seq: 1, state: shown }] as never);
  } finally {
    await harness.dispose();
  }
}

async function heapUsed(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}

/** What the panel sends without being asked, in order. */
function arriving(shown: ConversationState): readonly ToPage[] {
  return [
    { type: 'state', seq: 1, ...openingState(shown) },
    { type: 'earlier', ...lastMessages(shown.messages) },
  ];
}
