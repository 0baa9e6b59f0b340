import * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Words } from '../core/words/words';

/** The door to VS Code's progress indicators. */

/** Runs the work and shows progress in the Agents view. */
export async function inExplorer<T>(work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: { viewId: 'quantAgents.explorer' } }, work);
}

/**
 * Runs the work and shows a notification that cannot cancel it, because a request that was sent cannot be taken back.
 * @param title says what is being done: `Deploying “Momentum”`.
 */
export async function inNotification<T>(title: Words, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: render(title, 'notification') },
    work,
  );
}

/** Runs the work and shows progress in the status bar. */
export async function inStatusBar<T>(title: Words, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: render(title, 'statusBar') },
    work,
  );
}

/** Waits for the work and shows a notification at once. Undefined: the user has canceled the wait. */
export async function unlessCancelled<T>(title: Words, work: Promise<T>): Promise<T | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: render(title, 'notification'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) =>
    Promise.race([
      work,
      new Promise<undefined>((resolve) => {
        token.onCancellationRequested(() => resolve(undefined));
      }),
    ]),
  );
}

/** Work that takes longer than this gets a notification. */
const PATIENCE_MS = 700;

/**
 * Runs the work. If it takes a while, a notification appears that can cancel it. Throws what the work throws, and
 * `vscode.CancellationError` if the user cancels it.
 * @param title says what is being done: `Reading the conversation`.
 */
export async function cancellably<T>(title: Words, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController();
  const done = work(end.signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isSlow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), PATIENCE_MS);
  });
  try {
    if ((await Promise.race([done.then(() => 'done'), isSlow])) === 'done') return await done;
  } finally {
    clearTimeout(timer);
  }
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: render(title, 'notification'),
    cancellable: true,
  };
  return vscode.window.withProgress(
    options,
    (_, token) =>
      new Promise<T>((resolve, reject) => {
        token.onCancellationRequested(() => {
          end.abort();
          reject(new vscode.CancellationError());
        });
        done.then(resolve, reject);
      }),
  );
}
