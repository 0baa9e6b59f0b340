// @ts-check
import { until } from '../poll.mjs';

/** @import { Page } from 'playwright-core' */
/** @import { Frame } from 'playwright-core' */

/**
 * The extensions' own documents. Each is in an inner frame of VS Code's webview frame.
 * @param {Page} page
 * @returns {Frame[]}
 */
const documents = (page) => page.frames().filter((frame) => /\/webview\/browser\/pre\/fake\.html/.test(frame.url()));

/**
 * Waits for the webview with this selector in its document. After a reload ask again, because the frame is a new one.
 * @param {Page} page
 * @param {string} selector
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<Frame>}
 */
export async function webviewFrame(page, selector, { timeoutMs = 60_000 } = {}) {
  /** @returns {Promise<Frame | undefined>} */
  const look = async () => {
    for (const frame of documents(page)) {
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0); // the frame may have gone meanwhile
      if (count > 0) return frame;
    }
    return undefined;
  };
  return until(`a webview holds ${selector}`, look, { timeoutMs }).catch(() => {
    throw new Error(
      `No webview holds ${selector}. Frames:\n${page
        .frames()
        .map((frame) => frame.url().slice(0, 160))
        .join('\n')}`,
    );
  });
}

/**
 * Resolves when every visible webview shows a theme of this kind.
 * @param {Page} page
 * @param {string} kind VS Code's class on the body, such as vscode-dark
 */
export async function webviewsInTheme(page, kind) {
  for (const frame of documents(page)) {
    const element = await frame.frameElement().catch(() => undefined);
    if (!(await element?.isVisible())) continue;
    await frame.locator(`body.${kind}`).waitFor({ state: 'attached', timeout: 60_000 });
  }
}
