import * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Literal, Words } from '../core/words/words';

/**
 * The door to VS Code's notifications and modal questions. Each returns the label of the button that was pressed, if
 * any.
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

/** A modal question: nothing goes on without an answer. Undefined: the user gave up. */
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

/** A modal question before something is destroyed. The consequence is part of it. */
export async function confirmDestruction<const A extends string>(
  question: Words,
  consequence: Words,
  action: Literal<A>,
): Promise<boolean> {
  return (await ask<A>(question, { detail: consequence }, action)) === action;
}
