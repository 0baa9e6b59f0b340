import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { askForText, type TextQuestion } from '../../src/ui/inputs';
import { say, type Words } from '../../src/core/words/words';

/** Input boxes that a test can type into. A question needs nothing else of VS Code. */
class Box {
  title = '';
  prompt = '';
  placeholder = '';
  value = '';
  password = false;
  ignoreFocusOut = false;
  busy = false;
  enabled = true;
  buttons: readonly vscode.QuickInputButton[] = [];
  validationMessage: string | undefined;
  isDisposed = false;
  private readonly events = {
    accept: new vscode.EventEmitter<void>(),
    hide: new vscode.EventEmitter<void>(),
    change: new vscode.EventEmitter<string>(),
    button: new vscode.EventEmitter<vscode.QuickInputButton>(),
  };
  readonly onDidAccept = this.events.accept.event;
  readonly onDidHide = this.events.hide.event;
  readonly onDidChangeValue = this.events.change.event;
  readonly onDidTriggerButton = this.events.button.event;
  show(): void {}
  dispose(): void {
    this.isDisposed = true;
  }
  enter(text: string): void {
    this.value = text;
    this.events.accept.fire();
  }
  escape(): void {
    this.events.hide.fire();
  }
  press(button: vscode.QuickInputButton): void {
    this.events.button.fire(button);
  }
}

suite('A question for a text', () => {
  const create = vscode.window.createInputBox;
  let box: Box;

  setup(() => {
    box = new Box();
    Object.assign(vscode.window, { createInputBox: () => box });
  });
  teardown(() => {
    Object.assign(vscode.window, { createInputBox: create });
  });

  const question = (more: Partial<TextQuestion>): TextQuestion => ({
    title: say('Question'),
    prompt: say('What?'),
    check: async () => undefined,
    ...more,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  test('keeps the text and the keyboard when the check fails, and takes the text that was checked', async () => {
    let release: (problem: Words | undefined) => void = () => undefined;
    const answer = askForText(
      question({
        check: () =>
          new Promise((resolve) => {
            release = resolve;
          }),
      }),
    );
    box.enter('first');
    assert.strictEqual(box.enabled, true, 'a box that is disabled loses the keyboard');
    assert.strictEqual(box.busy, true);
    release(say('No.'));
    await settled();
    assert.deepStrictEqual([box.value, box.validationMessage, box.busy], ['first', 'No.', false]);
    box.enter('second');
    box.value = 'second, and more typed during the check';
    release(undefined);
    assert.strictEqual(await answer, 'second');
    assert.ok(box.isDisposed);
  });

  test('cancels the check when it is closed, and answers nothing', async () => {
    let signal: AbortSignal | undefined;
    const answer = askForText(
      question({
        check: (_text, given) => {
          signal = given;
          return new Promise(() => undefined);
        },
      }),
    );
    box.enter('text');
    box.escape();
    assert.strictEqual(await answer, undefined);
    assert.strictEqual(signal?.aborted, true);
  });

  test('hands what was typed so far to a button that ends it', async () => {
    let typed: string | undefined;
    const button = {
      icon: 'edit',
      tooltip: say('Edit'),
      endsQuestion: true,
      run: (text: string) => {
        typed = text;
      },
    };
    const answer = askForText(question({ buttons: [button] }));
    box.value = 'Half a thou';
    box.press(box.buttons[0]!);
    assert.strictEqual(await answer, undefined);
    assert.strictEqual(typed, 'Half a thou');
    assert.ok(box.isDisposed);
  });
});
