import { conversation } from './conversation';
import { toTranscript } from '../src/core/conversation/parseTranscript';
import { readInstant } from '../src/core/api/schemas';
import { earlierThan, opening } from '../src/core/conversation/delivery';
import { state } from '../test/support/conversations';
import { PageHarness } from '../test/page/harness';
import { findFigures, withWords } from './find';
import * as inPage from './inPage';
export async function main() {
  const harness = await PageHarness.start();
  const L = withWords(state({ messages: toTranscript({ messages: conversation(2000).map((m) => ({ ...m, time: readInstant(m.time) })) }) }));
  console.log(await findFigures(async (work) => {
    const c = await harness.open();
    await c.page.exposeFunction('benchEarlier', (before: number) => earlierThan(L.messages, before));
    await c.page.evaluate(inPage.playPanel);
    await c.page.evaluate(inPage.paint, { type: 'state', seq: 1, ...opening(L) } as never);
    for (let before = -1, asked = 0; before !== asked;) { await c.page.waitForTimeout(700); before = asked; asked = (await c.sent('earlier')).length; }
    try { return await work(c); } finally { await c.dispose(); }
  }));
  await harness.dispose();
}
