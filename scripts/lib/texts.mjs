// @ts-check
// The texts that can be translated: `l10n/bundle.l10n.json` from the code, `package.nls.json` for the manifest.
import fs from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { root } from './paths.mjs';

export const bundlePath = path.join(root, 'l10n', 'bundle.l10n.json');

/** @typedef {Readonly<Record<string, unknown>>} Texts */

/**
 * The bundle as the code needs it: every literal in `vscode.l10n.t`, sorted.
 * @returns {Promise<string>}
 */
export async function bundleFromCode() {
  const sources = fs
    .readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ contents: fs.readFileSync(path.join(root, 'src', file), 'utf8'), extension: '.ts' }))
    .filter(({ contents }) => contents.includes('l10n.t('));
  const texts = await getL10nJson(sources);
  const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, undefined, 2)}\n`;
}

/** Manifest fields whose values a user reads, wherever in the manifest they are. */
const READ_FIELDS = [
  'altText',
  'category',
  'contents',
  'contextualTitle',
  'description',
  'displayName',
  'label',
  'markdownDescription',
  'name',
  'title',
];

/**
 * What is wrong with the manifest's texts: one that is written out, a key without a text, a text that no key names.
 * @param {Texts} manifest package.json
 * @param {Texts} texts package.nls.json
 * @returns {string[]}
 */
export function manifestProblems(manifest, texts) {
  const { displayName, description, contributes } = manifest;
  /** @type {string[]} */
  const written = [];
  /** @type {Set<string>} */
  const keys = new Set();
  /** @param {unknown} value @param {string} field */
  const visit = (value, field) => {
    if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) visit(inner, Array.isArray(value) ? field : name);
    if (typeof value !== 'string') return;
    const key = /^%(.+)%$/.exec(value)?.[1];
    if (key !== undefined) keys.add(key);
    else if (READ_FIELDS.includes(field)) written.push(value);
  };
  visit({ displayName, description, contributes }, '');
  return [
    ...written.map((text) => `package.json has a text of its own: “${text}”`),
    ...[...keys].filter((key) => typeof texts[key] !== 'string').map((key) => `package.nls.json misses “${key}”`),
    ...Object.keys(texts)
      .filter((key) => !keys.has(key))
      .map((key) => `package.nls.json has “${key}”, which package.json does not use`),
  ];
}
