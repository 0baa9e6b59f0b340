/**
 * The page's icons, 16 by 16 pixels, in the color of the text. Each state has its own shape, because not everyone can
 * tell the colors apart.
 */

const PATHS = {
  check: ['M3.2 8.6 6.4 11.8 12.8 4.6'],
  cross: ['M4.2 4.2 11.8 11.8', 'M11.8 4.2 4.2 11.8'],
  warning: ['M8 2.4 14.4 13.4 1.6 13.4 Z', 'M8 6.4 8 9.6', 'M8 11.4 8 11.6'],
  question: ['M5.6 6a2.4 2.4 0 1 1 3.6 2.1C8.3 8.6 8 9 8 9.9', 'M8 12.2 8 12.4'],
  denied: ['M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6', 'M4 12 12 4'],
  hand: ['M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6', 'M8 4.8 8 8.2 10.4 9.8'],
  hourglass: [
    'M4 2.4 12 2.4',
    'M4 13.6 12 13.6',
    'M5 2.4 5 4.6 8 8 11 4.6 11 2.4',
    'M5 13.6 5 11.4 8 8 11 11.4 11 13.6',
  ],
  spinner: ['M8 2.2a5.8 5.8 0 1 1-5.8 5.8'],
  thought: ['M3.6 8h.01', 'M8 8h.01', 'M12.4 8h.01'],
  stop: ['M4.5 4.5h7v7h-7z'],
  chevron: ['M6 3.8 10.2 8 6 12.2'],
  search: ['M7 2.4a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2', 'M10.4 10.4 14 14'],
  up: ['M8 13 8 3.4', 'M4.2 7.2 8 3.4 11.8 7.2'],
  down: ['M8 3 8 12.6', 'M4.2 8.8 8 12.6 11.8 8.8'],
  copy: ['M5.5 5.5h8v8h-8z', 'M10.5 5.5v-3h-8v8h3'],
  link: [
    'M6.5 9.5a2.6 2.6 0 0 0 3.7 0l2.4-2.4a2.6 2.6 0 0 0-3.7-3.7l-1 1',
    'M9.5 6.5a2.6 2.6 0 0 0-3.7 0L3.4 8.9a2.6 2.6 0 0 0 3.7 3.7l1-1',
  ],
  file: ['M4 1.8h5.2L12 4.6v9.6H4z', 'M9 1.8v3h3'],
  more: ['M3.6 8h.01', 'M8 8h.01', 'M12.4 8h.01'],
  files: ['M5.2 3.4h4.4L12.4 6v7.8H5.2z', 'M9.4 3.6v2.6h2.8', 'M3 11.6V1.6h5'],
  target: ['M8 4.4a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 1 0 0-7.2', 'M8 1.6v2.8', 'M8 11.6v2.8', 'M1.6 8h2.8', 'M11.6 8h2.8'],
  queue: ['M2.4 3.6 9.6 3.6', 'M2.4 8 7.6 8', 'M2.4 12.4 7 12.4', 'M11.8 6.4 11.8 13', 'M9.4 10.6 11.8 13 14.2 10.6'],
  keyboard: ['M1.8 4h12.4v8H1.8z', 'M4.4 6.6h.01', 'M6.8 6.6h.01', 'M9.2 6.6h.01', 'M11.6 6.6h.01', 'M5 9.6h6'],
  send: ['M2.2 2.6 14 8 2.2 13.4 4 8 Z', 'M4 8h5'],
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('width', '16');
  svg.setAttribute('height', '16');
  svg.setAttribute('aria-hidden', 'true');
  for (const path of PATHS[name]) {
    const shape = document.createElementNS(SVG, 'path');
    shape.setAttribute('d', path);
    svg.appendChild(shape);
  }
  return svg;
}
