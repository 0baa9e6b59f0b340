import * as vscode from 'vscode';
import { describeError } from '../core/api/describeError';
import { render } from '../core/words/render';
import { say, type Words } from '../core/words/words';
import { TEXTS } from './texts';

/** The door to VS Code's input boxes, which draw links and icons in prompts and problems. */

export interface QuestionButton {
  /** ID of a codicon. */
  readonly icon: string;
  readonly tooltip: Words;
  /** @param text what the user has typed so far. */
  readonly run: (text: string) => unknown;
  /** The button closes the box without a text. */
  readonly endsQuestion?: boolean;
}

export interface TextQuestion {
  readonly title: Words;
  readonly prompt: Words;
  readonly placeholder?: Words;
  readonly value?: string;
  readonly password?: boolean;
  readonly buttons?: readonly QuestionButton[];
  /**
   * Says why the text is not accepted. Undefined: it is. Meanwhile the box stays open, with the text, and shows progress.
   */
  readonly check: (text: string, signal: AbortSignal) => Promise<Words | undefined>;
}

/** Shows an input box that stays open until its text is accepted. Undefined: the user gave up. */
export async function askForText(question: TextQuestion): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  const end = new AbortController();
  const buttons = (question.buttons ?? []).map((button) => ({
    button,
    iconPath: new vscode.ThemeIcon(button.icon),
    tooltip: render(button.tooltip, 'input'),
  }));
  box.title = render(question.title, 'input');
  box.prompt = render(question.prompt, 'input');
  box.placeholder = question.placeholder ? render(question.placeholder, 'input') : '';
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  box.ignoreFocusOut = true;
  box.buttons = buttons;
  const answer = new Promise<string | undefined>((resolve) => {
    box.onDidTriggerButton((pressed) => {
      const button = buttons.find((known) => known === pressed)?.button;
      button?.run(box.value);
      if (button?.endsQuestion) resolve(undefined);
    });
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidHide(() => resolve(undefined));
    box.onDidAccept(async () => {
      // We do not disable the box during the check: it would lose the keyboard focus.
      if (box.busy) return;
      box.busy = true;
      const text = box.value;
      try {
        const problem = await question.check(text, end.signal);
        if (problem === undefined) resolve(text);
        else box.validationMessage = render(problem, 'input');
      } catch (error) {
        box.validationMessage = render(describeError(error).message, 'input');
      } finally {
        box.busy = false;
      }
    });
  });
  box.show();
  try {
    return await answer;
  } finally {
    end.abort();
    box.dispose();
  }
}

/** Shows an input box that checks its text while the user types. Undefined: the user gave up. */
export async function askForLine(options: {
  readonly title: Words;
  readonly prompt: Words;
  readonly value?: string;
  readonly password?: boolean;
  readonly check: (text: string) => Words | undefined;
}): Promise<string | undefined> {
  const { title, prompt, check, ...rest } = options;
  return vscode.window.showInputBox({
    ...rest,
    title: render(title, 'input'),
    prompt: render(prompt, 'input'),
    ignoreFocusOut: true,
    validateInput: (text) => {
      const problem = check(text);
      return problem === undefined ? undefined : render(problem, 'input');
    },
  });
}

/**
 * Asks for a name, which must not be empty. `value` is selected, so that typing replaces it.
 * @returns the trimmed name. Undefined: the user gave up.
 */
export async function askForName(options: {
  readonly title: Words;
  readonly prompt: Words;
  readonly value?: string;
}): Promise<string | undefined> {
  const name = await askForLine({
    ...options,
    check: (text) => (text.trim() === '' ? say(TEXTS.nameNeeded) : undefined),
  });
  return name?.trim();
}
