import * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Template } from '../core/words/texts';
import { say, type Words } from '../core/words/words';

/**
 * The door to VS Code's notifications and modal questions. Each function returns the name of the button that the user
 * pressed. Undefined: the user closed it.
 */

/** The buttons in their order: a name for the code, and what the user reads. */
type Buttons<Name extends string> = Readonly<Record<Name, Template>>;

type Show = (...labels: readonly string[]) => Thenable<string | undefined>;

export async function inform<Name extends string = never>(
  words: Words,
  buttons?: Buttons<Name>,
): Promise<Name | undefined> {
  const text = render(words, 'notification');
  return pressed((...labels) => vscode.window.showInformationMessage(text, ...labels), buttons);
}

export async function warn<Name extends string = never>(
  words: Words,
  buttons?: Buttons<Name>,
): Promise<Name | undefined> {
  const text = render(words, 'notification');
  return pressed((...labels) => vscode.window.showWarningMessage(text, ...labels), buttons);
}

export async function complain<Name extends string = never>(
  words: Words,
  buttons?: Buttons<Name>,
): Promise<Name | undefined> {
  const text = render(words, 'notification');
  return pressed((...labels) => vscode.window.showErrorMessage(text, ...labels), buttons);
}

/** Asks a modal question. Undefined: the user gave up. */
export async function ask<Name extends string>(
  question: Words,
  { detail, isHarmless = false }: { readonly detail: Words; readonly isHarmless?: boolean },
  buttons: Buttons<Name>,
): Promise<Name | undefined> {
  const text = render(question, 'dialog');
  const options = { modal: true, detail: render(detail, 'dialogDetail') };
  return pressed(
    (...labels) =>
      isHarmless
        ? vscode.window.showInformationMessage(text, options, ...labels)
        : vscode.window.showWarningMessage(text, options, ...labels),
    buttons,
  );
}

/** Asks a modal question before we destroy something. `consequence` says what the user loses. */
export async function confirmDestruction(question: Words, consequence: Words, button: Template): Promise<boolean> {
  return (await ask(question, { detail: consequence }, { confirm: button })) === 'confirm';
}

async function pressed<Name extends string>(show: Show, buttons?: Buttons<Name>): Promise<Name | undefined> {
  const names = Object.keys(buttons ?? {}) as Name[];
  const labels = names.map((name) => (buttons ? render(say(buttons[name]), 'notification') : name));
  const label = await show(...labels);
  return label === undefined ? undefined : names[labels.indexOf(label)];
}
