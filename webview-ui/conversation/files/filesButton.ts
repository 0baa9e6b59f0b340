import { countWrittenFiles, FileMemory } from '../../../src/core/conversation/files/files';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { el, setAttribute, setText } from '../../shared/dom';
import { icon } from '../../shared/icons';
import type { FilesIntents } from './filesIntents';
import type { FilesPanel } from './filesPanel';
import { counted, text } from '../../shared/texts';

/**
 * A button with the number of files that the agent wrote, and the list that it opens. It counts when the browser is
 * idle, and makes the list on first use.
 */
export class FilesButton {
  readonly element = el(
    'button',
    { class: 'tool-button', type: 'button', 'aria-expanded': 'false', 'aria-controls': 'files-panel' },
    icon('files'),
    text('files.button'),
  );
  /** The list opens here: after the button in reading order. */
  readonly listArea = el('div', { id: 'files-panel', class: 'files-place' });
  private readonly count = el('span', { class: 'count' });
  private readonly memory = new FileMemory();
  private messages: readonly Message[] = [];
  private counted: readonly Message[] | undefined;
  private panel: FilesPanel | undefined;
  private scheduled = false;

  constructor(private readonly intents: FilesIntents) {
    this.element.append(this.count);
    setAttribute(this.element, 'hidden', true);
    setAttribute(this.listArea, 'hidden', true);
    this.element.addEventListener('click', () => {
      void this.toggle();
    });
    for (const part of [this.element, this.listArea] as readonly HTMLElement[]) {
      part.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || !this.isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        this.close(true);
      });
    }
  }

  /** @param messages all of them, because an edit builds on earlier versions. */
  observe(messages: readonly Message[]): void {
    if (messages === this.messages) return;
    this.messages = messages;
    if (this.scheduled) return;
    this.scheduled = true;
    requestIdleCallback(
      () => {
        this.scheduled = false;
        this.draw();
      },
      { timeout: 1_000 },
    );
  }

  close(givesFocusBack: boolean): void {
    if (!this.isOpen) return;
    setAttribute(this.listArea, 'hidden', true);
    setAttribute(this.element, 'aria-expanded', 'false');
    if (givesFocusBack) this.element.focus();
  }

  private get isOpen(): boolean {
    return !this.listArea.hidden;
  }

  private draw(): void {
    if (this.counted === this.messages) return;
    this.counted = this.messages;
    const count = countWrittenFiles(this.messages, this.memory);
    setText(this.count, String(count));
    setAttribute(this.element, 'title', text('files.written', counted(count, 'file')));
    setAttribute(this.element, 'hidden', count === 0);
    if (this.isOpen) this.panel?.show(this.messages);
  }

  private async toggle(): Promise<void> {
    if (this.isOpen) {
      this.close(true);
      return;
    }
    if (!this.panel) {
      const { FilesPanel: Panel } = await import('./filesPanel');
      // The user may press twice while the module loads.
      this.panel ??= new Panel(this.memory, {
        ...this.intents,
        close: (givesFocusBack) => this.close(givesFocusBack),
      });
      this.listArea.replaceChildren(this.panel.element);
    }
    this.panel.show(this.messages);
    setAttribute(this.listArea, 'hidden', undefined);
    setAttribute(this.element, 'aria-expanded', 'true');
    this.panel.element.focus();
  }
}
