import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PageChannel } from '../../../../src/conversation/panel/pageChannel';
import type { ConversationState, ToPage } from '../../../../src/core/pages/conversation/protocol';
import type { Message } from '../../../../src/core/conversation/transcript/transcript';
import { render } from '../../../../src/core/words/render';
import { fresh, message, running, state, text, tool } from '../../../support/conversations';

/** Nested too deeply for anything that walks it, as VS Code does to send it. */
function deepMessage(): Message {
  let nested: unknown = 1;
  for (let depth = 0; depth < 20_000; depth++) nested = [nested];
  return message('m1', 'assistant', tool('read_file', { output: nested }));
}

/** VS Code's side: what is posted is made text, as for another process. */
let posted: ToPage[];
let isDelivered: boolean;
let isVisible: boolean;
let shown: ConversationState;
let logged: string[];
let channel: PageChannel;
let unhandled: unknown[];
const noteUnhandled = (error: unknown): void => {
  unhandled.push(error);
};

beforeEach(() => {
  [posted, logged, unhandled, isDelivered, isVisible] = [[], [], [], true, true];
  shown = state({ header: running(), messages: [message('m0', 'user', text('Hello')), deepMessage()] });
  process.on('unhandledRejection', noteUnhandled);
  channel = new PageChannel(
    {
      get visible() {
        return isVisible;
      },
      webview: {
        postMessage: async (value: unknown) => {
          posted.push(JSON.parse(JSON.stringify(value)) as ToPage);
          return Promise.resolve(isDelivered);
        },
      },
    } as unknown as ConstructorParameters<typeof PageChannel>[0],
    {
      beginning: () => ({ state: shown }),
      log: {
        error: (words) => {
          logged.push(render(words, 'log'));
        },
      },
    },
  );
});
afterEach(async () => {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  process.off('unhandledRejection', noteUnhandled);
  expect(unhandled).toEqual([]);
});

const types = (): readonly string[] => posted.map(({ type }) => type);

describe('PageChannel: messages that cannot be sent', () => {
  it('do not keep the header and Stop from the page, which says what is missing', async () => {
    channel.begin();
    await expect.poll(types).toEqual(['state', 'undelivered']);
    expect(posted[0]).toMatchObject({ state: { header: { canStop: true }, messages: [] }, earlier: 2 });
    expect(posted[1]).toMatchObject({ problem: expect.stringContaining('could not be shown') as string });
    expect(logged).toEqual([expect.stringContaining('RangeError')]);
  });

  it('do not keep later changes of the header from the page either', async () => {
    shown = state({ header: running(), messages: [message('m0', 'user', text('Hello'))] });
    channel.begin();
    channel.sendChanges([
      { kind: 'message', index: 1, message: deepMessage() },
      { kind: 'header', header: running({ stopping: true }) },
      { kind: 'freshness', freshness: fresh() },
    ]);
    await expect.poll(types).toEqual(['state', 'earlier', 'changes', 'undelivered']);
    expect(posted[2]).toMatchObject({ changes: [{ kind: 'header' }, { kind: 'freshness' }] });
  });

  it('are sent whole as soon as they can be: changes alone would not fit', async () => {
    channel.begin();
    await expect.poll(types).toContain('undelivered');
    shown = state({ header: running(), messages: [message('m0', 'user', text('Hello'))] });
    channel.sendChanges([{ kind: 'part', index: 0, partIndex: 0, part: text('Hello again') }]);
    expect(types().slice(2)).toEqual(['state', 'earlier']);
  });

  it('are reported if VS Code does not deliver them to a visible page, and not if the page is hidden', async () => {
    shown = state({ messages: [message('m0', 'user', text('Hello'))] });
    [isDelivered, isVisible] = [false, false];
    channel.begin();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(types()).toEqual(['state', 'earlier']);
    isVisible = true;
    channel.sendState();
    await expect.poll(types).toEqual(['state', 'earlier', 'state', 'earlier', 'undelivered']);
  });

  it('do not matter any more once the panel is closed', async () => {
    channel.begin();
    channel.dispose();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect([types(), logged]).toEqual([['state'], []]);
  });
});

it('PageChannel: sends nothing before the page listens', () => {
  channel.sendState();
  channel.sendChanges([{ kind: 'header', header: running() }]);
  expect([types(), channel.post({ type: 'pong' })]).toEqual([[], false]);
});
