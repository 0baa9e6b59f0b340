import * as vscode from 'vscode';

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly buttons?: readonly (vscode.QuickInputButton & {
    /** Gets what has been typed so far. */
    readonly run: (text: string) => unknown;
    /** The button is an answer of its own: the box closes without a text. */
    readonly endsQuestion?: boolean;
  })[];
  /** Why the text cannot be taken, or undefined. May take its time: the box stays open and busy, and what was typed stays. */
  readonly check: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** An input box that stays open until its text has been checked. Undefined: the user gave up. */
export async function askForText(question: TextQuestion): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  const end = new AbortController();
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder ?? '';
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  box.ignoreFocusOut = true;
  box.buttons = question.buttons ?? [];
  const answer = new Promise<string | undefined>((resolve) => {
    box.onDidTriggerButton((button) => {
      const pressed = question.buttons?.find((known) => known === button);
      pressed?.run(box.value);
      if (pressed?.endsQuestion) resolve(undefined);
    });
    box.onDidChangeValue(() => { box.validationMessage = undefined; });
    box.onDidHide(() => { resolve(undefined); });
    box.onDidAccept(async () => {
      // Not disabled while it is checked: a box that is enabled again has lost the keyboard.
      if (box.busy) return;
      box.busy = true;
      const text = box.value;
      try {
        const problem = await question.check(text, end.signal);
        if (problem === undefined) resolve(text);
        else box.validationMessage = problem;
      } catch (error) {
        box.validationMessage = error instanceof Error ? error.message : String(error);
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

/** Asks for a name, which must not be empty; the cursor stands with all of `value` selected. Trimmed; undefined: the user gave up. */
export async function askForName(options: { title: string; prompt: string; value?: string }): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    ...options,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A name is needed.' : undefined),
  });
  return name?.trim();
}

/** A modal question before something is destroyed. The consequence is part of it. */
export async function confirmDestruction(question: string, consequence: string, action: string): Promise<boolean> {
  return await vscode.window.showWarningMessage(question, { modal: true, detail: consequence }, action) === action;
}
