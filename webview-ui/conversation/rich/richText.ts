/**
 * Loads Markdown and highlighting when needed. Nearly every conversation needs Markdown, so the page loads it at the
 * start. It draws no messages before that, so that no line jumps.
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

  /** Resolves when Markdown has loaded. Also resolves if it cannot load; then texts show as written. */
  async load(): Promise<void> {
    try {
      ({ renderMarkdown: this.markdown } = await import('./markdown'));
    } catch (error) {
      this.report(error);
    }
  }

  /**
   * Draws a text into an element. Does not touch blocks that did not change.
   * @param limit after this many characters, no further block starts.
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
   * Colors code when the browser is idle: of one element, or of several in sequence. Changes neither text nor layout.
   */
  highlight(code: HTMLElement | readonly HTMLElement[], language: string): void {
    const elements = code instanceof HTMLElement ? [code] : code;
    this.waiting.push(() => {
      // It scrolled out of the page. It is drawn again when it comes back.
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
