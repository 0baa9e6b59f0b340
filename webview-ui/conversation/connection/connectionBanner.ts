import { button } from '../../shared/controls';
import { el, setAttribute, setChildren } from '../../shared/dom';
import type { Host } from './host';
import { text } from '../../shared/texts';
import { icon } from '../../shared/icons';

const TAKE_OVER = 'command:quantAgents.takeOverConversation';
const RELOAD_WINDOW = 'command:workbench.action.reloadWindow';

/**
 * Says that the extension host is gone or that messages are missing, and offers a way back. A dead extension host gets
 * no messages, but VS Code itself still runs a command link that the user clicks.
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
    // The command's argument is the page's state at this moment: the next extension host needs all of it.
    this.reconnect.addEventListener('click', () => {
      this.reconnect.href = `${TAKE_OVER}?${encodeURIComponent(JSON.stringify([host.saved]))}`;
    });
  }

  /** True if a link is the page's own. VS Code may follow it. */
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
