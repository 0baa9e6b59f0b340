import { el } from '../../shared/dom';
import { text } from '../../shared/texts';

/** The parts of the toolkit's text area that we use. */
interface TextControl extends HTMLElement {
  value: string;
  placeholder: string;
}

/**
 * The text area of the prompt box. At first it is the browser's own, so that typing works from the first paint. It
 * becomes the toolkit's when that has loaded and nobody is typing.
 */
export class PromptField {
  readonly element = el('div', { class: 'prompt-field' });
  private control: TextControl;
  private hint = '';

  constructor(
    private readonly changed: () => void,
    private readonly pressed: (event: KeyboardEvent) => void,
    private readonly left: () => void,
  ) {
    this.control = el('textarea', { rows: '1', 'aria-label': text('prompt.label') });
    this.adopt(this.control);
    void customElements.whenDefined('vscode-text-area').then(() => this.upgradeWhenQuiet());
  }

  get value(): string {
    return this.control.value;
  }

  set value(value: string) {
    if (this.control.value !== value) this.control.value = value;
    // The toolkit shows a value a moment later, and would move the caret to its end.
    const { inner } = this;
    if (inner && inner.value !== value) inner.value = value;
  }

  /** The position of the caret in UTF-16 units; undefined while text is selected. */
  get caret(): number | undefined {
    const { inner } = this;
    return inner?.selectionStart === inner?.selectionEnd ? inner?.selectionStart : undefined;
  }

  moveCaret(position: number): void {
    this.inner?.setSelectionRange(position, position);
  }

  set placeholder(hint: string) {
    if (this.hint === hint) return;
    this.hint = hint;
    this.control.placeholder = hint;
  }

  focus(): void {
    this.control.focus();
  }

  /** The browser's text area: alone, or inside the toolkit's. */
  private get inner(): HTMLTextAreaElement | null {
    return this.control instanceof HTMLTextAreaElement
      ? this.control
      : (this.control.shadowRoot?.querySelector('textarea') ?? null);
  }

  private upgradeWhenQuiet(): void {
    const native = this.control;
    if (document.activeElement === native) {
      // If only the window loses the focus, this field still has it, and we wait for the next blur.
      native.addEventListener('blur', () => this.upgradeWhenQuiet(), { once: true });
    } else {
      this.upgrade();
    }
  }

  private upgrade(): void {
    const { value } = this.control;
    // The toolkit uses the text in the element as the field's label.
    const control = el('vscode-text-area', {}, text('prompt.label')) as TextControl;
    control.setAttribute('rows', '1');
    this.adopt(control);
    control.placeholder = this.hint;
    control.value = value;
  }

  private adopt(control: TextControl): void {
    control.addEventListener('input', () => this.changed());
    control.addEventListener('keydown', (event) => this.pressed(event));
    control.addEventListener('blur', () => this.left());
    this.control = control;
    this.element.replaceChildren(control);
  }
}
