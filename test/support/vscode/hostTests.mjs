// @ts-check
// Runs tests in the extension host of a VS Code in the browser.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch } from '../../../scripts/lib/paths.mjs';
import { startServer } from './server.mjs';
import { openWorkbench } from './workbench.mjs';

/** The extension host died before the tests ended. */
const HOST_DIED = 70;

const runner = fileURLToPath(new URL('inHostRunner.cjs', import.meta.url));

/**
 * @typedef {object} HostTestOptions
 * @property {string} extensionDevelopmentPath
 * @property {string} extensionTestsPath a module that exports run(), as VS Code defines it
 * @property {string} [workspace]
 * @property {Record<string, string | undefined>} [env]
 * @property {number} [timeoutMs]
 */

/**
 * Resolves to 0 if all tests passed, 1 if some failed, and HOST_DIED if the host died first. Rejects if nothing ends in
 * time.
 * @param {HostTestOptions} options
 * @returns {Promise<number>}
 */
export async function runInHostTests({
  extensionDevelopmentPath,
  extensionTestsPath,
  workspace,
  env,
  timeoutMs = 9 * 60_000,
}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'host-tests-'));
  const outputFile = path.join(folder, 'output.txt');
  const resultFile = path.join(folder, 'result.json');
  fs.writeFileSync(outputFile, '');
  const printed = follow(outputFile);
  const server = await startServer({
    env: { ...env, IN_HOST_RUN: JSON.stringify({ tests: path.resolve(extensionTestsPath), outputFile, resultFile }) },
  });
  /** @type {import('./workbench.mjs').Workbench | undefined} */
  let workbench;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`The tests did not end within ${timeoutMs / 1000} s.`)), timeoutMs);
      openWorkbench(server, {
        extensionDevelopmentPath,
        extensionTestsPath: runner,
        ...(workspace === undefined ? {} : { workspace }),
        beforeLoad: async (page) => {
          page.on('pageerror', (error) => console.error('[page error]', error.message));
          // VS Code calls both when it runs tests. It says 0 even after a crash, so only the result file counts.
          await page.exposeFunction('codeAutomationLog', () => {});
          await page.exposeFunction('codeAutomationExit', resolve);
        },
      }).then((opened) => {
        workbench = opened;
      }, reject);
    });
    if (fs.existsSync(resultFile)) return JSON.parse(fs.readFileSync(resultFile, 'utf8')).ok === true ? 0 : 1;
    console.error(`The extension host ended before the tests did.\n${server.log().slice(-1500)}`);
    return HOST_DIED;
  } catch (error) {
    if (workbench)
      await workbench.page.screenshot({ path: path.join(scratch, 'host-tests-failed.png') }).catch(() => {});
    console.error(server.log().slice(-1500));
    throw error;
  } finally {
    clearTimeout(timer);
    await workbench?.close().catch(() => {});
    await server.stop();
    printed.end();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints what is appended to a file. @param {string} file */
function follow(file) {
  let offset = 0;
  const print = () => {
    const content = fs.readFileSync(file);
    process.stdout.write(content.subarray(offset));
    offset = content.length;
  };
  const timer = setInterval(print, 200);
  return {
    end: () => {
      clearInterval(timer);
      print();
    },
  };
}
