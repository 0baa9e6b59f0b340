// @ts-check
// What the picture of the architecture shows: its panels, and the frames around boxes.
import { isIn } from './arrows.mjs';

/**
 * @typedef {object} Frame boxes that belong together; a frame in a frame names its outer one
 * @property {string} folder
 * @property {string} title
 * @property {string} [within]
 * @typedef {object} Panel
 * @property {string} title
 * @property {(room: string) => string | undefined} boxOf the folder that a room is drawn as; undefined leaves it out
 * @property {readonly Frame[]} frames
 * @property {readonly (readonly [box: string, folder: string])[]} above a box stands above all boxes of a folder
 * @property {Readonly<Record<string, string>>} holds of folders of rooms
 */

/** Folders of rooms that the first panel draws as one box. */
const FOLDED = ['src/core/conversation', 'webview-ui/conversation', 'webview-ui/shared'];

/** Each line has the panels that are beside each other. @type {readonly (readonly Panel[])[]} */
export const PANELS = [
  [
    {
      title: 'The whole',
      boxOf: (room) => FOLDED.find((folder) => isIn(room, folder)) ?? room,
      frames: [
        { folder: 'src', title: 'src: what VS Code runs' },
        { folder: 'src/conversation', title: 'conversation', within: 'src' },
        { folder: 'webview-ui', title: 'webview-ui: the page' },
        { folder: 'src/core', title: 'src/core: plain TypeScript' },
      ],
      above: [
        ['src/ui', 'src/core'],
        ['webview-ui/shared', 'src/core'],
      ],
      holds: {
        'src/core/conversation': 'its rooms: see below',
        'webview-ui/conversation': 'its rooms: see below',
        'webview-ui/shared': 'elements, icons, menus',
      },
    },
  ],
  [
    {
      title: 'Inside src/core/conversation',
      boxOf: (room) => (isIn(room, 'src/core/conversation') ? room : undefined),
      frames: [],
      above: [],
      holds: {},
    },
    {
      title: 'Inside webview-ui',
      boxOf: (room) => (isIn(room, 'webview-ui') ? room : undefined),
      frames: [],
      above: [],
      holds: {},
    },
  ],
];
