/**
 * The page of a conversation panel. Reads its identity, says that it is ready, and passes the panel's messages to
 * {@link Page}.
 */
import type { PanelIdentity } from '../../src/core/pages/conversation/protocol';
import { Host } from './connection/host';
import { Page } from './page';
import { installTexts } from '../shared/texts';

installTexts(document.getElementById('texts')?.textContent ?? '');

const root = document.getElementById('app');
if (!root) throw new Error('The page has no place to draw in.');

const host = new Host(
  JSON.parse(root.dataset['identity'] ?? '{}') as PanelIdentity,
  JSON.parse(root.dataset['saved'] ?? 'null'),
);
let reports = 0;

/**
 * Reports an error to the panel: its kind and where it happened. Never its text, which could quote the conversation.
 */
function report(error: unknown): void {
  if (++reports > 20) return;
  const frames =
    error instanceof Error
      ? (error.stack ?? '')
          .split('\n')
          .filter((line) => /^\s*at /.test(line))
          .slice(0, 4)
      : [];
  host.post({
    type: 'pageError',
    message: [error instanceof Error ? error.name : typeof error, ...frames.map((line) => line.trim())].join(' '),
  });
}

window.addEventListener('error', (event) => {
  // Without an error, it is the browser's notice that a size changed again within a frame. The next frame settles that.
  if (event.error) report(event.error);
});
window.addEventListener('unhandledrejection', (event) => report(event.reason));

const page = new Page(root, host, report);
window.addEventListener('message', (event: MessageEvent<unknown>) => page.receive(event.data));
host.post({ type: 'ready' });
page.listen();
