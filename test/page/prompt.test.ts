import { describe, expect, it } from 'vitest';
import type { ConversationState } from '../../src/core/pages/conversation/protocol';
import type { OutboxItem } from '../../src/core/conversation/queue/outbox';
import { message, running, state, text } from '../support/conversations';
import { IDENTITY, type ConversationPage, type OpenOptions } from './harness';
import { promptBox as box, testPages } from './testPages';

const pages = testPages();
const show = (shown: Partial<ConversationState> = {}, options?: OpenOptions): Promise<ConversationPage> =>
  pages.show({ header: running(), messages: [message('m0', 'user', text('First'))], ...shown }, options);

const item = (changed: Partial<OutboxItem> = {}): OutboxItem => ({
  clientId: 'c1',
  text: 'Use SPY',
  state: 'sending',
  at: 1,
  ...changed,
});
const saved = (draft: string, draftTold: boolean): unknown => ({ identity: IDENTITY, draft, draftTold, folds: [] });

describe('the prompt box', () => {
  it('cuts no text that is too long: it says so, keeps it in the page, and sends it when it is short enough', async () => {
    const conversation = await show();
    const long = 'x'.repeat(1_000_001);
    await box(conversation).fill(long);
    await expect
      .poll(() => conversation.page.locator('.prompt [role=status]').textContent())
      .toContain('This prompt has 1,000,001 characters. Up to 1,000,000');
    await box(conversation).press('Enter');
    await conversation.page.evaluate(() => {
      window.dispatchEvent(new Event('pagehide'));
    });
    expect([await conversation.sent('send'), await conversation.sent('draft')]).toEqual([[], []]);
    expect(await box(conversation).inputValue()).toBe(long);
    await box(conversation).fill(long.slice(1));
    await expect.poll(() => conversation.page.locator('.prompt [role=status]').isHidden()).toBe(true);
    await box(conversation).press('Enter');
    expect((await conversation.sent('send')).map(({ text: sent }) => sent.length)).toEqual([1_000_000]);
  });
});

describe('the controls', () => {
  it('are the toolkit’s once it has arrived', async () => {
    const { page } = await show();
    expect(
      await page.evaluate(() =>
        ['vscode-button', 'vscode-text-area', 'vscode-badge', 'vscode-progress-ring'].map((name) => [
          customElements.get(name) !== undefined,
          document.querySelector(name)?.shadowRoot instanceof ShadowRoot,
        ]),
      ),
    ).toEqual([
      [true, true],
      [true, true],
      [true, true],
      [true, false],
    ]);
  });

  it('work before it has arrived, by mouse and keyboard', async () => {
    const conversation = await show({}, { withoutToolkit: true });
    await box(conversation).fill('By mouse');
    await conversation.page.getByRole('button', { name: 'Send' }).click();
    await box(conversation).fill('By keyboard');
    await conversation.page.keyboard.press('Tab');
    await conversation.page.keyboard.press('Tab');
    await conversation.page.keyboard.press('Space');
    await conversation.page.getByRole('button', { name: 'Stop' }).press('Enter');
    expect((await conversation.sent('send')).map((sent) => sent.text)).toEqual(['By mouse', 'By keyboard']);
    expect(await conversation.sent('stop')).toHaveLength(1);
  });

  it('become the toolkit’s without losing what is being typed', async () => {
    const late = await pages.open({ withoutToolkit: true });
    await late.show(state({ header: running() }));
    await box(late).focus();
    await late.page.keyboard.type('Half a sen');
    await late.page.evaluate(() => {
      customElements.define(
        'vscode-text-area',
        class extends HTMLElement {
          constructor() {
            super();
            this.attachShadow({ mode: 'open', delegatesFocus: true }).append(document.createElement('textarea'));
          }
          get value(): string {
            return this.shadowRoot!.querySelector('textarea')!.value;
          }
          set value(next: string) {
            this.shadowRoot!.querySelector('textarea')!.value = next;
          }
        },
      );
    });
    await late.page.keyboard.type('tence');
    await late.settled();
    expect(
      await late.page
        .locator('.prompt-field > *')
        .evaluate((control) => [control.localName, (control as HTMLTextAreaElement).value]),
    ).toEqual(['textarea', 'Half a sentence']);
    // The user leaves the window and returns. The prompt box kept the focus.
    await late.page.locator('.prompt-field > *').dispatchEvent('blur');
    expect(
      await late.page
        .locator('.prompt-field > *')
        .evaluate((control) => [control.localName, control === document.activeElement]),
    ).toEqual(['textarea', true]);
    await late.page.locator('.timeline').focus();
    expect(
      await late.page
        .locator('.prompt-field > *')
        .evaluate((control) => [control.localName, (control as HTMLTextAreaElement).value]),
    ).toEqual(['vscode-text-area', 'Half a sentence']);
    await late.dispose();
  });
});

describe('sending', () => {
  it('happens once, however often Enter is pressed, and is shown at once', async () => {
    const conversation = await show();
    await box(conversation).fill('Use SPY');
    await conversation.page.evaluate(() => {
      const control = document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea');
      for (let press = 0; press < 5; press++)
        control?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }),
        );
      document.querySelector<HTMLElement>('.prompt vscode-button')?.click();
    });
    await conversation.settled();
    const sent = await conversation.sent('send');
    expect(sent.map(({ text: words }) => words)).toEqual(['Use SPY']);
    expect(await conversation.page.locator('.pending').innerText()).toContain('Use SPY');
    expect(await conversation.page.locator('.pending').innerText()).toContain('Sending…');
    expect(await box(conversation).inputValue()).toBe('');
    // The panel adds it under the same ID, so there is still one row.
    await conversation.change({ kind: 'outbox', outbox: [item({ clientId: sent[0]!.clientId, state: 'accepted' })] });
    expect(await conversation.page.locator('.pending').count()).toBe(1);
    // It has arrived.
    await conversation.change(
      { kind: 'message', index: 1, message: message('m1', 'user', text('Use SPY')) },
      { kind: 'outbox', outbox: [] },
    );
    expect(await conversation.page.locator('.pending').count()).toBe(0);
    expect(await conversation.page.getByText('Use SPY').count()).toBe(1);
  });

  it('gives two prompts two ids', async () => {
    const conversation = await show();
    for (const words of ['Same', 'Same']) {
      await box(conversation).fill(words);
      await conversation.page.keyboard.press('Enter');
    }
    const ids = (await conversation.sent('send')).map(({ clientId }) => clientId);
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => /^[\w-]{1,64}$/.test(id))).toBe(true);
  });

  it('is not possible with nothing to say', async () => {
    const conversation = await show();
    const send = conversation.page.locator('.prompt vscode-button[appearance="primary"]');
    expect(await send.getAttribute('disabled')).not.toBeNull();
    await box(conversation).fill('  \n ');
    await conversation.page.keyboard.press('Enter');
    await send.click({ force: true });
    expect(await conversation.sent('send')).toEqual([]);
    await box(conversation).fill('Something');
    expect(await send.getAttribute('disabled')).toBeNull();
  });

  it('leaves Shift+Enter to new lines, and Enter to the input method while it composes', async () => {
    const conversation = await show();
    await box(conversation).focus();
    await conversation.page.keyboard.type('One');
    await conversation.page.keyboard.press('Shift+Enter');
    await conversation.page.keyboard.type('Two');
    await conversation.page.evaluate(() => {
      document
        .querySelector('vscode-text-area')
        ?.shadowRoot?.querySelector('textarea')
        ?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, composed: true }),
        );
    });
    expect(await conversation.sent('send')).toEqual([]);
    expect(await box(conversation).inputValue()).toBe('One\nTwo');
  });

  it('that failed says why, can be sent again, and gives its text back for editing', async () => {
    const conversation = await show({ outbox: [item({ state: 'failed', problem: 'Rate limit reached. REF #7' })] });
    expect(await conversation.page.locator('.pending').innerText()).toContain('Not sent. Rate limit reached. REF #7');
    await conversation.page.getByRole('button', { name: 'Send Again' }).click();
    expect(await conversation.sent('sendAgain')).toEqual([{ type: 'sendAgain', clientId: 'c1' }]);
    await box(conversation).fill('Already typing');
    await conversation.page.getByRole('button', { name: 'Edit' }).click();
    expect(await conversation.sent('takeBack')).toEqual([{ type: 'takeBack', clientId: 'c1' }]);
    await expect.poll(() => box(conversation).inputValue()).toBe('Use SPY\n\nAlready typing'); // the toolkit's text area shows a value a moment later
    await conversation.change({ kind: 'outbox', outbox: [] }, { kind: 'draft', text: 'Use SPY' });
    await expect.poll(() => box(conversation).inputValue()).toBe('Use SPY\n\nAlready typing'); // the toolkit's text area shows a value a moment later
    expect(await conversation.page.locator('.pending').count()).toBe(0);
  });

  it('that is uncertain offers the same, after a look', async () => {
    const { page } = await show({ outbox: [item({ state: 'uncertain', problem: 'No answer came.' })] });
    expect(await page.locator('.pending').innerText()).toContain('No answer came.');
    expect(await page.getByRole('button', { name: 'Send Again' }).isVisible()).toBe(true);
  });

  it('that the panel returns at once is in the box, and nowhere else', async () => {
    const conversation = await show();
    await box(conversation).fill('Use SPY');
    await conversation.page.keyboard.press('Enter');
    await conversation.change({ kind: 'draft', text: 'Use SPY' });
    await expect.poll(() => box(conversation).inputValue()).toBe('Use SPY'); // the toolkit's text area shows a value a moment later
    await conversation.change({ kind: 'freshness', freshness: { loading: false } });
    expect(await conversation.page.locator('.pending').count()).toBe(0);
  });
});

describe('the draft', () => {
  it('is saved at once, and sent to the panel when typing pauses', async () => {
    const conversation = await show();
    await box(conversation).focus();
    await conversation.page.keyboard.type('A thought');
    expect((await conversation.observed()).saved).toMatchObject({ identity: IDENTITY, draft: 'A thought' });
    await expect.poll(() => conversation.lastDraft()).toEqual({ text: 'A thought' });
  });

  it('is sent to the panel at once when the box loses the focus, and is empty after sending', async () => {
    const conversation = await show();
    await box(conversation).fill('A thought');
    await conversation.page.locator('.timeline').focus();
    expect(await conversation.lastDraft()).toEqual({ text: 'A thought' });
    await box(conversation).focus();
    await conversation.page.keyboard.press('Enter');
    expect(await conversation.lastDraft()).toEqual({ text: '' });
    expect((await conversation.observed()).saved).toMatchObject({ draft: '' });
  });

  it.each<[string, unknown, string, string]>([
    ['the panel’s, where the page kept none', undefined, 'From the panel', 'From the panel'],
    ['the panel’s, where it has heard of the page’s', saved('Old', true), 'Newer', 'Newer'],
    ['the page’s, where the panel has heard only its beginning', saved('Just typed', false), 'Just', 'Just typed'],
    ['the panel’s, where what was kept of the page is older', saved('Just', false), 'Just typed', 'Just typed'],
    [
      'the page’s, where both have another and the panel has not confirmed it',
      saved('Written before the host died', false),
      'Older',
      'Written before the host died',
    ],
    ['the page’s, where the panel has none', saved('Kept', true), '', 'Kept'],
    [
      'none, where the page kept that of another deployment',
      { identity: { ...IDENTITY, deploymentId: 'A-2' }, draft: 'Other', draftTold: false, folds: [] },
      '',
      '',
    ],
  ])('after a reload is %s', async (_name, kept, panels, expected) => {
    const conversation = await show({ draft: panels }, { saved: kept });
    expect(await box(conversation).inputValue()).toBe(expected);
  });

  it('that is being typed is not overwritten by a state that comes', async () => {
    const conversation = await show();
    await box(conversation).fill('Mine');
    await conversation.show(state({ draft: 'Theirs' }));
    expect(await box(conversation).inputValue()).toBe('Mine');
  });
});

describe('a draft from before a reload', () => {
  it('that was sent as it is does not come back with a state that was on its way', async () => {
    const conversation = await show({ draft: 'Use SPY' }, { saved: saved('Use SPY', true) });
    await box(conversation).press('Enter');
    await conversation.show(state({ header: running(), draft: 'Use SPY' }));
    expect(await box(conversation).inputValue()).toBe('');
    await box(conversation).press('Enter');
    expect(await conversation.sent('send')).toHaveLength(1);
  });
});

describe('the box', () => {
  it('grows with its text up to two fifths of the page', async () => {
    const conversation = await show();
    const height = async (): Promise<number> => (await box(conversation).boundingBox())!.height;
    const small = await height();
    await box(conversation).fill('line\n'.repeat(6));
    expect(await height()).toBeGreaterThan(small * 2);
    await box(conversation).fill('line\n'.repeat(200));
    expect(await height()).toBeLessThanOrEqual(700 * 0.4 + 1);
  });

  it('gets the keyboard when the panel says so', async () => {
    const conversation = await show();
    await conversation.post({ type: 'focusPrompt' });
    await conversation.settled();
    await conversation.page.keyboard.type('Typed');
    expect(await box(conversation).inputValue()).toBe('Typed');
  });
});
