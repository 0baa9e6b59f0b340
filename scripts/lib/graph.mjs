// @ts-check
// Arrows between names: finds circles, and arrows that follow from others.

/** @typedef {ReadonlyMap<string, ReadonlySet<string>>} Graph from a name to those it points at */

/**
 * @param {Iterable<readonly [from: string, to: string]>} arrows
 * @returns {Graph} without arrows from a name to itself
 */
export function graphOf(arrows) {
  /** @type {Map<string, Set<string>>} */
  const graph = new Map();
  for (const [from, to] of arrows) {
    if (from === to) continue;
    const targets = graph.get(from) ?? new Set();
    graph.set(from, targets.add(to));
  }
  return graph;
}

/**
 * The circles, one for each arrow that closes one. Empty if there is none.
 * @param {Graph} graph
 * @returns {string[][]} each begins and ends with the same name
 */
export function circlesIn(graph) {
  /** @type {string[][]} */
  const circles = [];
  /** @type {Map<string, 'open' | 'done'>} */
  const seen = new Map();
  /** @type {string[]} */
  const way = [];
  /** @param {string} name */
  const visit = (name) => {
    seen.set(name, 'open');
    way.push(name);
    for (const next of graph.get(name) ?? []) {
      if (seen.get(next) === 'open') circles.push([...way.slice(way.indexOf(next)), next]);
      else if (!seen.has(next)) visit(next);
    }
    way.pop();
    seen.set(name, 'done');
  };
  for (const name of graph.keys()) if (!seen.has(name)) visit(name);
  return circles;
}

/**
 * The arrows of a graph without circles, except those that follow from others: A → C is omitted if A → B → C.
 * @param {Graph} graph
 * @returns {[from: string, to: string][]}
 */
export function withoutDetours(graph) {
  /** @type {Map<string, Set<string>>} */
  const reached = new Map();
  /** Everything below a name. @param {string} name @returns {Set<string>} */
  const below = (name) => {
    const known = reached.get(name);
    if (known) return known;
    const all = new Set();
    reached.set(name, all);
    for (const next of graph.get(name) ?? []) for (const far of [next, ...below(next)]) all.add(far);
    return all;
  };
  return [...graph].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && below(other).has(to)))
      .map((to) => /** @type {[string, string]} */ ([from, to])),
  );
}
