/**
 * VS Code's API for `vi.mock('vscode', …)` that remembers every text that it gets. The user gives up on every question.
 */

/** Everything that VS Code was given. */
export const given: unknown[] = [];

/** What VS Code never draws. */
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
  'viewId',
]);

/** The strings in what VS Code was given, as deep as they lie. Not what it never draws. */
export function strings(of: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof of === 'string') return [of];
  if (typeof of !== 'object' || of === null || seen.has(of)) return [];
  seen.add(of);
  return Object.entries(of).flatMap(([name, inner]) => (NEVER_DRAWN.has(name) ? [] : strings(inner, seen)));
}

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
        if (typeof value !== 'string' || !NEVER_DRAWN.has(String(name))) given.push(value);
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

export const window = {
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
};
export const env = { openExternal: remember, clipboard: { writeText: remember } };
export const commands = { executeCommand: remember };
export const languages = {
  registerCompletionItemProvider: provider,
  registerHoverProvider: provider,
  registerCodeLensProvider: provider,
  createDiagnosticCollection: recorder,
};
export const authentication = {
  registerAuthenticationProvider: (_: string, __: string, provided: unknown) => {
    given.push(provided);
    return disposable;
  },
};
export class EventEmitter {
  event = () => disposable;
  fire = remember;
  dispose() {}
}
export const l10n = { t: (text: string) => text };
export const Disposable = { from: () => disposable };
export class CancellationError extends Error {}
export const ThemeIcon = function () {};
export class MarkdownString {
  constructor(readonly value: string) {
    given.push(this);
  }
}
export const TreeItem = Made;
export const CompletionItem = Made;
export const Hover = Made;
export const Diagnostic = Made;
export const Range = Made;
export const CodeLens = Made;
export const FileSystemError = {
  Unavailable: remember,
  NoPermissions: remember,
  FileNotFound: remember,
  FileExists: remember,
};
export const CompletionItemKind = {};
export const TreeItemCollapsibleState = {};
export const DiagnosticSeverity = {};
export const QuickPickItemKind = {};
export const ProgressLocation = {};
export const Uri = Object.assign(function () {}, {
  parse: (text: string) => ({ scheme: text.split(':')[0], toString: () => text }),
});
