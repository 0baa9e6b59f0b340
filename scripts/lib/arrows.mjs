// @ts-check
// Checks an import against the table of rooms. Paths are relative to the project, with `/`.
import path from 'node:path';
import { ROOMS } from './layers.mjs';

/** @import { Room } from './layers.mjs' */

const posix = path.posix;

/** The folders of code that the table covers. */
export const ROOTS = ['src', 'webview-ui'];

/** Whether a path is a folder or in it. @param {string} file @param {string} folder */
export const isIn = (file, folder) => file === folder || file.startsWith(`${folder}/`);

/** @param {string} file */
const withoutEnding = (file) => file.replace(/(\.d)?\.[cm]?[jt]s$/, '');

/**
 * The innermost room around a file.
 * @param {string} file
 * @param {readonly Room[]} [rooms]
 * @returns {Room | undefined}
 */
export function roomOf(file, rooms = ROOMS) {
  const name = withoutEnding(file);
  return rooms
    .filter(({ room }) => isIn(name, room))
    .reduce(
      (/** @type {Room | undefined} */ inner, next) => (inner && inner.room.length > next.room.length ? inner : next),
      undefined,
    );
}

/**
 * The problem of an import, or undefined.
 * @param {string} file the importing file
 * @param {string} specifier the text after `from`
 * @returns {string | undefined}
 */
export function complaint(file, specifier) {
  const own = roomOf(file);
  if (!own) return `${file} is in no room: add its folder to scripts/lib/layers.mjs.`;
  if (!/^\.\.?(\/|$)/.test(specifier)) {
    return own.packages.some((name) => isPackage(specifier, name))
      ? undefined
      : `${own.room} may not import the package ${specifier}. ${own.why}`;
  }
  const target = withoutEnding(posix.join(posix.dirname(file), specifier));
  const room = roomOf(target);
  if (!room) return `${own.room} may not import ${target}, which is in no room of scripts/lib/layers.mjs. ${own.why}`;
  if (room === own || own.may.some((folder) => isIn(target, folder))) return undefined;
  return `${own.room} may not import ${target}. ${own.why}`;
}

/** @param {string} specifier @param {string} name */
function isPackage(specifier, name) {
  return name === 'node:*' ? specifier.startsWith('node:') : isIn(specifier, name);
}
