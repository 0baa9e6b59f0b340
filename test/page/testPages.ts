import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ConversationState } from '../../src/core/pages/conversation/protocol';
import { state } from '../support/conversations';
import { PageHarness, type ConversationPage, type OpenOptions } from './harness';

/** The pages that the tests of one file open. */
export interface TestPages {
  readonly open: (options?: OpenOptions) => Promise<ConversationPage>;
  /** Opens a page and shows a state: an ended run without messages, except for what is given. */
  readonly show: (shown?: Partial<ConversationState>, options?: OpenOptions) => Promise<ConversationPage>;
}

/**
 * Call this once in a file, outside its suites. After each test it closes the pages, and nothing may have broken in
 * them.
 */
export function testPages(): TestPages {
  let harness: PageHarness;
  let opened: ConversationPage[] = [];
  beforeAll(async () => {
    harness = await PageHarness.start();
  });
  afterAll(async () => {
    await harness.dispose();
  });
  afterEach(async () => {
    const pages = opened;
    opened = [];
    try {
      for (const conversation of pages) {
        expect(conversation.errors).toEqual([]);
        if (!conversation.page.isClosed()) expect(await conversation.sent('pageError')).toEqual([]);
      }
    } finally {
      await Promise.all(pages.map((conversation) => conversation.dispose()));
    }
  });
  const open = async (options?: OpenOptions): Promise<ConversationPage> => {
    const conversation = await harness.open(options);
    opened.push(conversation);
    return conversation;
  };
  return {
    open,
    async show(shown, options) {
      const conversation = await open(options);
      await conversation.show(state(shown));
      return conversation;
    },
  };
}

/** The element where the user steers the agent. */
export const promptBox = ({ page }: ConversationPage): Locator =>
  page.getByRole('textbox', { name: 'Prompt to the agent' });
