import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.mjs';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
}
interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/** The project's own lock, and those of the VS Code that tests drive. */
const LOCKS = [
  'package-lock.json',
  ...readdirSync(join(root, 'scripts/tools')).map((folder) => `scripts/tools/${folder}/package-lock.json`),
];

const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
function packagesOf(file: string): [string, LockedPackage][] {
  const { packages } = read(file) as { packages: Record<string, LockedPackage> };
  return Object.entries(packages).filter(([folder]) => folder !== '');
}

describe('The locks', () => {
  it('are those of the project, of Node, of code-server and of the VS Code inside it', () => {
    expect(LOCKS).toEqual([
      'package-lock.json',
      'scripts/tools/code-server/package-lock.json',
      'scripts/tools/node/package-lock.json',
      'scripts/tools/vscode-server/package-lock.json',
    ]);
    for (const lock of LOCKS) expect(packagesOf(lock).length).toBeGreaterThan(0);
  });

  it.each(LOCKS)('have the hash of every package of %s, also for other systems', (lock) => {
    const unknown = packagesOf(lock).filter(
      ([, { integrity = '' }]) => !integrity.split(' ').some((hash) => /^sha512-[\w+/]{86}==$/.test(hash)),
    );
    expect(unknown.map(([folder, { version = 'no version' }]) => `${folder} ${version}`)).toEqual([]);
  });

  it.each(LOCKS)('name no registry in %s, and no package from elsewhere', (lock) => {
    expect(
      packagesOf(lock)
        .filter(([, { resolved, link }]) => resolved !== undefined || link === true)
        .map(([folder]) => folder),
    ).toEqual([]);
  });

  it.each(['package.json', 'scripts/tools/code-server/package.json', 'scripts/tools/node/package.json'])(
    'belong to exact versions in %s',
    (manifest) => {
      const { dependencies = {}, devDependencies = {} } = read(manifest) as Manifest;
      const wanted = Object.entries({ ...dependencies, ...devDependencies });
      expect(wanted.length).toBeGreaterThan(0);
      expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    },
  );
});
