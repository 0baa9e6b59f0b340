// @ts-check
// States of VS Code that are not visible on screen.
import { until } from '../poll.mjs';

/** @import { Locator, Page } from 'playwright-core' */

/** Frames without a change. Frames, not milliseconds, because frames are slower when there is more to do. */
const STILL_FRAMES = 30;

/**
 * Resolves when nothing below an element has changed for some frames, and nothing in it is loading.
 * @param {Locator} element
 */
export async function still(element) {
  await element.evaluate(
    (root, frames) =>
      new Promise((resolve) => {
        const { MutationObserver, requestAnimationFrame } = /** @type {any} */ (globalThis);
        let left = frames;
        const observer = new MutationObserver(() => {
          left = frames;
        });
        observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
        const look = () => {
          if (root.querySelector('.codicon-tree-item-loading')) left = frames;
          if (left-- > 0) return requestAnimationFrame(look);
          observer.disconnect();
          resolve(undefined);
        };
        look();
      }),
    STILL_FRAMES,
  );
}

/**
 * Resolves when VS Code has written this text to its storage in the browser. Then what an extension stored for its
 * workspace survives a reload.
 * @param {Page} page
 * @param {string} text as it stands inside of JSON
 */
export async function writtenDown(page, text) {
  await until(`“${text}” is written down`, () =>
    page.evaluate(async (wanted) => {
      const { indexedDB } = /** @type {any} */ (globalThis);
      const asPromise = (/** @type {any} */ request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      for (const { name } of await indexedDB.databases()) {
        if (!name.startsWith('vscode-web-state-db-')) continue;
        const database = await asPromise(indexedDB.open(name));
        try {
          for (const store of database.objectStoreNames) {
            const values = await asPromise(database.transaction(store).objectStore(store).getAll());
            if (values.some((/** @type {unknown} */ value) => String(value).includes(wanted))) return true;
          }
        } finally {
          database.close();
        }
      }
      return false;
    }, text),
  );
}
