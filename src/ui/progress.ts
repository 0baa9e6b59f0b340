import * as vscode from 'vscode';

/** Runs the work with the progress line of the Agents view. */
export async function inExplorer<T>(work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: { viewId: 'quantAgents.explorer' } }, work);
}

/** What takes longer than this is shown, and can be cancelled. */
const PATIENCE_MS = 700;

/**
 * Runs the work; when it takes a while, a notification says so and can cancel it. Throws `vscode.CancellationError` when the user did, and
 * what the work throws.
 * @param title what is being done: `Reading the conversation`.
 */
export async function cancellably<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController();
  const done = work(end.signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isSlow = new Promise<'slow'>((resolve) => { timer = setTimeout(() => { resolve('slow'); }, PATIENCE_MS); });
  try {
    if (await Promise.race([done.then(() => 'done'), isSlow]) === 'done') return await done;
  } finally {
    clearTimeout(timer);
  }
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_, token) => new Promise<T>((resolve, reject) => {
    token.onCancellationRequested(() => {
      end.abort();
      reject(new vscode.CancellationError());
    });
    done.then(resolve, reject);
  }));
}
