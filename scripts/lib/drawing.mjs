// @ts-check
// Draws the rooms and arrows. Graphviz places them. We write the SVG, so that it follows the reader's light or dark
// theme. It shows no numbers, so it changes only when a room or an arrow comes or goes.
import { instance } from '@viz-js/viz';
import { isIn } from './arrows.mjs';
import { graphOf, withoutDetours } from './graph.mjs';
import { ROWS } from './layers.mjs';
import { PANELS } from './panels.mjs';

/** @import { Graph } from './graph.mjs' */
/** @import { Frame, Panel } from './panels.mjs' */
/**
 * @typedef {object} Box what is drawn as one
 * @property {string} id
 * @property {string} name
 * @property {string} holds
 * @typedef {{ title: string, left: number, width: number, height: number, shapes: string[] }} Drawn
 * @typedef {{ x: number, y: number }} Point
 */

const CAPTION = [
  'An arrow says: imports. All arrows point down.',
  'An arrow that follows from others is left out: no A → C where A → B → C.',
  'Drawn from the code by npm run architecture; the rules are in scripts/lib/layers.mjs.',
];

const MARGIN = 24;
const GAP = 40;
const TITLE_HEIGHT = 30;
const BOX_HEIGHT = 42;

/**
 * The whole picture.
 * @param {Graph} rooms arrows between rooms, as the code has them; without circles
 * @returns {Promise<string>}
 */
export async function drawing(rooms) {
  const viz = await instance();
  const lines = PANELS.map((panels) => panels.map((panel) => drawPanel(viz, panel, rooms)));
  const widthOfLine = (/** @type {readonly Drawn[]} */ line) =>
    line.reduce((sum, { width }) => sum + width, (line.length - 1) * GAP);
  const width = Math.max(...lines.map(widthOfLine)) + 2 * MARGIN;
  const body = [];
  let y = MARGIN;
  for (const line of lines) {
    let x = (width - widthOfLine(line)) / 2;
    for (const panel of line) {
      body.push(
        `<g transform="translate(${round(x)} ${round(y)})">`,
        `<text class="title" x="0" y="14">${escape(panel.title)}</text>`,
        `<g transform="translate(${round(-panel.left)} ${TITLE_HEIGHT})">`,
        ...panel.shapes,
        '</g>',
        '</g>',
      );
      x += panel.width + GAP;
    }
    y += TITLE_HEIGHT + Math.max(...line.map((panel) => panel.height)) + GAP;
  }
  const caption = CAPTION.map(
    (line, at) => `<text class="caption" x="${MARGIN}" y="${round(y + at * 18)}">${escape(line)}</text>`,
  );
  const height = round(y + CAPTION.length * 18 + MARGIN / 2);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${height}" width="${round(width)}" height="${height}" role="img" aria-label="Rooms of the code and the arrows of their imports">
<style>
${STYLE}</style>
<rect class="paper" width="100%" height="100%"/>
${body.join('\n')}
${caption.join('\n')}
</svg>
`;
}

const STYLE = `svg { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #818b98; --frame: #f3f5f8; --inner: #e6eaef;
  --vscode: #ddf4ff; --vscode-edge: #54aeff; --page: #fbefff; --page-edge: #c297ff; --core: #dafbe1; --core-edge: #4ac26b; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --line: #7d8590; --frame: #161b22; --inner: #21262d;
    --vscode: #10233d; --vscode-edge: #1f6feb; --page: #271a3d; --page-edge: #8957e5; --core: #10281a; --core-edge: #2ea043; }
}
text { font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: var(--ink); }
.paper { fill: var(--paper); }
.title { font-size: 18px; font-weight: 600; }
.caption, .holds { font-size: 12px; fill: var(--soft); }
.name { font-size: 13px; font-weight: 600; }
.holds { font-size: 11px; }
.name, .holds { text-anchor: middle; }
.frame { fill: var(--frame); }
.frame .frame, .inner { fill: var(--inner); }
.frame-title { font-size: 12px; font-weight: 600; fill: var(--soft); }
.vscode { fill: var(--vscode); stroke: var(--vscode-edge); }
.page { fill: var(--page); stroke: var(--page-edge); }
.core { fill: var(--core); stroke: var(--core-edge); }
.arrow { fill: none; stroke: var(--line); stroke-width: 1.2; }
.head { fill: var(--line); }
`;

/**
 * @param {import('@viz-js/viz').Viz} viz
 * @param {Panel} panel
 * @param {Graph} rooms
 * @returns {Drawn}
 */
function drawPanel(viz, panel, rooms) {
  const rows = rowsOf(panel);
  /** @type {Map<string, string>} */
  const holds = new Map();
  for (const { room, holds: text } of ROWS.flat()) {
    const box = panel.boxOf(room);
    if (box) holds.set(box, panel.holds[box] ?? text);
  }
  const arrows = withoutDetours(
    graphOf(
      [...rooms].flatMap(([from, targets]) =>
        [...targets].flatMap((to) => {
          const [a, b] = [panel.boxOf(from), panel.boxOf(to)];
          return a && b ? [/** @type {const} */ ([a, b])] : [];
        }),
      ),
    ),
  ).sort();
  const boxes = [...new Set(rows.flat())].map((id) => ({ id, name: nameIn(panel, id), holds: holds.get(id) ?? '' }));
  /** @type {any} */
  const laid = viz.renderJSON(dotOf(panel, boxes, arrows, rows));
  const [, , , height] = numbers(laid.bb);
  /** @param {string} text @returns {Point[]} */
  const points = (text) =>
    text
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [x, y] = numbers(pair.replace(/^[es],/, ''));
        return { x: round(x), y: round(height - y) };
      });
  /** @type {any[]} */
  const objects = laid.objects;
  /** @type {number[]} how far the shapes reach to the sides: Graphviz leaves room for arrows that are not drawn */
  const sides = [];
  const frames = objects
    .filter(({ name }) => name.startsWith('cluster_'))
    .map((found) => {
      const [left, bottom, right, top] = numbers(found.bb);
      sides.push(left, right);
      const frame = panel.frames.find(({ folder }) => `cluster_${folder}` === found.name);
      return `<rect class="${frame?.within ? 'inner' : 'frame'}" x="${round(left)}" y="${round(height - top)}" width="${round(right - left)}" height="${round(top - bottom)}" rx="10"/>
<text class="frame-title" x="${round(left + 10)}" y="${round(height - top + 16)}">${escape(frame?.title ?? '')}</text>`;
    });
  const drawnBoxes = boxes.map(({ id, name, holds: text }) => {
    const found = objects.find((object) => object.name === id);
    const [{ x, y }] = /** @type {[Point]} */ (points(found.pos));
    const half = (found.width * 72) / 2;
    sides.push(x - half, x + half);
    return `<rect class="${kindOf(id)}" x="${round(x - half)}" y="${round(y - BOX_HEIGHT / 2)}" width="${round(2 * half)}" height="${BOX_HEIGHT}" rx="6"/>
<text class="name" x="${x}" y="${round(y - 3)}">${escape(name)}</text>
<text class="holds" x="${x}" y="${round(y + 13)}">${escape(text)}</text>`;
  });
  const drawnArrows = (laid.edges ?? [])
    .filter((/** @type {any} */ { style }) => style !== 'invis')
    .map((/** @type {any} */ edge) => {
      const spline = points(edge.pos);
      sides.push(...spline.map(({ x }) => x));
      return arrowOf(spline);
    });
  const left = Math.min(...sides);
  return {
    title: panel.title,
    left,
    width: Math.max(...sides) - left,
    height,
    shapes: [...frames, ...drawnArrows, ...drawnBoxes],
  };
}

/** The boxes of each row of the table. A box of several rooms is in the row of the first one. @param {Panel} panel */
function rowsOf(panel) {
  /** @type {Set<string>} */
  const seen = new Set();
  return ROWS.map((row) => {
    const boxes = new Set(row.flatMap(({ room }) => panel.boxOf(room) ?? []).filter((box) => !seen.has(box)));
    for (const box of boxes) seen.add(box);
    return [...boxes];
  });
}

/** @param {Panel} panel @param {string} id */
function nameIn(panel, id) {
  const frame = panel.frames.map(({ folder }) => folder).filter((folder) => isIn(id, folder) && id !== folder);
  const inner = frame.sort((a, b) => b.length - a.length)[0];
  if (inner) return id.slice(inner.length + 1);
  return id.replace(/^(src\/core\/conversation|webview-ui\/conversation|webview-ui)\//, '');
}

/** @param {string} id */
function kindOf(id) {
  return isIn(id, 'src/core') ? 'core' : isIn(id, 'webview-ui') ? 'page' : 'vscode';
}

/**
 * The text for Graphviz.
 * @param {Panel} panel @param {readonly Box[]} boxes
 * @param {readonly (readonly [string, string])[]} arrows @param {readonly (readonly string[])[]} rows
 */
function dotOf(panel, boxes, arrows, rows) {
  /** The innermost frame around a box. @param {string} id */
  const frameOf = (id) =>
    panel.frames.filter(({ folder }) => isIn(id, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
  /** @param {Frame | undefined} frame @returns {string[]} */
  const inside = (frame) => [
    ...boxes
      .filter(({ id }) => frameOf(id) === frame)
      .map(({ id, name, holds }) => `${quote(id)} [width=${round(widthOf(name, holds) / 72, 4)}]`),
    ...panel.frames
      .filter(({ within }) => within === frame?.folder)
      .flatMap((inner) => [
        `subgraph ${quote(`cluster_${inner.folder}`)} {`,
        `label=${quote(inner.title)} margin=14`,
        ...inside(inner),
        '}',
      ]),
  ];
  return [
    'digraph {',
    'newrank=true rankdir=TB nodesep=0.22 ranksep=0.42 splines=true',
    `node [shape=box fixedsize=true label="" height=${round(BOX_HEIGHT / 72, 4)}]`,
    ...inside(undefined),
    ...rows.filter((row) => row.length > 1).map((row) => `{ rank=same; ${row.map(quote).join('; ')} }`),
    ...arrows.map(([from, to]) => `${quote(from)} -> ${quote(to)}`),
    ...panel.above.flatMap(([box, folder]) =>
      boxes
        .filter(({ id }) => isIn(id, folder))
        .map(({ id }) => `${quote(box)} -> ${quote(id)} [style=invis weight=0]`),
    ),
    '}',
  ].join('\n');
}

/** About as wide as the texts in it. @param {string} name @param {string} holds */
function widthOf(name, holds) {
  return Math.max(96, name.length * 8.2 + 20, holds.length * 5.9 + 18);
}

/** @param {readonly Point[]} spline its first point is the tip, as Graphviz has it */
function arrowOf([tip, start, ...rest]) {
  if (!tip || !start) throw new Error('Graphviz drew an arrow without points');
  const end = rest.at(-1) ?? start;
  const curve = rest.map(({ x, y }) => `${x} ${y}`).join(' ');
  const [dx, dy] = [tip.x - end.x, tip.y - end.y];
  const length = Math.hypot(dx, dy) || 1;
  const [sx, sy] = [(-dy / length) * 3.6, (dx / length) * 3.6];
  const corners = [tip, { x: end.x + sx, y: end.y + sy }, { x: end.x - sx, y: end.y - sy }];
  return `<path class="arrow" d="M${start.x} ${start.y}C${curve}"/>
<polygon class="head" points="${corners.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ')}"/>`;
}

/** Two or four numbers. @param {string} list @returns {[number, number, number, number]} */
const numbers = (list) => /** @type {any} */ (list.split(',').map(Number));

/** @param {number} value */
const round = (value, digits = 1) => Number(value.toFixed(digits));

/** @param {string} text */
const quote = (text) => JSON.stringify(text);

/** @param {string} text */
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
