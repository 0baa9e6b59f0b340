// @ts-check
// Makes and checks a release, as far as that needs no network.
import fs from 'node:fs';
import path from 'node:path';
import { parseChangelog } from './changelog.mjs';
import { Problem } from './steps.mjs';

/** The published files, by their names in `dist/release`. */
const VSIX = 'agents-for-quantconnect.vsix';
const ATTACHED = ['agents-for-quantconnect.sbom.json', 'THIRD-PARTY-NOTICES.txt'];
const NOTES = 'release-notes.md';

const OVSX_VERSION = '1.4.0';

/**
 * The commands that publish a release, from the folder `dist/release`. `.github/workflows/release.yml` runs these.
 * @param {{ devDependencies: Record<string, string> }} manifest
 * @returns {string[]}
 */
export function publishCommands({ devDependencies }) {
  return [
    `npx --yes @vscode/vsce@${devDependencies['@vscode/vsce']} publish --packagePath ${VSIX}`,
    `npx --yes ovsx@${OVSX_VERSION} publish ${VSIX}`,
    `gh release create "$GITHUB_REF_NAME" --verify-tag --title "$GITHUB_REF_NAME" --notes-file ${NOTES} ${[VSIX, ...ATTACHED].join(' ')}`,
  ];
}

/**
 * Checks tag, version and changelog, packs, and writes what is published to `dist/release`.
 * @param {object} options
 * @param {string} options.root
 * @param {string | undefined} options.tag such as v1.2.3; the tag that belongs to package.json's version by default
 * @param {() => Promise<void>} options.pack leaves the package, its notices and its bill of materials in `dist`
 * @returns {Promise<{ tag: string, folder: string, files: string[], commands: string[] }>}
 * @throws {Problem} saying why nothing can be released
 */
export async function prepareRelease({ root, tag, pack }) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const wanted = `v${manifest.version}`;
  if (tag !== undefined && tag !== wanted)
    throw new Problem(`The tag is ${tag}, but package.json has version ${manifest.version}: its tag is ${wanted}.`);
  const { releases, problems } = parseChangelog(fs.readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'));
  if (problems.length > 0) throw new Problem(`CHANGELOG.md is not in order:\n  ${problems.join('\n  ')}`);
  const release = releases.find(({ version }) => version === manifest.version);
  if (!release) throw new Problem(`CHANGELOG.md has no section [${manifest.version}].`);

  await pack();
  const folder = path.join(root, 'dist', 'release');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const file of [VSIX, ...ATTACHED]) {
    const made = path.join(root, 'dist', file);
    if (!fs.existsSync(made) || fs.statSync(made).size === 0) throw new Problem(`Packing made no ${file}.`);
    fs.copyFileSync(made, path.join(folder, file));
  }
  fs.writeFileSync(path.join(folder, NOTES), `${release.notes}\n`);
  return { tag: wanted, folder, files: fs.readdirSync(folder).sort(), commands: publishCommands(manifest) };
}
