import { iconButton } from './controls';
import { text } from './texts';

const SAID_MS = 1_500;

/** A button that copies something and then says so for a moment. Says nothing if copying failed. */
export function copyButton(label: string, copy: () => Promise<void> | void, kind?: string): HTMLButtonElement {
  const press = async (button: HTMLButtonElement): Promise<void> => {
    await copy();
    button.classList.add('done');
    button.setAttribute('aria-label', text('copied'));
    setTimeout(() => {
      button.classList.remove('done');
      button.setAttribute('aria-label', label);
    }, SAID_MS);
  };
  const button = iconButton('copy', label, (element) => {
    void press(element);
  });
  if (kind === undefined) return button;
  button.classList.add(kind);
  // Tab skips it until its message has the focus. Otherwise Tab would stop hundreds of times.
  button.tabIndex = -1;
  return button;
}
