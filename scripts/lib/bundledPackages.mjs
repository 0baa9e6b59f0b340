// @ts-check
// Lists the npm packages in the bundles with their licenses. The notices and the bill of materials come from this list.
import fs from 'node:fs';
import path from 'node:path';
import { Problem } from './steps.mjs';

/** @import { Metafile } from 'esbuild' */
/**
 * @typedef {object} BundledPackage
 * @property {string} folder such as node_modules/axios
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX expression
 * @property {string} licenseText its license and its notices, as they came with it
 * @property {string} integrity of package-lock.json, such as sha512-…
 */

const LICENSE_FILE = /^(licen[cs]e|copying)(-[\w.]+)?(\.(md|txt))?$/i;
const NOTICE_FILE = /^notices?(\.(md|txt))?$/i;

/** Packages without a license text. We keep the text of their project here. */
const KEPT_TEXTS = new Map(
  ['fast-element', 'fast-foundation', 'fast-web-utilities'].map((name) => [
    `@microsoft/${name}`,
    'scripts/licenses/fast.txt',
  ]),
);

/**
 * The folders of all packages with at least one byte in a bundle, sorted.
 * @param {readonly Metafile[]} metafiles
 * @returns {string[]}
 */
export function packageFolders(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    // If node_modules is a link, a path starts outside the project.
    .map(([file]) => /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(inputs.filter((folder) => folder !== undefined))].sort();
}

/**
 * The facts about each of these packages.
 * @param {readonly string[]} folders
 * @param {string} root the folder that holds node_modules and package-lock.json
 * @returns {BundledPackage[]}
 * @throws {Problem} naming every package without a license, or without the version that is locked
 */
export function describePackages(folders, root) {
  const { packages: locked } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  /** @type {string[]} */
  const problems = [];
  const described = folders.map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const licenseText = textOf(folder, name, root);
    if (typeof license !== 'string') problems.push(`${folder} does not name its license`);
    if (licenseText === '') problems.push(`${folder} comes without the text of its license`);
    if (locked[folder]?.version !== version) problems.push(`${folder} is not the version that is locked`);
    return { folder, name, version, license, licenseText, integrity: locked[folder]?.integrity };
  });
  if (problems.length > 0) throw new Problem(`Cannot say whose code is bundled:\n  ${problems.join('\n  ')}`);
  return described;
}

/** @param {string} folder @param {string} name @param {string} root @returns {string} */
function textOf(folder, name, root) {
  const absolute = path.join(root, folder);
  const files = fs.readdirSync(absolute).sort();
  const read = (/** @type {string} */ file) => fs.readFileSync(path.join(absolute, file), 'utf8').trim();
  const kept = KEPT_TEXTS.get(name);
  const licenses = files.filter((file) => LICENSE_FILE.test(file)).map(read);
  if (licenses.length === 0 && kept !== undefined) licenses.push(fs.readFileSync(path.join(root, kept), 'utf8').trim());
  if (licenses.length === 0)
    licenses.push(
      ...files
        .filter((file) => /^readme\.md$/i.test(file))
        .map(read)
        .map(licenseIn),
    );
  const text = licenses.filter((each) => each !== '');
  return text.length === 0 ? '' : [...text, ...files.filter((file) => NOTICE_FILE.test(file)).map(read)].join('\n\n');
}

/** The text under the license heading of a README. Undefined if there is only a name. @param {string} readme */
function licenseIn(readme) {
  const lines = readme.split(/\r?\n/);
  const heading = lines.findIndex((line) => /^(#+ *)?licen[cs]e *$/i.test(line));
  const below = lines.slice(heading + 1).filter((line, at) => at > 0 || !/^-+$/.test(line));
  const next = below.findIndex((line) => /^#+ /.test(line));
  const text = (next < 0 ? below : below.slice(0, next)).join('\n').trim();
  const complete = heading >= 0 && /copyright/i.test(text) && /permission/i.test(text);
  return complete ? text.replaceAll('&lt;', '<').replaceAll('&gt;', '>') : '';
}

/**
 * The text of THIRD-PARTY-NOTICES.txt.
 * @param {readonly BundledPackage[]} packages
 * @returns {string}
 */
export function noticesText(packages) {
  const rule = '-'.repeat(80);
  const sections = packages.map(
    ({ name, version, license, licenseText }) => `${rule}\n${name} ${version}\nLicense: ${license}\n\n${licenseText}\n`,
  );
  return `Third-party notices\n\nThis extension contains code of these npm packages.\n\n${sections.join('\n')}`;
}

/**
 * The CycloneDX bill of materials. It has no time and no serial number, so the same packages give the same text.
 * @param {{ name: string, version: string, license: string, publisher: string }} manifest of the extension
 * @param {readonly BundledPackage[]} packages
 */
export function billOfMaterials({ name, version, license, publisher }, packages) {
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': `${publisher}.${name}@${version}`,
        publisher,
        name,
        version,
        licenses: licensesOf(license),
      },
    },
    components: packages.map((each) => componentOf(each)),
  };
}

/** @param {BundledPackage} bundled */
function componentOf({ folder, name, version, license, integrity }) {
  const [group, bare] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = `pkg:npm/${group === undefined ? '' : `${encodeURIComponent(group)}/`}${bare}@${version}`;
  return {
    type: 'library',
    'bom-ref': folder,
    ...(group === undefined ? {} : { group }),
    name: bare,
    version,
    scope: 'required',
    hashes: hashesOf(integrity),
    licenses: licensesOf(license),
    purl,
  };
}

/** @param {string} license */
function licensesOf(license) {
  return /^[\w.+-]+$/.test(license) ? [{ license: { id: license } }] : [{ expression: license }];
}

/** @param {string} integrity */
function hashesOf(integrity) {
  return integrity.split(' ').map((hash) => {
    const [, bits, base64 = ''] = /^sha(\d+)-(.+)$/.exec(hash) ?? [];
    return { alg: `SHA-${bits}`, content: Buffer.from(base64, 'base64').toString('hex') };
  });
}
