import * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Literal, Words } from '../core/words/words';

/**
 * The door to VS Code's notifications and modal questions. Each function returns the label of the button that the user
 * pressed. Undefined: the user closed it.
 */

export async function inform<const A extends string>(
  words: Words,
  ...actions: readonly Literal<A>[]
): Promise<A | undefined> {
  return vscode.window.showInformationMessage<Literal<A>>(render(words, 'notification'), ...actions);
}

export async function warn<const A extends string>(
  words: Words,
  ...actions: readonly Literal<A>[]
): Promise<A | undefined> {
  return vscode.window.showWarningMessage<Literal<A>>(render(words, 'notification'), ...actions);
}

export async function complain<const A extends string>(
  words: Words,
  ...actions: readonly Literal<A>[]
): Promise<A | undefined> {
  return vscode.window.showErrorMessage<Literal<A>>(render(words, 'notification'), ...actions);
}

/** Asks a modal question. Undefined: the user gave up. */
export async function ask<const A extends string>(
  question: Words,
  { detail, isHarmless = false }: { readonly detail: Words; readonly isHarmless?: boolean },
  ...actions: readonly Literal<A>[]
): Promise<A | undefined> {
  const message = render(question, 'dialog');
  const options = { modal: true, detail: render(detail, 'dialogDetail') };
  return isHarmless
    ? vscode.window.showInformationMessage<Literal<A>>(message, options, ...actions)
    : vscode.window.showWarningMessage<Literal<A>>(message, options, ...actions);
}

/** Asks a modal question before we destroy something. `consequence` says what the user loses. */
export async function confirmDestruction<const A extends string>(
  question: Words,
  consequence: Words,
  action: Literal<A>,
): Promise<boolean> {
  return (await ask<A>(question, { detail: consequence }, action)) === action;
}
