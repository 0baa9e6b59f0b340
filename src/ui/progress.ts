import * as vscode from 'vscode';

/** Runs the work with the progress line of the Agents view. */
export async function inExplorer<T>(work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: { viewId: 'quantAgents.explorer' } }, work);
}
