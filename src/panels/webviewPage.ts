import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PageSources } from './pageFrame';

export interface WebviewPage {
  readonly extensionUri: vscode.Uri;
  /** The page's own script in `dist/webview`. */
  readonly script: string;
  /** The icons of its tab in `media`. */
  readonly icon: { readonly light: string; readonly dark: string };
  /** The commands that a link in the page may run, each after a click by the user. */
  readonly commands: readonly string[];
  /** The page's HTML. */
  readonly html: (sources: PageSources) => string;
}

/** Shows a page in a webview panel. It can load its own files and nothing else. */
export function showPage(
  panel: vscode.WebviewPanel,
  { extensionUri, script, icon, commands, html }: WebviewPage,
): void {
  const { webview } = panel;
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const uri = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const media = (file: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', file);
  webview.options = { enableScripts: true, localResourceRoots: [folder], enableCommandUris: [...commands] };
  panel.iconPath = { light: media(icon.light), dark: media(icon.dark) };
  webview.html = html({
    nonce: randomBytes(18).toString('base64url'),
    cspSource: webview.cspSource,
    scriptUri: uri(script),
    toolkitUri: uri('toolkit.js'),
    styleUri: uri('style.css'),
  });
}
