import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { pageTexts } from '../../src/conversation/panel/pageTexts';
import { pageHtml } from '../../src/conversation/panel/pageHtml';
import type {
  Change,
  ConversationState,
  FromPage,
  PanelIdentity,
  ToPage,
} from '../../src/core/pages/conversation/protocol';
import type { PageTexts } from '../../src/core/pages/texts';
import type { SavedPage } from '../../src/core/pages/conversation/savedPage';
import { buildPage, type BuiltPage } from '../support/buildPage';
import { THEMES, type ThemeName } from '../support/themes';
import { noted, noteWork, Rest } from './rest';

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

export const IDENTITY: PanelIdentity = {
  deploymentId: 'A-00000000000000000000000000000001',
  organizationId: 'c'.repeat(32),
  accountId: 'sandbox:1',
};

/** What the harness recorded while the page ran. */
interface Observed {
  readonly sent: readonly FromPage[];
  readonly saved: unknown;
  readonly violations: readonly { readonly directive: string; readonly blocked: string; readonly sample: string }[];
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  /** What the page says, in place of English. */
  readonly texts?: PageTexts;
  readonly width?: number;
  readonly height?: number;
  /** The answer of `getState`, as after a reload. */
  readonly saved?: unknown;
  /** The saved state of another page that this one continues. */
  readonly takenOver?: unknown;
  /** The extension host never answers. */
  readonly silent?: boolean;
  /** The toolkit never arrives. */
  readonly withoutToolkit?: boolean;
  readonly reducedMotion?: boolean;
  readonly forcedColors?: boolean;
  /** The user agent of the browser. */
  readonly userAgent?: string;
  /** The page's clock stands at this time. Only {@link ConversationPage.tickOn} moves it. */
  readonly frozenAt?: number;
}

/** The built page with its real HTML and Content-Security-Policy, in Chromium. The test plays the panel. */
export class PageHarness {
  private constructor(
    private readonly browser: Browser,
    readonly built: BuiltPage,
    private readonly base: string,
    /** What pages that are opened say; the address of a page names one. */
    private readonly bundles: PageTexts[],
    private readonly close: () => Promise<void>,
  ) {}

  static async start(plugins: Parameters<typeof buildPage>[0] = []): Promise<PageHarness> {
    const built = await buildPage(plugins);
    const bundles = [pageTexts()];
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (url.pathname === '/') {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(
          shell(
            `http://${request.headers.host ?? ''}`,
            url.searchParams.has('withoutToolkit'),
            url.searchParams.get('takenOver'),
            bundles[Number(url.searchParams.get('texts'))] ?? pageTexts(),
          ),
        );
        return;
      }
      const file = path.join(built.folder, path.normalize(url.pathname));
      if (!file.startsWith(built.folder) || !fs.existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
      response.end(fs.readFileSync(file));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: CHROMIUM_ARGS,
    });
    const { port } = server.address() as AddressInfo;
    return new PageHarness(browser, built, `http://127.0.0.1:${String(port)}`, bundles, async () => {
      await browser.close();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      built.dispose();
    });
  }

  async dispose(): Promise<void> {
    await this.close();
  }

  async open(options: OpenOptions = {}): Promise<ConversationPage> {
    const { theme = 'dark', width = 900, height = 700, saved } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      locale: 'en-US',
      timezoneId: 'Europe/Berlin',
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      forcedColors: options.forcedColors ? 'active' : 'none',
      ...(options.userAgent !== undefined && { userAgent: options.userAgent }),
    });
    await context.addInitScript(noteWork, noted(options.frozenAt));
    await context.addInitScript(surround, {
      theme: THEMES[theme],
      saved: saved as never,
      silent: options.silent === true,
    });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const opened = new ConversationPage(page, context);
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== this.base) opened.strangeRequests.push(request.url());
    });
    page.on('dialog', (dialog) => {
      opened.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => opened.errors.push(error));
    const query = new URLSearchParams({
      ...(options.texts && { texts: String(this.bundles.push(options.texts) - 1) }),
      ...(options.withoutToolkit && { withoutToolkit: '' }),
      ...(options.takenOver !== undefined && { takenOver: JSON.stringify(options.takenOver) }),
    });
    await page.goto(`${this.base}/?${query.toString()}`);
    await page.waitForFunction(() => (window as unknown as Surroundings).__sent.some(({ type }) => type === 'ready'));
    if (!options.withoutToolkit) await page.waitForFunction(() => customElements.get('vscode-text-area') !== undefined);
    return opened;
  }
}

interface Surroundings {
  __sent: FromPage[];
  __saved: unknown;
  /** The extension host is gone and answers nothing. */
  __isSilent: boolean;
  __violations: { directive: string; blocked: string; sample: string }[];
  __mutations: string[];
  __watch: () => void;
}

/** Runs in the page before anything else: VS Code's API, its theme, and a recorder. */
function surround({
  theme,
  saved,
  silent,
}: {
  theme: (typeof THEMES)[ThemeName];
  saved: unknown;
  silent: boolean;
}): void {
  const world = window as unknown as Surroundings & { acquireVsCodeApi: unknown };
  world.__sent = [];
  world.__saved = saved;
  world.__isSilent = silent;
  world.__violations = [];
  world.__mutations = [];
  // What every panel answers at once, whatever else the test lets it send.
  const answersTo = (message: FromPage): readonly ToPage[] => {
    if (message.type === 'ping') return [{ type: 'pong' }];
    if (message.type !== 'draft' || message.revision === undefined) return [];
    return [{ type: 'draftSaved', revision: message.revision }];
  };
  let acquired = false;
  world.acquireVsCodeApi = () => {
    if (acquired) throw new Error('The API can be acquired once.');
    acquired = true;
    return {
      postMessage: (message: FromPage) => {
        world.__sent.push(structuredClone(message));
        for (const answer of world.__isSilent ? [] : answersTo(message)) window.postMessage(answer, '*');
      },
      getState: () => world.__saved,
      setState: (state: unknown) => {
        world.__saved = structuredClone(state);
        return state;
      },
    };
  };
  document.addEventListener('securitypolicyviolation', (event) => {
    world.__violations.push({ directive: event.effectiveDirective, blocked: event.blockedURI, sample: event.sample });
  });
  const describe = ({ type, target, attributeName }: MutationRecord): string => {
    const element = target instanceof Element ? target : target.parentElement;
    return `${type} ${attributeName ?? ''} of ${element?.tagName.toLowerCase() ?? 'text'}.${element?.className ?? ''}`;
  };
  world.__watch = () => {
    world.__mutations = [];
    const app = document.getElementById('app');
    if (app)
      new MutationObserver((records) => {
        world.__mutations.push(...records.map(describe));
      }).observe(app, { subtree: true, childList: true, attributes: true, characterData: true });
  };
  const dress = (): void => {
    for (const [name, value] of Object.entries(theme.variables))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
  };
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the script runs before the document has one
  if (document.documentElement) dress();
  document.addEventListener('readystatechange', () => {
    dress();
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the script runs before the document has one
    if (!document.body) return;
    document.body.classList.add(theme.kind);
    document.body.dataset['vscodeThemeKind'] = theme.kind;
  });
}

function shell(origin: string, withoutToolkit: boolean, takenOver: string | null, texts: PageTexts): string {
  return pageHtml({
    nonce: 'bm9uY2Vmb3J0aGV0ZXN0',
    cspSource: origin,
    scriptUri: `${origin}/conversation.js`,
    toolkitUri: `${origin}/${withoutToolkit ? 'missing.js' : 'toolkit.js'}`,
    styleUri: `${origin}/style.css`,
    identity: IDENTITY,
    texts,
    ...(takenOver !== null && { saved: JSON.parse(takenOver) as SavedPage }),
  });
}

/** An open page, with functions to act as its panel. */
export class ConversationPage {
  readonly strangeRequests: string[] = [];
  readonly dialogs: string[] = [];
  readonly errors: Error[] = [];
  private seq = 0;
  private readonly quiet: Rest;

  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {
    this.quiet = new Rest(page);
  }

  /** Sends the whole state and waits until its messages are drawn. */
  async show(state: ConversationState): Promise<void> {
    await this.post({ type: 'state', seq: ++this.seq, state });
    const isLoading = state.freshness.loading && state.messages.length === 0;
    if (!isLoading) await this.page.locator('.timeline .skeleton').waitFor({ state: 'detached' });
    await this.settled();
  }

  async change(...changes: readonly Change[]): Promise<void> {
    await this.post({ type: 'changes', seq: ++this.seq, changes });
    await this.settled();
  }

  /** Loses `count` messages. */
  skip(count: number): void {
    this.seq += count;
  }

  /** Sends a message and waits until the page has received it. The last listener is called last. */
  async post(message: ToPage): Promise<void> {
    await this.page.evaluate(
      (value) =>
        new Promise<void>((resolve) => {
          window.addEventListener(
            'message',
            () => {
              resolve();
            },
            { once: true },
          );
          window.postMessage(value, '*');
        }),
      message as never,
    );
  }

  /** Waits two frames, so that what was sent is drawn and laid out. */
  async settled(): Promise<void> {
    await this.quiet.frames();
  }

  /** Moves the page's clock, and lets counting durations count on. */
  async tickOn(ms: number): Promise<void> {
    await this.quiet.tickOn(ms);
  }

  /** Waits until the page has nothing left to do: no row to draw, nothing to color, load, measure or save. */
  async atRest(): Promise<void> {
    await this.quiet.reached();
  }

  /** Scrolls from the first line to the last in half screens, and looks around at each stop. */
  async walk(look: () => Promise<void>): Promise<void> {
    const scroller = this.page.locator('.timeline');
    await scroller.evaluate((element) => {
      element.scrollTop = 0;
    });
    for (let before = -1, top = 0; top !== before;) {
      await this.settled();
      await look();
      before = top;
      top = await scroller.evaluate((element) => {
        element.scrollTop += Math.max(element.clientHeight / 2, element.scrollHeight / 200);
        return element.scrollTop;
      });
    }
  }

  async observed(): Promise<Observed> {
    return this.page.evaluate(() => {
      const world = window as unknown as Surroundings;
      return { sent: world.__sent, saved: world.__saved, violations: world.__violations };
    });
  }

  /** The messages of one type that the page has sent. */
  async sent<Type extends FromPage['type']>(type: Type): Promise<readonly Extract<FromPage, { type: Type }>[]> {
    const { sent } = await this.observed();
    return sent.filter((message): message is Extract<FromPage, { type: Type }> => message.type === type);
  }

  /** The draft that the page sent last, without its revision. */
  async lastDraft(): Promise<unknown> {
    const draft = (await this.sent('draft')).at(-1);
    return draft && { text: draft.text, ...(draft.earlierDrafts && { earlierDrafts: draft.earlierDrafts }) };
  }

  /**
   * What the page has reported as broken. A test that breaks it on purpose removes its report, because no other may be
   * left.
   */
  async forgetReports(): Promise<readonly string[]> {
    const reports = await this.sent('pageError');
    await this.page.evaluate(() => {
      const world = window as unknown as Surroundings;
      world.__sent = world.__sent.filter(({ type }) => type !== 'pageError');
    });
    return reports.map(({ message }) => message);
  }

  /** The extension host dies, or answers again. */
  async silence(isSilent: boolean): Promise<void> {
    await this.page.evaluate((silent) => {
      (window as unknown as Surroundings).__isSilent = silent;
    }, isSilent);
  }

  /** Starts to watch when the page is at rest, so that pending drawing counts as no change. */
  async watchMutations(): Promise<void> {
    await this.atRest();
    await this.page.evaluate(() => {
      (window as unknown as Surroundings).__watch();
    });
  }

  /** What changed in the page since {@link watchMutations}, once it is at rest again. */
  async mutations(): Promise<readonly string[]> {
    await this.atRest();
    return this.page.evaluate(() => (window as unknown as Surroundings).__mutations);
  }

  async dispose(): Promise<void> {
    await this.context.close();
  }
}
