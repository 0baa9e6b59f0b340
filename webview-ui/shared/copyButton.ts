import { iconButton } from './controls';
import { text } from './texts';

const SAID_MS = 1_500;

/** A button that copies something and says so for a moment. Nothing is said where copying did not work. */
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
  // No stop for Tab until the keyboard is at its message: hundreds of messages must not be hundreds of stops.
  button.tabIndex = -1;
  return button;
}
