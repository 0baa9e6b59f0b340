/**
 * Registers providers with VS Code at once, under their own scheme, because tests run beside the installed extension.
 */
import * as vscode from 'vscode';
import type { Register } from '../../src/ui/lazyProviders';

export function registerFiles(scheme: string, isReadonly = false): Register<vscode.FileSystemProvider> {
  return (files) => vscode.workspace.registerFileSystemProvider(scheme, files, { isCaseSensitive: true, isReadonly });
}

export function registerTexts(scheme: string): Register<vscode.TextDocumentContentProvider> {
  return (texts) => vscode.workspace.registerTextDocumentContentProvider(scheme, texts);
}
