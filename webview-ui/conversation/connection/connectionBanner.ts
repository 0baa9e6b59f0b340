import { button } from '../../shared/controls';
import { el, setAttribute, setChildren } from '../../shared/dom';
import type { Host } from './host';
import { text } from '../../shared/texts';
import { icon } from '../../shared/icons';

const TAKE_OVER = 'command:quantAgents.takeOverConversation';
const RELOAD_WINDOW = 'command:workbench.action.reloadWindow';

/**
 * Says that the page is cut off, wholly or from its messages, and offers the way back. Messages to a dead extension
 * host reach nobody, but VS Code itself still runs a command when the user presses its link.
 */
export class ConnectionBanner {
  readonly element = el('div', { class: 'banner connection', role: 'alert' });
  private readonly reconnect = el('a', { class: 'link-button primary', href: TAKE_OVER }, text('connection.reconnect'));
  private readonly reload = el('a', { class: 'link-button', href: RELOAD_WINDOW }, text('connection.reloadWindow'));
  private shown: string | undefined;

  /** @param retry asks the panel for the messages again. */
  constructor(
    host: Host,
    private readonly retry: () => void,
  ) {
    setAttribute(this.element, 'hidden', true);
    // The command's arguments: all that the next extension host needs, as it is at this moment.
    this.reconnect.addEventListener('click', () => {
      this.reconnect.href = `${TAKE_OVER}?${encodeURIComponent(JSON.stringify([host.saved]))}`;
    });
  }

  /** Whether a link is one of the page's own, which VS Code may follow. */
  owns(link: Element): boolean {
    return link === this.reconnect || link === this.reload;
  }

  /** @param undelivered why messages are missing, in words. */
  show(isLost: boolean, undelivered: string | undefined): void {
    const key = isLost ? text('connection.lostNext') : undelivered;
    if (key === this.shown) return;
    this.shown = key;
    setAttribute(this.element, 'hidden', key === undefined);
    setChildren(
      this.element,
      isLost ? this.lostParts() : undelivered === undefined ? [] : this.undeliveredParts(undelivered),
    );
  }

  private lostParts(): readonly Node[] {
    return [
      icon('warning'),
      el('div', {}, el('strong', {}, text('connection.lost'), ' '), text('connection.lostNext')),
      el('span', { class: 'actions' }, this.reconnect, this.reload),
    ];
  }

  private undeliveredParts(problem: string): readonly Node[] {
    return [icon('warning'), el('div', {}, problem), button(text('action.retry'), this.retry).element];
  }
}
