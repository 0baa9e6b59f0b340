import { afterAll, beforeAll, expect, it } from 'vitest';
import { header, message, reasoning, state, text, tool } from '../support/conversations';
import { PageHarness, type ConversationPage } from './harness';

let harness: PageHarness;
beforeAll(async () => {
  harness = await PageHarness.start();
});
afterAll(async () => {
  await harness.dispose();
});

const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://evil.example/pixel.png">',
  '<svg onload=alert(1)><image href="https://evil.example/a"/></svg>',
  '<iframe src="https://evil.example"></iframe>',
  '<a href="javascript:alert(1)">press</a>',
  '[press](javascript:alert(1))',
  '[press](JaVaScRiPt&colon;alert(1))',
  '![x](https://evil.example/p.png)',
  '<style>body{display:none}</style>',
  '<div style="position:fixed;inset:0;background:url(https://evil.example/b)">x</div>',
  '<form action="https://evil.example"><input name=a><button>go</button></form>',
  '<video src="https://evil.example/v" autoplay></video>',
  '<object data="https://evil.example/o"></object>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel=stylesheet href="https://evil.example/s.css">',
  '<p id="app">clobbered</p><a id="acquireVsCodeApi" name="acquireVsCodeApi">x</a>',
  '<math><mtext><table><mglyph><style><img src onerror=alert(1)>',
  '<img srcset="https://evil.example/s 1x" data-remote="javascript:alert(1)">',
  '<details open ontoggle=alert(1)>x</details>',
  '```html\n<script>alert(1)</script>\n```',
  '```"><img src=x onerror=alert(1)>\nx\n```',
  '\u202Ereversed\u2066 text',
  '__proto__ constructor hasOwnProperty',
  '>'.repeat(5_000),
  `${'['.repeat(2_000)}x`,
  '*'.repeat(20_000),
  `| ${'a | '.repeat(500)}\n${'|-'.repeat(500)}`,
  'x'.repeat(300_000),
];

async function harmless(conversation: ConversationPage): Promise<void> {
  expect(conversation.dialogs).toEqual([]);
  expect(conversation.strangeRequests).toEqual([]);
  expect(conversation.errors).toEqual([]);
  const { violations } = await conversation.observed();
  // The toolkit's own two violations: a style element and a style attribute. Both are blocked without harm.
  expect(violations.map(({ directive, blocked }) => `${directive} ${blocked}`).sort()).toEqual([
    'style-src-attr inline',
    'style-src-elem inline',
  ]);
  expect(await conversation.page.locator('.page-header h1').isVisible()).toBe(true);
  expect(
    await conversation.page.evaluate(
      () =>
        document.querySelectorAll(
          '.timeline script, .timeline iframe, .timeline style, .timeline form, .timeline object, .timeline [onerror], .message [style]',
        ).length,
    ),
  ).toBe(0);
}

it('a transcript that attacks in its texts does nothing', async () => {
  const conversation = await harness.open();
  await conversation.show(
    state({
      messages: ATTACKS.map((attack, index) =>
        message(`m${String(index)}`, index % 2 === 0 ? 'assistant' : 'user', text(attack), reasoning(attack)),
      ),
    }),
  );
  const drawn = new Set<string | null>();
  await conversation.walk(async () => {
    for (const row of await conversation.page.locator('.row > .message').all())
      drawn.add(await row.getAttribute('aria-posinset'));
    await conversation.page.evaluate(() => {
      for (const summary of document.querySelectorAll<HTMLElement>(
        '.message details:not([open]) > summary:has(.icon-thought)',
      ))
        summary.click();
    });
  });
  expect(drawn.size).toBe(ATTACKS.length);
  await harmless(conversation);
  expect(await conversation.page.locator('#app').count()).toBe(1);
  await conversation.dispose();
});

it('a transcript that attacks in everything but its texts does nothing', async () => {
  const attack = '<img src=x onerror=alert(1)>';
  const conversation = await harness.open();
  await conversation.show(
    state({
      header: header({
        taskName: attack,
        agentName: attack,
        model: attack,
        status: attack,
        runtimeError: `${attack}\u202E`,
        projectId: 1,
        projectUrl: 'javascript:alert(1)',
      }),
      freshness: { loading: false, problem: { message: attack } },
      outbox: [{ clientId: 'a', text: attack, state: 'failed', at: 1, problem: attack }],
      messages: [
        message(
          '__proto__',
          attack,
          tool(attack, {
            title: attack,
            input: { filePath: attack, content: attack, ['__proto__']: attack },
            output: { content: [{ type: 'text', text: attack }] },
            errorText: attack,
          }),
          { kind: 'source', title: attack, url: 'javascript:alert(1)' },
          { kind: 'source', title: attack, url: attack },
          { kind: 'file', mediaType: attack, url: 'data:text/html,<script>alert(1)</script>', filename: attack },
          { kind: 'file', mediaType: 'image/svg+xml', url: 'data:image/svg+xml,<svg onload="alert(1)"/>' },
          { kind: 'data', name: attack, data: attack },
          { kind: 'unknown', type: attack, raw: attack, problem: attack },
        ),
        message('constructor', 'assistant', tool('constructor'), tool('__proto__')),
      ],
    }),
  );
  for (const summary of await conversation.page.locator('summary').all()) await summary.click();
  await conversation.page.locator('a.project').click();
  await harmless(conversation);
  expect(await conversation.sent('openLink')).toEqual([]);
  await conversation.dispose();
});
