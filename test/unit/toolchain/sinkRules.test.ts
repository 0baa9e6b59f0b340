import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { DOORS, SINK_RULES } from '../../../scripts/lib/sinkRules.mjs';

const IMPORT = "import * as vscode from 'vscode';\n";

/** A violation of each rule, and several where a rule closes several ways. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  import: [
    "import { window } from 'vscode';\nvoid window;",
    "import * as vs from 'vscode';\nvoid vs;",
    "import vs from 'vscode';\nvoid vs;",
    "import { window as w } from 'vscode';\nvoid w;",
    "import { type Uri, env } from 'vscode';\nvoid env;",
  ],
  're-export': ["export { window } from 'vscode';", "export * from 'vscode';"],
  'dynamic import': [
    "export const vs = () => import('vscode');",
    "const name = 'vs' + 'code';\nexport const vs = () => import(name);",
  ],
  require: ["export const vs: unknown = require('vscode');", "import vs = require('vscode');\nvoid vs;"],
  'alias of vscode': [
    `${IMPORT}const v = vscode;\nvoid v;`,
    `${IMPORT}const { window } = vscode;\nvoid window;`,
    `${IMPORT}void (vscode as unknown);`,
    `${IMPORT}export { vscode };`,
  ],
  'bracket access': [
    `${IMPORT}void vscode['window'].showInformationMessage('x');`,
    `${IMPORT}const w = 'window';\nvoid vscode[w];`,
    `${IMPORT}void vscode.window['showInformationMessage']('x');`,
  ],
  'other namespace': [`${IMPORT}void vscode.scm.createSourceControl('a', 'b');`, `${IMPORT}void vscode.comments;`],
  'alias of a namespace': [
    `${IMPORT}const w = vscode.window;\nvoid w;`,
    `${IMPORT}const { showInformationMessage } = vscode.window;\nvoid showInformationMessage;`,
    `${IMPORT}let w: unknown;\nw = vscode.window;\nvoid w;`,
    `${IMPORT}export const f = (w = vscode.window) => w;`,
    `${IMPORT}void Reflect.get(vscode.env, 'clipboard');`,
  ],
  window: [
    ...[
      'showInformationMessage("x")',
      'showWarningMessage("x")',
      'showErrorMessage("x")',
      'showQuickPick(["x"])',
      'createQuickPick()',
      'showInputBox()',
      'createInputBox()',
      'withProgress({ location: 1 }, async () => 1)',
      'createOutputChannel("x")',
      'createStatusBarItem()',
      'setStatusBarMessage("x")',
      'createTreeView("x", x)',
      'registerTreeDataProvider("x", x)',
      'createWebviewPanel("x", "x", 1)',
      'createTerminal("x")',
      'showSaveDialog()',
      'showOpenDialog()',
      'showWorkspaceFolderPick()',
      'createTextEditorDecorationType({})',
    ].map((call) => `${IMPORT}declare const x: never;\nvoid vscode.window.${call};\nvoid x;`),
    `${IMPORT}void vscode?.window?.showInformationMessage('x');`,
  ],
  env: [
    `${IMPORT}void vscode.env.openExternal(vscode.Uri.parse('x:'));`,
    `${IMPORT}void vscode.env.clipboard.writeText('x');`,
  ],
  languages: [
    `${IMPORT}void vscode.languages.createDiagnosticCollection('x');`,
    `${IMPORT}declare const x: never;\nvoid vscode.languages.registerHoverProvider('x', x);`,
  ],
  authentication: [
    `${IMPORT}declare const x: never;\nvoid vscode.authentication.registerAuthenticationProvider('x', 'x', x);`,
  ],
  'built-in command': [
    `${IMPORT}void vscode.commands.executeCommand('vscode.diff', 1, 2, 'x');`,
    `${IMPORT}void vscode.commands.executeCommand('vscode.changes', 'x', []);`,
    `${IMPORT}void vscode.commands.executeCommand('vscode.open', 'https:x');`,
  ],
  'unnamed command': [
    `${IMPORT}const c = 'vscode.' + 'diff';\nvoid vscode.commands.executeCommand(c, 1, 2, 'x');`,
    `${IMPORT}void vscode.commands.executeCommand(\`vscode.diff\`, 1, 2, 'x');`,
  ],
  'drawn type': [
    ...[
      'MarkdownString("x")',
      'TreeItem("x")',
      'CodeLens(x)',
      'CompletionItem("x")',
      'Hover("x")',
      'Diagnostic(x, "x")',
      'InlayHint(x, "x")',
    ].map((made) => `${IMPORT}declare const x: never;\nvoid new vscode.${made};\nvoid x;`),
    `${IMPORT}const T = vscode.TreeItem;\nvoid T;`,
    `${IMPORT}export const item: vscode.TreeItem = { label: 'x' };`,
    `${IMPORT}export const items: vscode.CompletionItem[] = [{ label: 'x' }];`,
    "import type { TreeItem } from 'vscode';\nexport const item: TreeItem = { label: 'x' };",
  ],
  'file error': [
    `${IMPORT}throw vscode.FileSystemError.Unavailable('x');`,
    `${IMPORT}throw new vscode.FileSystemError('x');`,
    `${IMPORT}const E = vscode.FileSystemError;\nthrow new E('x');`,
  ],
  'drawn property': [
    `${IMPORT}export const f = (panel: vscode.WebviewPanel): void => { panel.title = 'x'; };`,
    `export const f = (view: { message: string }): void => { view.message = 'x'; };`,
    `export const f = (view: { badge: unknown }): void => { view['badge'] = 'x'; };`,
  ],
};

// Without types, because the compiler does not know the planted files.
const eslint = new ESLint({
  cwd: new URL('../../..', import.meta.url).pathname,
  overrideConfig: ts.configs.disableTypeChecked,
});

async function reported(text: string, filePath: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? [])
    .filter(({ ruleId, fatal = false }) => fatal || ruleId === 'no-restricted-syntax' || ruleId === 'layers/arrow')
    .map(({ message }) => message);
}

describe('Lint of the sinks', () => {
  it('has a planted violation for each rule', () => {
    expect(Object.keys(PLANTED)).toEqual(SINK_RULES.map(([name]) => name));
  });

  it.each(SINK_RULES.map(([name, , message]) => ({ name: name ?? '', message: message ?? '' })))(
    'reports “$name”',
    async ({ name, message }) => {
      for (const text of PLANTED[name] ?? [])
        expect(await reported(text, 'src/commands/planted.ts'), text).toContain(message);
    },
  );

  it.each(['src/core/api/planted.ts', 'src/sandbox/planted.ts'])('lets no use of VS Code into %s', async (file) => {
    expect(await reported(`${IMPORT}void vscode.window.showInformationMessage('x');`, file)).not.toEqual([]);
  });

  it('reports it in every folder but the doors', async () => {
    const folders = ['account', 'agentDocuments', 'conversation', 'explorer', 'prompts', 'ui'].map(
      (folder) => `src/${folder}/planted.ts`,
    );
    for (const file of [...folders, 'src/extension.ts', 'src/container.ts'])
      expect(await reported(PLANTED.window?.[0] ?? '', file), file).not.toEqual([]);
  });

  it('allows the doors what they are for', async () => {
    const all = Object.entries(PLANTED)
      .filter(([name]) => !['import', 're-export', 'dynamic import', 'require'].includes(name))
      .flatMap(([, texts]) => texts);
    for (const door of DOORS) expect(await reported(all[0] ?? '', door), door).toEqual([]);
    for (const text of all) expect(await reported(text, DOORS[0] ?? ''), text).toEqual([]);
  });

  it('allows what shows no text', async () => {
    const text = `${IMPORT}import type { Memento } from 'vscode';
export type Kept = Memento;
export async function f(error: unknown): Promise<boolean> {
  await vscode.window.showTextDocument(vscode.Uri.parse('file:///x'));
  await vscode.commands.executeCommand('setContext', 'x', true);
  vscode.window.onDidChangeActiveTextEditor(() => undefined);
  const icon = new vscode.ThemeIcon('robot');
  return error instanceof vscode.FileSystemError && icon.id === vscode.env.appName;
}`;
    expect(await reported(text, 'src/commands/planted.ts')).toEqual([]);
  });
});
