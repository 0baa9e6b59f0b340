// @ts-check
// Packs the extension and checks the contents of the package.
import fs from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { billOfMaterials, describePackages, noticesText, packageFolders } from './bundledPackages.mjs';
import { notices, root, sbom, vsix } from './paths.mjs';
import { Problem } from './steps.mjs';

/** @typedef {{ name: string, bytes: number }} PackedFile */

/** The files that a package may have, by vsce's names. */
const ALLOWED = [
  /^(extension\.vsixmanifest|\[Content_Types\]\.xml)$/,
  /^extension\/(package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/l10n\/bundle\.l10n\.json$/,
  /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^extension\/dist\/(extension|chunks\/[\w-]+)\.js$/,
  /^extension\/dist\/webview\/([\w-]+|chunks\/[\w-]+)\.(js|css)$/,
  /^extension\/dist\/(webview\/)?([\w-]+|chunks\/[\w-]+)\.(js|css)\.LEGAL\.txt$/,
  /^extension\/media\/([\w-]+\/)*[\w-]+\.(svg|png|md)$/,
];

/** A larger package has something in it by mistake. */
const MAX_BYTES = 3 * 1024 * 1024;

/**
 * Writes dist/agents-for-quantconnect.vsix from the build in dist, with its notices, and the bill of materials beside
 * it.
 * @returns {Promise<string>} the files in the package, one on each line, and the total on the last line
 */
export async function packageExtension() {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const missing = ['LICENSE', 'README.md', 'CHANGELOG.md', manifest.icon, manifest.main].filter(
    (file) => !fs.existsSync(path.join(root, file)),
  );
  if (missing.length > 0) throw new Problem(`Cannot be packaged without ${missing.join(', ')}.`);
  fs.rmSync(vsix, { force: true });
  const readmePath = 'dist/README.md';
  fs.writeFileSync(path.join(root, readmePath), packagedReadme(fs.readFileSync(path.join(root, 'README.md'), 'utf8')));
  const packages = describePackages(packageFolders(bundleMetafiles()), root);
  fs.writeFileSync(notices, noticesText(packages));
  fs.writeFileSync(sbom, `${JSON.stringify(billOfMaterials(manifest, packages), undefined, 2)}\n`);
  await withoutListing(() =>
    createVSIX({
      cwd: root,
      packagePath: vsix,
      readmePath,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    }),
  );
  const bytes = fs.statSync(vsix).size;
  const files = packedFiles(fs.readFileSync(vsix));
  const problems = [...packageProblems(manifest, files, bytes), ...mapProblems(files, root)];
  if (problems.length > 0)
    throw new Problem(`The package is not as it should be:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  const whole = { name: `${path.relative(root, vsix)} with ${files.length} files`, bytes };
  return [...files, whole].map(({ name, bytes: size }) => `  ${kilobytes(size).padStart(10)}  ${name}`).join('\n');
}

/**
 * vsce prints a tree of what it packs, and no option turns that off. We pass its warnings on.
 * @param {() => Promise<void>} pack
 */
async function withoutListing(pack) {
  const { log } = console;
  console.log = (...said) => {
    if (/warn|error/i.test(String(said[0]))) log(...said);
  };
  try {
    await pack();
  } finally {
    console.log = log;
  }
}

/** @returns {import('esbuild').Metafile[]} */
function bundleMetafiles() {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, 'dist', 'metafiles.json'), 'utf8'));
  } catch {
    throw new Problem('Cannot be packaged before it is built: run `npm run package`.');
  }
}

/**
 * The README for VS Code: without its pictures, and with plain text for links to files of the repository. Neither is in
 * the package.
 * @param {string} markdown
 */
export function packagedReadme(markdown) {
  return markdown
    .replace(/^<picture>[^]*?<\/picture>\n+/gm, '')
    .replace(/^!\[[^\]]*\]\([^)]*\)\n+/gm, '')
    .replace(/\[([^\]]+)\]\((?![a-z]+:|#)[^)]*\)/g, '$1');
}

/**
 * The problems of a package: missing files that the manifest names, files that must not be in it, its size.
 * @param {any} manifest
 * @param {readonly PackedFile[]} files
 * @param {number} bytes
 * @returns {string[]}
 */
export function packageProblems(manifest, files, bytes) {
  const names = new Set(files.map(({ name }) => name));
  const needed = [
    'extension/package.json',
    'extension/package.nls.json',
    'extension/l10n/bundle.l10n.json',
    'extension/readme.md',
    'extension/changelog.md',
    'extension/LICENSE.txt',
    'extension/dist/THIRD-PARTY-NOTICES.txt',
    ...['conversation.js', 'toolkit.js', 'style.css'].map((name) => `extension/dist/webview/${name}`),
    ...namedFiles(manifest).map((file) => path.posix.join('extension', file)),
  ];
  return [
    ...needed.filter((name) => !names.has(name)).map((name) => `${name} is missing`),
    ...files
      .filter(({ name }) => !ALLOWED.some((pattern) => pattern.test(name)))
      .map(({ name }) => `${name} has no business in it`),
    ...(bytes > MAX_BYTES ? [`${kilobytes(bytes)} is more than ${kilobytes(MAX_BYTES)}`] : []),
  ];
}

/**
 * Bundles that have a source map. Any of them shows that `dist` is a development build.
 * @param {readonly PackedFile[]} files
 * @param {string} folder what was packed
 * @returns {string[]}
 */
export function mapProblems(files, folder) {
  return files
    .map(({ name }) => name)
    .filter((name) => /^extension\/dist\/.*\.(js|css)$/.test(name))
    .filter((name) =>
      fs.readFileSync(path.join(folder, name.slice('extension/'.length)), 'utf8').includes('sourceMappingURL='),
    )
    .map((name) => `${name} has a source map: it comes from a development build`);
}

/**
 * Files that the manifest refers to, wherever in it: entry point, icons, pictures of a walkthrough.
 * @param {unknown} value
 * @returns {string[]}
 */
function namedFiles(value) {
  if (typeof value === 'string') return /^(\.\/)?(dist|media)\/[\w./-]+\.\w+$/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(namedFiles);
}

/**
 * The files in a zip archive, from its central directory.
 * @param {Buffer} archive
 * @returns {PackedFile[]}
 */
export function packedFiles(archive) {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0) throw new Error('not a zip archive');
  /** @type {PackedFile[]} */
  const files = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    files.push({
      name: archive.toString('utf8', at + 46, at + 46 + Number(nameLength)),
      bytes: archive.readUInt32LE(at + 24),
    });
    at += 46 + Number(nameLength) + Number(extraLength) + Number(commentLength);
  }
  return files;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
