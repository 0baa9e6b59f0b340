import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { earlierThan, lastMessages, openingState } from '../../src/core/pages/conversation/delivery';
import type { Message } from '../../src/core/conversation/transcript/transcript';
import { message, running, state, text, tool } from '../support/conversations';
import type { ConversationPage } from './harness';
import type { WithWork } from './rest';
import { testPages } from './testPages';

const pages = testPages();

const many = (count: number): readonly Message[] =>
  Array.from({ length: count }, (_, index) =>
    message(
      `m${String(index)}`,
      index % 2 === 0 ? 'user' : 'assistant',
      text(`Message ${String(index)}\n\n${'It says some more words. '.repeat((index * 7) % 40)}\n\n- one\n- two`),
      ...(index % 2 === 0 ? [] : [tool('create_file', { input: { filePath: 'a.py', content: 'x = 1\n'.repeat(30) } })]),
    ),
  );

const show = (messages: readonly Message[]): Promise<ConversationPage> => pages.show({ header: running(), messages });

/** Scrolls a message's top to the top of the visible area, and waits until everything is measured and at rest. */
async function scrollBy(conversation: ConversationPage, distance: number): Promise<void> {
  await conversation.page.locator('.timeline').evaluate((scroller, by) => {
    scroller.scrollTop += by;
  }, distance);
  await conversation.atRest();
}

/** The position of every visible paragraph. */
function linesSeen({ page }: ConversationPage): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(() => {
    const { top, bottom } = document.querySelector('.timeline')!.getBoundingClientRect();
    return Object.fromEntries(
      [...document.querySelectorAll('.row')]
        .map(
          (row) =>
            [
              row.querySelector('.block')?.textContent ?? '',
              Math.round(row.getBoundingClientRect().top * 10) / 10,
            ] as const,
        )
        .filter(([, y]) => y >= top && y < bottom - 60),
    );
  });
}

describe('of a long conversation', () => {
  it('visible rows are in the page, and few others, at every scroll position', async () => {
    const conversation = await show(many(600));
    const { page } = conversation;
    const counts: number[] = [];
    for (const place of [1, 0.7, 0.3, 0]) {
      await page.locator('.timeline').evaluate((scroller, share) => {
        scroller.scrollTop = scroller.scrollHeight * share;
      }, place);
      await conversation.settled();
      counts.push(await page.locator('.message').count());
      expect(
        await page.evaluate(() => {
          const box = document.querySelector('.timeline')!.getBoundingClientRect();
          return [0.1, 0.5, 0.9].map(
            (share) =>
              document.elementFromPoint(box.left + 300, box.top + box.height * share)?.closest('.timeline') !== null,
          );
        }),
      ).toEqual([true, true, true]);
    }
    expect(Math.max(...counts)).toBeLessThan(40);
    expect(await page.locator('.row').first().innerText()).toContain('Message 0');
    expect(await page.locator('.message').first().getAttribute('aria-setsize')).toBe('600');
    await page.locator('.timeline').press('End');
    await expect.poll(() => page.locator('.row').last().innerText()).toContain('Message 599');
  });

  it('the end does not move from the first frame on, while rows above it are drawn', async () => {
    const open = await pages.open();
    const { page } = open;
    await page.evaluate(() => {
      const seen = { tops: new Set<number>(), rows: new Set<number>() };
      (window as unknown as { seen: typeof seen }).seen = seen;
      const look = (): void => {
        const rows = [...document.querySelectorAll('.row')];
        const last = rows.at(-1);
        if (last) seen.tops.add(last.getBoundingClientRect().top);
        if (last) seen.rows.add(rows.length);
        (window as unknown as WithWork).__work.frame(look);
      };
      look();
    });
    await open.show(
      state({
        header: running(),
        messages: many(60).map(({ parts, ...rest }) => ({ ...rest, parts: parts.slice(0, 1) })),
      }),
    );
    await open.atRest();
    const seen = await page.evaluate(() => {
      const { tops, rows } = (window as unknown as { seen: { tops: Set<number>; rows: Set<number> } }).seen;
      return { tops: [...tops], rows: [...rows] };
    });
    expect(seen.rows.length).toBeGreaterThan(1);
    expect(seen.tops).toHaveLength(1);
  });

  it('the reader moves exactly as far as they scroll, into rows that were never measured', async () => {
    const conversation = await show(many(600));
    await scrollBy(conversation, -2_000);
    for (let step = 0; step < 20; step++) {
      const before = await linesSeen(conversation);
      await conversation.page.locator('.timeline').evaluate((scroller) => {
        scroller.scrollTop -= 120;
      });
      await conversation.settled();
      const after = await linesSeen(conversation);
      const both = Object.keys(before).filter((line) => line in after);
      expect(both.length).toBeGreaterThan(0);
      for (const line of both) expect(Math.abs((after[line] ?? 0) - (before[line] ?? 0) - 120)).toBeLessThan(1);
    }
  });

  it('nothing that is read moves: while text streams, when rows above change, when pictures come and at rest', async () => {
    const messages = many(300);
    const conversation = await show(messages);
    await scrollBy(conversation, -3_000);
    const before = await linesSeen(conversation);
    expect(Object.keys(before).length).toBeGreaterThan(0);
    for (let step = 1; step <= 5; step++) {
      await conversation.change({
        kind: 'part',
        index: 299,
        partIndex: 0,
        part: text('Streaming words. '.repeat(step * 60), true),
      });
      await conversation.change({
        kind: 'part',
        index: 2,
        partIndex: 0,
        part: text('Other words.\n\n'.repeat(step * 4)),
      });
    }
    // The row just above the visible area grows, as when a picture in it arrives.
    await conversation.page.evaluate(() => {
      const { top } = document.querySelector('.timeline')!.getBoundingClientRect();
      const above = [...document.querySelectorAll<HTMLElement>('.row')]
        .filter((row) => row.getBoundingClientRect().bottom <= top)
        .at(-1);
      if (!above) throw new Error('No row above is built.');
      above.querySelector<HTMLElement>('.content')!.style.paddingTop = '173px';
    });
    await conversation.atRest();
    const after = await linesSeen(conversation);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [line, y] of Object.entries(before)) expect(Math.abs((after[line] ?? 0) - y)).toBeLessThan(1);
  });

  it('the line being read stays on screen when a banner above it appears and disappears, also at the beginning', async () => {
    const conversation = await show(many(60));
    const { page } = conversation;
    for (const by of [-1_500, -100_000]) {
      await scrollBy(conversation, by);
      const before = await linesSeen(conversation);
      await conversation.change({ kind: 'header', header: running({ runtimeError: 'KeyError\n  at main.py' }) });
      expect(await page.getByRole('alert').isVisible()).toBe(true);
      const during = await linesSeen(conversation);
      await conversation.atRest();
      expect(await linesSeen(conversation)).toEqual(during);
      const both = Object.keys(before).filter((line) => line in during);
      expect(both.length).toBeGreaterThan(0);
      for (const line of both) expect(Math.abs(during[line]! - before[line]!)).toBeLessThan(1);
      await conversation.change({ kind: 'header', header: running() });
      const after = await linesSeen(conversation);
      for (const line of both) expect(Math.abs(after[line]! - before[line]!)).toBeLessThan(1);
    }
  });

  it('arrives in pieces: its end is there at once, what came before when it is asked for, and nothing moves', async () => {
    const whole = state({ messages: many(300) });
    const open = await pages.open();
    const { from: earlier, messages: last } = lastMessages(whole.messages);
    expect(earlier).toBeGreaterThan(0);
    await open.post({ type: 'state', seq: 1, ...openingState(whole) });
    await open.post({ type: 'earlier', from: earlier, messages: last });
    await open.page.locator('.message').first().waitFor();
    await scrollBy(open, -500);
    const before = await linesSeen(open);
    const asked = await open.sent('requestEarlier');
    expect(asked).toEqual([{ type: 'requestEarlier', before: earlier }]);
    await open.post({ type: 'earlier', ...earlierThan(whole.messages, earlier) });
    await open.settled();
    expect(await linesSeen(open)).toEqual(before);
    expect(await open.page.locator('.message').first().getAttribute('aria-setsize')).toBe('300');
    expect(await open.page.locator('.latest').innerText()).toBe('Latest');
  });

  it('a message with hundreds of parts is drawn only where it is visible, and grows without anything moving', async () => {
    const parts = (count: number): Message['parts'] =>
      Array.from({ length: count }, (_, index) =>
        index % 3 === 0
          ? text(`Part ${String(index)} ${'says some words. '.repeat(index % 20)}`)
          : tool('create_file', {
              callId: `c${String(index)}`,
              input: { filePath: `f${String(index)}.py`, content: 'x = 1\n' },
            }),
      );
    const conversation = await show([message('m0', 'user', text('Begin')), message('m1', 'assistant', ...parts(900))]);
    const { page } = conversation;
    const counts: number[] = [];
    for (const place of [1, 0.6, 0.2, 0]) {
      await page.locator('.timeline').evaluate((scroller, share) => {
        scroller.scrollTop = scroller.scrollHeight * share;
      }, place);
      await conversation.settled();
      counts.push(await page.locator('.part').count());
    }
    expect(Math.max(...counts)).toBeLessThan(120);
    await scrollBy(conversation, 5_000);
    const before = await linesSeen(conversation);
    expect(Object.keys(before).length).toBeGreaterThan(0);
    for (const count of [901, 917, 940])
      await conversation.change({ kind: 'message', index: 1, message: message('m1', 'assistant', ...parts(count)) });
    expect(await linesSeen(conversation)).toEqual(before);
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight;
    });
    await expect.poll(() => page.locator('.part').last().innerText()).toContain('Part 939');
    await conversation.atRest();
    const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(headings).toEqual(Array.from({ length: await page.locator('.row').count() }, () => 'Agent, continued'));
  });

  it('pictures of any size, above and below, do not move the line that is read', async () => {
    const messages = many(60).map((whole, index): Message =>
      index % 3 === 0
        ? {
            ...whole,
            parts: [
              ...whole.parts,
              {
                kind: 'file',
                mediaType: 'image/png',
                filename: 'chart.png',
                url: `data:image/png;base64,${png(40, index % 2 === 0 ? 40 + index * 6 : 1_200)}`,
              },
            ],
          }
        : whole,
    );
    const conversation = await show(messages);
    await conversation.atRest();
    let looked = 0;
    for (let stop = 0; stop < 10; stop++) {
      await conversation.page.locator('.timeline').evaluate((scroller) => {
        scroller.scrollTop -= 700;
      });
      await conversation.settled();
      const before = await linesSeen(conversation);
      const [read] = Object.keys(before);
      await conversation.atRest();
      // A picture that fills the visible area, so that no line is left to read.
      if (read === undefined) continue;
      looked++;
      const y = (await linesSeen(conversation))[read];
      expect(y, read).toBeDefined();
      expect(Math.abs((y ?? 0) - (before[read] ?? 0)), read).toBeLessThan(1);
    }
    expect(looked).toBeGreaterThan(4);
    expect(
      await conversation.page
        .locator('img')
        .evaluateAll((pictures) => pictures.every((picture) => (picture as HTMLImageElement).naturalHeight > 0)),
    ).toBe(true);
  });
});

/** A gray picture. */
function png(width: number, height: number): string {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 128);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64');
}
