import * as vscode from 'vscode';
import { render } from '../core/words/render';
import { say, type Text } from '../core/words/words';
import { TEXTS } from './texts';

/** The door to VS Code's quick picks, which draw `$(name)` in labels, descriptions and details as an icon. */

export interface Choice<T> {
  /** ID of a codicon. */
  readonly icon?: string;
  readonly label: Text;
  readonly description?: Text | undefined;
  readonly detail?: Text | undefined;
  readonly detailIcon?: string;
  /** The list starts at this choice: Enter takes it. Only in {@link chooseWhenLoaded}. */
  readonly isStart?: boolean;
  readonly value: T;
}

/** A title line between choices. */
export interface Heading {
  readonly heading: Text;
}

export interface PickOptions {
  readonly title: Text;
  readonly placeholder: Text;
  readonly matchOnDescription?: boolean;
  readonly matchOnDetail?: boolean;
  readonly ignoreFocusOut?: boolean;
}

type Choices<T> = readonly (Choice<T> | Heading)[];

interface Item<T> extends vscode.QuickPickItem {
  readonly choice?: Choice<T>;
}

/** Undefined: the user gave up. */
export async function choose<T>(
  choices: Choices<T> | Promise<Choices<T>>,
  options: PickOptions,
): Promise<T | undefined> {
  const { title, placeholder, ...rest } = options;
  const items = choices instanceof Promise ? choices.then((all) => all.map(toItem)) : choices.map(toItem);
  const chosen = await vscode.window.showQuickPick(items, {
    ...rest,
    title: render(title, 'input'),
    placeHolder: render(placeholder, 'input'),
  });
  return chosen?.choice?.value;
}

/**
 * Shows a list at once and fills it when its choices arrive. Undefined: the user gave up. Throws what `choices` throws.
 */
export async function chooseWhenLoaded<T>(
  choices: () => Promise<readonly Choice<T>[]>,
  options: PickOptions,
): Promise<T | undefined> {
  const quickPick = vscode.window.createQuickPick<Item<T>>();
  try {
    quickPick.title = render(options.title, 'input');
    quickPick.placeholder = render(options.placeholder, 'input');
    quickPick.matchOnDescription = options.matchOnDescription ?? true;
    quickPick.matchOnDetail = options.matchOnDetail ?? true;
    quickPick.busy = true;
    // The user may look something up in another window. Closing would lose what they have typed.
    quickPick.ignoreFocusOut = options.ignoreFocusOut ?? true;
    quickPick.show();
    const answer = new Promise<T | undefined>((resolve) => {
      quickPick.onDidAccept(() => {
        const [chosen] = quickPick.selectedItems;
        if (chosen?.choice) resolve(chosen.choice.value);
      });
      quickPick.onDidHide(() => resolve(undefined));
    });
    const filled = choices().then((all) => {
      quickPick.items = all.map(toItem);
      const start = quickPick.items.find(({ choice }) => choice?.isStart);
      if (start) quickPick.activeItems = [start];
      quickPick.busy = false;
      if (all.length === 0) quickPick.placeholder = render(say(TEXTS.nothingToChoose), 'input');
      return answer;
    });
    // The user can give up before the choices arrive.
    return await Promise.race([answer, filled]);
  } finally {
    quickPick.dispose();
  }
}

/** Undefined: the user gave up. */
export async function pickWorkspaceFolder(placeholder: Text): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder: render(placeholder, 'input') }))?.uri;
}

function toItem<T>(choice: Choice<T> | Heading): Item<T> {
  if ('heading' in choice)
    return { label: render(choice.heading, 'quickPick'), kind: vscode.QuickPickItemKind.Separator };
  const { label, description, detail } = choice;
  return {
    label: withIcon(choice.icon, render(label, 'quickPick')),
    ...(description !== undefined && { description: render(description, 'quickPick') }),
    ...(detail !== undefined && { detail: withIcon(choice.detailIcon, render(detail, 'quickPick')) }),
    choice,
  };
}

function withIcon(icon: string | undefined, text: string): string {
  return icon === undefined ? text : `$(${icon}) ${text}`;
}
