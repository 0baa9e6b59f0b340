// @ts-check
// Finds the arrows between rooms from the code's imports, and what is wrong with them.
import { complaint, roomOf } from './arrows.mjs';
import { circlesIn, graphOf } from './graph.mjs';

/** @import { Graph } from './graph.mjs' */
/** @import { Import } from './imports.mjs' */

/** The most imports that are named for one arrow of a circle. */
const MOST_NAMED = 3;

/** @param {readonly Import[]} imports @returns {Graph} arrows between rooms */
export function roomGraph(imports) {
  return graphOf(imports.flatMap((one) => roomsOf(one) ?? []));
}

/** @param {Import} one @returns {(readonly [from: string, to: string])[] | undefined} */
function roomsOf({ file, target }) {
  const [from, to] = [roomOf(file), target === undefined ? undefined : roomOf(target)];
  return from && to ? [[from.room, to.room]] : undefined;
}

/**
 * Finds arrows against the order, circles between files and circles between rooms, each with the imports behind it.
 * @param {readonly Import[]} imports
 * @returns {string[]}
 */
export function whatIsWrong(imports) {
  const against = imports.flatMap(({ file, specifier }) => {
    const found = complaint(file, specifier);
    return found ? [`${file} imports '${specifier}': ${found}`] : [];
  });
  const files = circlesIn(
    graphOf(imports.flatMap(({ file, target }) => (target ? [/** @type {const} */ ([file, target])] : []))),
  );
  // Only the shortest circle of rooms: one arrow against the order closes many circles, and they all end with it.
  const rooms = circlesIn(roomGraph(imports)).sort((one, other) => one.length - other.length);
  return [
    ...against,
    ...files.map((circle) => `Files import each other in a circle: ${circle.join(' → ')}`),
    ...rooms
      .slice(0, 1)
      .map((circle) =>
        [`Rooms import each other in a circle: ${circle.join(' → ')}`, ...stepsOf(circle, imports)].join('\n'),
      ),
  ];
}

/**
 * The imports behind each arrow of a circle of rooms.
 * @param {readonly string[]} circle
 * @param {readonly Import[]} imports
 */
function stepsOf(circle, imports) {
  return circle.slice(1).flatMap((to, at) => {
    const found = imports.filter((one) => roomsOf(one)?.some(([a, b]) => a === circle[at] && b === to));
    const named = found.slice(0, MOST_NAMED).map(({ file, target }) => `  ${file} imports ${target}`);
    return found.length > MOST_NAMED ? [...named, `  … and ${found.length - MOST_NAMED} more`] : named;
  });
}
