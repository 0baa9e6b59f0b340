// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { npm } from './process.mjs';
import { Problem, say, step } from './steps.mjs';

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */

/**
 * Why the installed packages differ from the locked ones, or undefined. Optional packages may be missing, because npm
 * installs only those for this platform.
 * @param {Lock} locked package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json, which npm writes when it has finished
 * @returns {string | undefined}
 */
export function whyStale(locked, installed) {
  if (!installed) return 'not installed yet';
  const wanted = locked.packages ?? {};
  const present = installed.packages ?? {};
  for (const [folder, { version, optional, link }] of Object.entries(wanted)) {
    if (folder === '' || link) continue;
    const found = present[folder]?.version;
    if (found === undefined && optional) continue;
    if (found !== version)
      return `${folder.replace(/^node_modules\//, '')} is ${found ?? 'missing'}, ${version} is locked`;
  }
  const extra = Object.keys(present).find((folder) => !(folder in wanted));
  return extra === undefined ? undefined : `${extra.replace(/^node_modules\//, '')} is no longer locked`;
}

/** @param {string} file @returns {Lock | undefined} */
function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Installs the locked dependencies if they are missing or differ from the lock file. */
export async function ensureDependencies() {
  const locked = readLock(path.join(root, 'package-lock.json'));
  if (!locked) throw new Problem('package-lock.json is missing or cannot be read.');
  const reason = whyStale(locked, readLock(path.join(root, 'node_modules', '.package-lock.json')));
  if (reason === undefined) return say('Dependencies are installed');
  await step(`Installing dependencies with npm ci (${reason})`, async () => {
    const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      quiet: true,
    });
    if (code !== 0) throw new Problem(`npm ci failed with code ${code}:\n${output}`);
  });
}
