/**
 * Markdown and highlighting, loaded when first needed. Markdown is asked for at the start, as nearly every conversation
 * holds some; until it is there, nothing of the conversation is drawn, so that no line jumps when it arrives.
 */
import type { highlight } from './highlight';
import type { renderMarkdown } from './markdown';

export class RichText {
  private markdown: typeof renderMarkdown | undefined;
  private highlighter: Promise<typeof highlight> | undefined;
  private readonly waiting: (() => void)[] = [];
  private scheduled = false;

  constructor(
    private readonly copy: (text: string) => void,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Resolves when Markdown can be drawn; also where it cannot be loaded, as it is then shown as it was written. */
  async load(): Promise<void> {
    try {
      ({ renderMarkdown: this.markdown } = await import('./markdown'));
    } catch (error) {
      this.report(error);
    }
  }

  /**
   * Draws a text into an element, leaving the blocks that did not change untouched.
   * @param limit after so many characters no further block is begun.
   * @returns how many characters are drawn.
   */
  drawMarkdown(into: HTMLElement, text: string, limit = Number.POSITIVE_INFINITY): number {
    try {
      if (this.markdown) {
        return this.markdown(
          into,
          text,
          {
            copy: this.copy,
            highlight: (code, language) => this.highlight(code, language),
          },
          limit,
        );
      }
    } catch (error) {
      this.report(error);
    }
    const plain = text.slice(0, limit);
    into.classList.add('plain');
    if (into.textContent !== plain) into.textContent = plain;
    return plain.length;
  }

  /**
   * Colors code when the browser has time, that of one element or of several that follow one another; changes neither
   * its text nor its layout.
   */
  highlight(code: HTMLElement | readonly HTMLElement[], language: string): void {
    const elements = code instanceof HTMLElement ? [code] : code;
    this.waiting.push(() => {
      // Scrolled past: it will be drawn anew when it comes back.
      if (!elements.some(({ isConnected }) => isConnected)) return;
      this.highlighter ??= import('./highlight').then((module) => module.highlight);
      this.highlighter.then(
        (color) => color(elements, language),
        (error: unknown) => {
          this.highlighter = undefined;
          this.report(error);
        },
      );
    });
    if (this.scheduled) return;
    this.scheduled = true;
    requestIdleCallback((deadline) => this.work(deadline), { timeout: 500 });
  }

  private work(deadline: IdleDeadline): void {
    do this.waiting.shift()?.();
    while (this.waiting.length > 0 && deadline.timeRemaining() > 2);
    this.scheduled = this.waiting.length > 0;
    if (this.scheduled) requestIdleCallback((next) => this.work(next), { timeout: 500 });
  }

  copyText(text: string): void {
    this.copy(text);
  }
}
