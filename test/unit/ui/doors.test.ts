import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscodeApi from 'vscode';
import { DOORS } from '../../../scripts/lib/sinkRules.mjs';
import { given as words, say } from '../../../src/core/words/words';
import { ApiError } from '../../../src/core/api/errors';
import { HOSTILE_PAIRS, HOSTILE_TEXTS } from '../../support/attacks';
import { iconsIn, linksIn } from '../../support/vscodeGrammars';
import { given, strings } from '../../support/vscodeRecorder';
import { textTable } from '../../../src/core/words/texts';

vi.mock('vscode', () => import('../../support/vscodeRecorder'));

const ui = async () => ({
  ...(await import('../../../src/ui/messages')),
  ...(await import('../../../src/ui/inputs')),
  ...(await import('../../../src/ui/quickPick')),
  ...(await import('../../../src/ui/progress')),
  ...(await import('../../../src/ui/statusBar')),
  ...(await import('../../../src/ui/titles')),
  ...(await import('../../../src/ui/treeItems')),
  ...(await import('../../../src/ui/languageTexts')),
  ...(await import('../../../src/ui/fileErrors')),
  ...(await import('../../../src/ui/accounts')),
  ...(await import('../../../src/ui/log')),
  ...(await import('../../../src/ui/outside')),
});
type Ui = Awaited<ReturnType<typeof ui>>;

const place = {} as vscodeApi.Range & vscodeApi.Position & vscodeApi.TextDocument & vscodeApi.Uri;
const later = <T>(provider: unknown, method: string, ...all: unknown[]): Promise<T> =>
  Promise.resolve((provider as Record<string, (...all: unknown[]) => T>)[method]?.(...all) as T);
const lastGiven = (method: string): unknown =>
  given.findLast((one) => typeof one === 'object' && one !== null && method in one);

const LABELS = textTable({ open: 'Open', delete: 'Delete', goOn: 'Go On' });

/** What each door is given, by the door's file. `a` and `b` are hostile. */
const CALLS: Readonly<Record<string, (ui: Ui, a: string, b: string) => Promise<unknown>>> = {
  messages: async ({ inform, warn, complain, ask, confirmDestruction }, a, b) => {
    for (const show of [inform, warn, complain])
      await show(say('Could not delete “{0}” of {1}.', a, b), { open: LABELS.open });
    await ask(say('Delete “{0}”?', a), { detail: say('It is {0}{1}.', a, b) }, { delete: LABELS.delete });
    await ask(words(a), { detail: words(b), isHarmless: true }, { goOn: LABELS.goOn });
    await confirmDestruction(words(a), words(b), LABELS.delete);
  },
  inputs: async ({ askForText, askForLine, askForName }, a, b) => {
    await askForText({
      title: words(a),
      prompt: say('{0}{1}', a, b),
      placeholder: words(b),
      buttons: [{ icon: 'edit', tooltip: words(a), run: () => undefined }],
      check: () => Promise.resolve(say('“{0}” {1}', a, b)),
    });
    await askForText({
      title: words(a),
      prompt: words(b),
      check: () =>
        Promise.reject(new ApiError({ kind: 'rejected', status: 200 }, { path: '/x', serverMessages: [a, b] })),
    });
    await askForLine({ title: words(a), prompt: words(b), check: () => say('{0}{1}', a, b) });
    given.push(await later(lastGiven('validateInput'), 'validateInput', ''));
    await askForName({ title: words(a), prompt: words(b) });
  },
  quickPick: async ({ choose, chooseWhenLoaded, pickWorkspaceFolder }, a, b) => {
    const choices = [{ label: a, description: b, detail: say('{0}{1}', a, b), value: 1 }];
    await choose([...choices, { heading: a }], { title: a, placeholder: b });
    await choose(Promise.resolve(choices), { title: a, placeholder: b });
    await chooseWhenLoaded(() => Promise.resolve(choices), { title: a, placeholder: b });
    await pickWorkspaceFolder(a);
  },
  progress: async ({ inNotification, inStatusBar, unlessCancelled }, a, b) => {
    for (const show of [inNotification, inStatusBar])
      await show(say('Deploying “{0}”{1}', a, b), () => Promise.resolve());
    await unlessCancelled(words(a), Promise.resolve());
  },
  statusBar: ({ flash }, a, b) => {
    flash(say('{0}{1}', a, b), 1);
    return Promise.resolve();
  },
  titles: async ({ showDifference, showDifferences, createPanel, setTitle }, a, b) => {
    await showDifference(place, place, say('{0} ({1})', a, b), { preview: true });
    await showDifferences(a, []);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- VS Code's enums are not there
    setTitle(createPanel('x', a, 1), b);
  },
  treeItems: async ({ createTree }, a, b) => {
    const facts = { title: a, text: b, rows: [[say('Status'), a]] as const };
    const tree = createTree('x', {
      onDidChangeTreeData: () => ({ dispose() {} }),
      getChildren: () => Promise.resolve([]),
      getParent: () => undefined,
      factsOf: () => facts,
      rowOf: () => ({
        id: 'x',
        label: a,
        description: b,
        tooltip: a,
        spoken: say('{0}{1}', a, b),
        command: { id: 'x', title: a, arguments: [] },
      }),
    });
    const source = lastGiven('getTreeItem');
    await later(source, 'getTreeItem', 1);
    await later(source, 'resolveTreeItem', {}, 1);
    tree.describe({ description: a, message: say('{0}{1}', a, b), badge: 2 });
  },
  languageTexts: async ({ registerCompletion, registerHover, registerLenses, MarkedProblems }, a, b) => {
    registerCompletion('x', () => [
      {
        label: a,
        detail: b,
        explanation: say('**{0}**{1}', a, b),
        insert: 'x',
        range: place,
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- VS Code's enums are not there
        kind: 1,
      },
    ]);
    await later(lastGiven('provideCompletionItems'), 'provideCompletionItems', place, place);
    registerHover('x', () => ({ words: say('{0}: {1}', a, b), range: place }));
    await later(lastGiven('provideHover'), 'provideHover', place, place);
    registerLenses('x', () => [{ range: place, title: a, command: 'x' }]);
    await later(lastGiven('provideCodeLenses'), 'provideCodeLenses', place);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    new MarkedProblems('x').set(place, [{ message: say('{0}{1}', a, b), severity: 'error', range }]);
  },
  fileErrors: ({ unavailable, notPermitted, notFound }, a, b) => {
    for (const make of [unavailable, notPermitted, notFound]) make(say('{0}{1}', a, b));
    return Promise.resolve();
  },
  accounts: async ({ registerAccounts }, a, b) => {
    const session = { id: 'x', account: { id: 'x', label: a }, scopes: [], accessToken: 'x' };
    const refused = new ApiError({ kind: 'rejected', status: 200 }, { path: '/x', serverMessages: [a, b] });
    registerAccounts('x', 'X', {
      onDidChangeSessions: () => ({ dispose() {} }),
      getSessions: () => Promise.resolve([session]),
      createSession: () => Promise.reject(refused),
      removeSession: () => Promise.reject(refused),
    });
    const provider = lastGiven('getSessions');
    given.push(await later(provider, 'getSessions'));
    given.push(await later(provider, 'createSession').catch((error: unknown) => (error as Error).message));
  },
};

describe('The doors to VS Code', () => {
  beforeEach(() => {
    given.length = 0;
  });

  it('are all tried, or have a test of their own', () => {
    const own = ['log', 'outside', 'markdown'];
    expect([...Object.keys(CALLS), ...own].map((door) => `src/ui/${door}.ts`).sort()).toEqual([...DOORS].sort());
    expect(readdirSync(new URL('../../../src/ui', import.meta.url))).toEqual(
      expect.arrayContaining(DOORS.map((door) => door.replace('src/ui/', ''))),
    );
  });

  it.each(Object.keys(CALLS))('%s: hands over no link and no icon, whoever wrote the texts', async (door) => {
    const doors = await ui();
    const pairs = [
      ...HOSTILE_TEXTS.filter((text) => text.length < 2_000).map((text) => [text, `](command:x) ${text}`] as const),
      ...HOSTILE_PAIRS,
    ];
    for (const [a, b] of pairs) {
      given.length = 0;
      await CALLS[door]?.(doors, a, b);
      const texts = strings(given);
      expect(texts.length).toBeGreaterThan(0);
      expect(
        texts.flatMap((text) => [...linksIn(text), ...iconsIn(text)]),
        JSON.stringify([a, b]),
      ).toEqual([]);
    }
  });

  it('log: writes one line an entry, with controls made visible', async () => {
    const log = new (await ui()).Log();
    given.length = 0;
    log.error(say('Could not {0}.', 'a\n2026-11-25 [error] forged\u001B[31m\u2028x'));
    expect(given).toEqual(['Could not a 2026-11-25 [error] forged‹U+001B›[31m x.']);
  });

  it('outside: opens web and mail, and nothing that runs', async () => {
    const { openInSystem, openFile, copy } = await ui();
    for (const url of [
      'command:workbench.action.terminal.new',
      'file:///etc/passwd',
      'vscode://x/y',
      'javascript:alert(1)',
      ' command:x',
      'x',
      'data:text/html,x',
      'COMMAND:x',
    ]) {
      await expect(openInSystem(url)).rejects.toThrow('Only web and mail links');
    }
    await expect(openFile({ scheme: 'command', toString: () => 'command:x' } as vscodeApi.Uri)).rejects.toThrow(
      'is not a file',
    );
    expect(given).toEqual([]);
    await openInSystem('https://www.quantconnect.com/docs');
    expect(given).toHaveLength(1);
    given.length = 0;
    await copy('ls\u001B[201~\u0007\n');
    expect(given).toEqual(['ls[201~\n']);
  });
});
