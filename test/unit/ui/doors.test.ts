import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscodeApi from 'vscode';
import { DOORS } from '../../../scripts/lib/sinkRules.mjs';
import { given as words, say } from '../../../src/core/words/words';
import { ApiError } from '../../../src/core/api/errors';
import { HOSTILE_PAIRS, HOSTILE_TEXTS } from '../../support/attacks';
import { iconsIn, linksIn } from '../../support/vscodeGrammars';
import { textTable } from '../../../src/core/words/texts';

/** Everything that VS Code was given. */
const given: unknown[] = [];

vi.mock('vscode', () => {
  const remember = (...all: unknown[]): Promise<undefined> => {
    given.push(...all);
    return Promise.resolve(undefined);
  };
  const disposable = { dispose() {} };
  /** Remembers what is assigned to it, and what its methods get. */
  const recorder = (): object =>
    new Proxy(
      { selectedItems: [], busy: false },
      {
        get: (target, name) =>
          name === 'then'
            ? undefined
            : name in target
              ? (Reflect.get(target, name) as unknown)
              : name === 'onDidHide' || name === 'onDidAccept'
                ? (listener: () => void) => {
                    setImmediate(listener);
                    return disposable;
                  }
                : typeof name === 'string' && name.startsWith('on')
                  ? () => disposable
                  : (...all: unknown[]) => {
                      given.push(...all);
                      return disposable;
                    },
        set: (target, name, value) => {
          given.push(value);
          return Reflect.set(target, name, value);
        },
      },
    );
  const Made = function (...all: unknown[]): object {
    given.push(...all);
    return recorder();
  };
  const provider = (_: unknown, provided: unknown): object => {
    given.push(provided);
    return disposable;
  };
  return {
    window: {
      showInformationMessage: remember,
      showWarningMessage: remember,
      showErrorMessage: remember,
      showQuickPick: async (items: unknown, options: unknown) => remember(await items, options),
      showInputBox: remember,
      createInputBox: recorder,
      createQuickPick: recorder,
      showWorkspaceFolderPick: remember,
      showSaveDialog: remember,
      setStatusBarMessage: remember,
      createOutputChannel: recorder,
      createWebviewPanel: (...all: unknown[]) => {
        given.push(...all);
        return recorder();
      },
      createTreeView: (_: string, options: { treeDataProvider: unknown }) => {
        given.push(options.treeDataProvider);
        return recorder();
      },
      withProgress: (options: unknown, work: (...all: unknown[]) => unknown) => {
        given.push(options);
        return work(undefined, { onCancellationRequested: () => disposable });
      },
    },
    env: { openExternal: remember, clipboard: { writeText: remember } },
    commands: { executeCommand: remember },
    languages: {
      registerCompletionItemProvider: provider,
      registerHoverProvider: provider,
      registerCodeLensProvider: provider,
      createDiagnosticCollection: recorder,
    },
    authentication: {
      registerAuthenticationProvider: (_: string, __: string, provided: unknown) => {
        given.push(provided);
        return disposable;
      },
    },
    EventEmitter: class {
      event = () => disposable;
      fire = remember;
      dispose() {}
    },
    l10n: { t: (text: string) => text },
    Disposable: { from: () => disposable },
    CancellationError: class extends Error {},
    ThemeIcon: function () {},
    MarkdownString: class {
      constructor(readonly value: string) {
        given.push(this);
      }
    },
    TreeItem: Made,
    CompletionItem: Made,
    Hover: Made,
    Diagnostic: Made,
    Range: Made,
    CodeLens: Made,
    FileSystemError: { Unavailable: remember, NoPermissions: remember, FileNotFound: remember, FileExists: remember },
    TreeItemCollapsibleState: {},
    DiagnosticSeverity: {},
    QuickPickItemKind: {},
    ProgressLocation: {},
    Uri: Object.assign(function () {}, {
      parse: (text: string) => ({ scheme: text.split(':')[0], toString: () => text }),
    }),
  };
});

/** The strings in what VS Code was given, as deep as they lie. Not what it never draws. */
const NEVER_DRAWN = new Set([
  'insertText',
  'filterText',
  'sortText',
  'command',
  'id',
  'choice',
  'button',
  'contextValue',
  'accessToken',
  'arguments',
  'iconPath',
  'value',
]);
function strings(of: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof of === 'string') return [of];
  if (typeof of !== 'object' || of === null || seen.has(of)) return [];
  seen.add(of);
  return Object.entries(of).flatMap(([name, inner]) => (NEVER_DRAWN.has(name) ? [] : strings(inner, seen)));
}

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
