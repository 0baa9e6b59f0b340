/**
 * The part of VS Code's API that tree, panels and commands need, for `vi.mock('vscode', …)`. Its objects remember what
 * they got.
 */
import { Emitter } from '../../src/core/base/events';

export * from './vscodeTexts';

export class EventEmitter<T> extends Emitter<T> {}
export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: unknown,
  ) {}
}
export class ThemeColor {
  constructor(readonly id: string) {}
}
export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState = 0,
  ) {}
}
export class Disposable {
  static from(..._owned: readonly unknown[]): Disposable {
    return new Disposable();
  }

  dispose(): void {}
}
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export { l10n } from './vscodeTexts';

export const view = {
  visible: true,
  selection: [] as unknown[],
  description: '',
  message: '',
  revealed: [] as unknown[],
  refusesToReveal: false,
  reveal(node: unknown): Promise<void> {
    if (view.refusesToReveal) return Promise.reject(new Error('TreeError: cannot resolve tree item'));
    view.revealed.push(node);
    return Promise.resolve();
  },
  onDidChangeVisibility: () => ({ dispose() {} }),
  onDidChangeSelection: () => ({ dispose() {} }),
  dispose() {},
};
/** A webview panel. Like the real one, it cannot be used after it is closed. */
export class WebviewPanel {
  readonly posted: unknown[] = [];
  readonly fromPage = new Emitter<unknown>();
  private readonly disposed = new Emitter<void>();
  private isClosed = false;
  readonly viewType = 'quantAgents.conversation';
  title = '';
  iconPath: unknown;
  active = true;
  reveals = 0;

  readonly webview = {
    options: {},
    html: '',
    cspSource: 'stub:',
    asWebviewUri: (uri: unknown) => uri,
    onDidReceiveMessage: this.fromPage.event,
    postMessage: (message: unknown) => {
      this.posted.push(message);
      return Promise.resolve(true);
    },
  };
  readonly onDidDispose = this.disposed.event;
  readonly onDidChangeViewState = () => ({ dispose() {} });

  get visible(): boolean {
    if (this.isClosed) throw new Error('Webview is disposed');
    return true;
  }

  reveal(): void {
    if (this.isClosed) throw new Error('Webview is disposed');
    this.reveals++;
  }

  dispose(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.disposed.fire();
  }
}

export class TabInputWebview {
  constructor(readonly viewType: string) {}
}
export interface Tab {
  readonly label: string;
  readonly input: unknown;
  readonly group: { readonly viewColumn: number; readonly tabs: readonly Tab[] };
}

export const panels: WebviewPanel[] = [];
/** The modal questions so far. {@link window.answer} answers each. */
export const questions: { readonly text: string; readonly modal: boolean; readonly detail?: string | undefined }[] = [];

export const window = {
  /** Undefined: the user closes the question. */
  answer: undefined as string | undefined,
  activeTextEditor: undefined as { readonly document: { readonly uri: unknown } } | undefined,
  createTreeView: () => view,
  createWebviewPanel: () => {
    const panel = new WebviewPanel();
    panels.push(panel);
    return panel;
  },
  registerWebviewPanelSerializer: () => ({ dispose() {} }),
  /** The open tabs, in one group; the first one is in front. */
  tabGroups: {
    tabs: [] as Tab[],
    get all() {
      return [{ tabs: window.tabGroups.tabs, viewColumn: 1 }];
    },
    get activeTabGroup() {
      return { activeTab: window.tabGroups.tabs[0], viewColumn: 1 };
    },
    close: (tab: Tab) => {
      window.tabGroups.tabs = window.tabGroups.tabs.filter((other) => other !== tab);
      return Promise.resolve(true);
    },
  },
  withProgress: (_options: unknown, work: () => unknown) => work(),
  showWarningMessage: (text: string, options?: { modal?: boolean; detail?: string }) => {
    questions.push({ text, modal: options?.modal === true, detail: options?.detail });
    return Promise.resolve(window.answer);
  },
  showInformationMessage: (_text: string): Promise<string | undefined> => Promise.resolve(window.answer),
  setStatusBarMessage: () => ({ dispose() {} }),
};
export const commands = {
  executeCommand: (..._command: readonly unknown[]) => Promise.resolve(),
  registered: new Map<string, (...args: readonly unknown[]) => unknown>(),
  registerCommand: (id: string, run: (...args: readonly unknown[]) => unknown) => {
    commands.registered.set(id, run);
    return { dispose() {} };
  },
};
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const ViewColumn = { Active: -1, Beside: -2 };
/** A function, so that `instanceof` works. Nothing here is a URI. */
export const Uri = Object.assign(function Uri(): void {}, {
  joinPath: (base: { toString(): string }, ...parts: string[]) => ({
    toString: () => [base.toString(), ...parts].join('/'),
  }),
});
