import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../src/core/conversation/queue/outbox';
import { fresh, message, running, state, text } from '../support/conversations';
import { IDENTITY, type ConversationPage } from './harness';
import { promptBox as box, testPages } from './testPages';

const pages = testPages();
const messages = [message('m0', 'user', text('First')), message('m1', 'assistant', text('Second'))];
const banner = ({ page }: ConversationPage) =>
  page.getByRole('alert').filter({ hasText: 'extension host does not answer' });
const PATIENCE = { timeout: 25_000 };

async function loseHost(conversation: ConversationPage): Promise<void> {
  await conversation.silence(true);
  await banner(conversation).waitFor(PATIENCE);
}

/** The command behind “Reconnect”, and what it passes on. */
async function reconnect(
  conversation: ConversationPage,
): Promise<{ readonly command: string; readonly saved: Record<string, unknown> }> {
  const link = conversation.page.getByRole('link', { name: 'Reconnect' });
  // As VS Code does: its listener on the document takes the link's address, and the link is not followed.
  await conversation.page.evaluate(() => {
    document.addEventListener(
      'click',
      (event) => {
        event.preventDefault();
      },
      { once: true },
    );
  });
  await link.focus();
  await conversation.page.keyboard.press('Enter');
  const [command = '', query = ''] = ((await link.getAttribute('href')) ?? '').split('?');
  const [saved] = JSON.parse(decodeURIComponent(query)) as readonly Record<string, unknown>[];
  return { command, saved: saved ?? {} };
}

describe('Page: an extension host that does not answer', () => {
  let conversation: ConversationPage;
  beforeEach(async () => {
    const confirmedAt = Date.now();
    conversation = await pages.show({
      header: running({ started: confirmedAt - 5_000 }),
      freshness: fresh({ confirmedAt }),
      messages,
    });
  });

  it('is shown within seconds, with what to do, and the clock stops', async () => {
    await loseHost(conversation);
    const { page } = conversation;
    expect(await page.getByRole('link', { name: 'Reload Window' }).getAttribute('href')).toBe(
      'command:workbench.action.reloadWindow',
    );
    expect(await page.locator('.freshness').innerText()).toMatch(/^as of /);
    expect(await page.locator('#app').getAttribute('data-live')).toBe('false');
    // As the server last confirmed it, although seconds have passed.
    expect(await page.locator('.duration').innerText()).toBe('5 s');
    await page.getByText('Second').waitFor();
  });

  it('gets no prompt: the text stays in the box and in the page’s saved state', async () => {
    await loseHost(conversation);
    await box(conversation).fill('Use SPY');
    await box(conversation).press('Enter');
    expect(await box(conversation).inputValue()).toBe('Use SPY');
    expect(await conversation.sent('send')).toEqual([]);
    expect((await conversation.observed()).saved).toMatchObject({ draft: 'Use SPY', draftTold: false });
  });

  it('is reconnected to by the keyboard alone, with all that it has not confirmed', async () => {
    await conversation.silence(true);
    await box(conversation).fill('Use SPY');
    await box(conversation).press('Enter');
    await banner(conversation).waitFor(PATIENCE);
    await box(conversation).pressSequentially('And then bonds');
    const [sent] = await conversation.sent('send');
    const { command, saved } = await reconnect(conversation);
    expect(command).toBe('command:quantAgents.takeOverConversation');
    expect(saved).toMatchObject({
      identity: IDENTITY,
      draft: 'And then bonds',
      draftTold: false,
      sent: [{ clientId: sent?.clientId, text: 'Use SPY', how: 'send' }],
    });
    expect(await conversation.sent('openLink')).toEqual([]);
  });

  it('leaves no prompt at “Sending…” for ever', async () => {
    await conversation.change({
      kind: 'outbox',
      outbox: [{ clientId: 'c0', text: 'Before', state: 'sending', at: 1 }],
    });
    await conversation.silence(true);
    await box(conversation).fill('Use SPY');
    await box(conversation).press('Enter');
    await banner(conversation).waitFor(PATIENCE);
    for (const words of ['Before', 'Use SPY']) {
      const row = conversation.page.locator('.pending').filter({ hasText: words });
      await row.getByText('Not confirmed').waitFor();
      expect(await row.getByText('Sending…').count()).toBe(0);
      expect(await row.locator('.actions').isVisible()).toBe(false);
    }
  });

  it('that answers again ends the banner; prompts are asked for and never sent twice', async () => {
    await conversation.silence(true);
    await box(conversation).fill('Use SPY');
    await box(conversation).press('Enter');
    await banner(conversation).waitFor(PATIENCE);
    await conversation.silence(false);
    await banner(conversation).waitFor({ ...PATIENCE, state: 'hidden' });
    expect(await conversation.sent('resync')).not.toEqual([]);
    await conversation.show(state({ header: running(), messages }));
    const [sent] = await conversation.sent('send');
    expect((await conversation.sent('confirmPrompts')).at(-1)).toMatchObject({
      prompts: [{ clientId: sent?.clientId, text: 'Use SPY' }],
    });
    const uncertain: OutboxItem = {
      clientId: sent?.clientId ?? '',
      text: 'Use SPY',
      state: 'uncertain',
      at: 1,
      problem: 'Check whether it arrived.',
    };
    await conversation.change({ kind: 'outbox', outbox: [uncertain] });
    await conversation.post({ type: 'promptsConfirmed', clientIds: [uncertain.clientId] });
    await conversation.settled();
    expect(await conversation.page.locator('.pending').count()).toBe(1);
    await conversation.page.getByText('Check whether it arrived.').waitFor();
    expect(await conversation.sent('send')).toHaveLength(1);
    expect((await conversation.observed()).saved).toMatchObject({ sent: [] });
  });
});

describe('Page: shown again after its extension host died', () => {
  it('says so instead of a skeleton, with the text that it saved', async () => {
    const saved = {
      identity: IDENTITY,
      draft: 'Half a thou',
      draftTold: false,
      folds: [],
      sent: [{ clientId: 'c1', text: 'Use SPY', how: 'send', at: 1 }],
    };
    const conversation = await pages.open({ silent: true, saved });
    await banner(conversation).waitFor(PATIENCE);
    expect(await conversation.page.locator('.skeleton').count()).toBe(0);
    expect(await box(conversation).inputValue()).toBe('Half a thou');
    await conversation.page.locator('.pending').filter({ hasText: 'Use SPY' }).getByText('Not confirmed').waitFor();
    expect(await conversation.page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(false);
    expect((await reconnect(conversation)).saved).toMatchObject(saved);
  });
});

describe('Page: what it saves until the panel confirms it', () => {
  it('is the draft', async () => {
    const conversation = await pages.show({ messages });
    await conversation.silence(true);
    await box(conversation).fill('Half a thou');
    await expect.poll(() => conversation.lastDraft()).toEqual({ text: 'Half a thou' });
    expect((await conversation.observed()).saved).toMatchObject({ draft: 'Half a thou', draftTold: false });
    const [{ revision = -1 } = {}] = await conversation.sent('draft');
    // Confirming an older draft confirms nothing.
    await conversation.post({ type: 'draftSaved', revision: revision - 1 });
    await conversation.settled();
    expect((await conversation.observed()).saved).toMatchObject({ draftTold: false });
    await conversation.post({ type: 'draftSaved', revision });
    await expect
      .poll(async () => (await conversation.observed()).saved)
      .toMatchObject({ draft: 'Half a thou', draftTold: true });
  });

  it('is a prompt, until it is written down; then it is shown from the panel’s outbox alone', async () => {
    const conversation = await pages.show({ header: running(), messages });
    await box(conversation).fill('Use SPY');
    await box(conversation).press('Enter');
    const [sent] = await conversation.sent('send');
    const clientId = sent?.clientId ?? '';
    expect((await conversation.observed()).saved).toMatchObject({ sent: [{ clientId, text: 'Use SPY', how: 'send' }] });
    await conversation.change({ kind: 'outbox', outbox: [{ clientId, text: 'Use SPY', state: 'sending', at: 1 }] });
    await conversation.post({ type: 'promptsConfirmed', clientIds: [clientId] });
    await expect.poll(async () => (await conversation.observed()).saved).toMatchObject({ sent: [] });
    expect(await conversation.page.locator('.pending').count()).toBe(1);
    await conversation.change({ kind: 'outbox', outbox: [] });
    expect(await conversation.page.locator('.pending').count()).toBe(0);
  });
});

describe('Page: messages that do not arrive', () => {
  it('are reported beside a header whose Stop works, and requested again', async () => {
    const conversation = await pages.open();
    await conversation.post({ type: 'state', seq: 1, state: state({ header: running() }), earlier: 2, follows: true });
    const { page } = conversation;
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await conversation.sent('stop')).toHaveLength(1);
    expect(await page.locator('.timeline .skeleton').count()).toBe(1);
    await conversation.post({ type: 'undelivered', problem: 'Messages of this conversation could not be shown.' });
    await page.getByRole('alert').getByText('could not be shown').waitFor();
    expect(await page.locator('.skeleton').count()).toBe(0);
    // The page asks for nothing again by itself, because it would fail again and again.
    expect(await conversation.sent('requestEarlier')).toEqual([]);
    await page.getByRole('button', { name: 'Try Again' }).click();
    expect(await conversation.sent('resync')).toHaveLength(1);
    await conversation.post({ type: 'state', seq: 2, state: state({ header: running() }), earlier: 2, follows: true });
    await conversation.post({ type: 'earlier', from: 0, messages });
    await page.getByText('Second').waitFor();
    expect(await page.getByRole('alert').filter({ hasText: 'could not be shown' }).isVisible()).toBe(false);
  });

  it('leave earlier messages on screen until they arrive', async () => {
    const conversation = await pages.show({ header: running(), messages });
    await conversation.watchMutations();
    await conversation.post({ type: 'state', seq: 9, state: state({ header: running() }), earlier: 2, follows: true });
    await conversation.settled();
    await conversation.post({ type: 'earlier', from: 0, messages });
    await conversation.settled();
    expect(
      (await conversation.mutations()).filter((mutation) => mutation.includes('rows') || mutation.includes('notice')),
    ).toEqual([]);
  });
});

describe('Page: a message that cannot be drawn', () => {
  const NO_SUCH_TIME = 8.64e15 + 1;
  const broken = { ...message('m1', 'assistant', text('Unreachable?')), time: NO_SUCH_TIME };

  it('says so in its position and shows its JSON; the other messages are not affected', async () => {
    const conversation = await pages.open();
    await conversation.show(
      state({
        header: running(),
        messages: [messages[0] ?? broken, broken, message('m2', 'assistant', text('Third'))],
      }),
    );
    const { page } = conversation;
    await page.getByText('Third').waitFor();
    await page.getByText('First').first().waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(true);
    const row = page.locator('summary').filter({ hasText: 'could not be drawn' });
    await row.click();
    await page.getByText('Unreachable?').waitFor();
    expect((await conversation.forgetReports()).length).toBeGreaterThan(0);
  });

  it('says so, too, where a change broke it', async () => {
    const conversation = await pages.show({
      header: running(),
      messages: [...messages, message('m2', 'assistant', text('Third'))],
    });
    const { page } = conversation;
    await conversation.change({ kind: 'message', index: 1, message: broken });
    await page.locator('summary').filter({ hasText: 'could not be drawn' }).waitFor();
    await page.getByText('Third').waitFor();
    expect((await conversation.forgetReports()).length).toBeGreaterThan(0);
  });
});
