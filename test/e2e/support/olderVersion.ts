// An extension with our ID that stores what an older version stored. The packaged extension is then installed over it,
// like an update: VS Code keeps all state by the extension's ID.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from '../../../scripts/lib/paths.mjs';

/** Runs in VS Code: plain JavaScript without our imports. */
const MAIN = `
const fs = require('fs');
const path = require('path');
exports.activate = async (context) => {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(__dirname, name), 'utf8'));
  for (const [key, text] of Object.entries(read('secrets.json'))) await context.secrets.store(key, text);
  for (const [key, value] of Object.entries(read('globalState.json'))) await context.globalState.update(key, value);
  for (const [key, value] of Object.entries(read('workspaceState.json'))) await context.workspaceState.update(key, value);
  const storage = context.globalStorageUri.fsPath;
  fs.mkdirSync(storage, { recursive: true });
  fs.copyFileSync(path.join(__dirname, 'sandbox.json'), path.join(storage, 'sandbox.json'));
  require('vscode').window.setStatusBarMessage('The older version has stored its state');
};
`;

export const STORED = 'The older version has stored its state';

/**
 * Packs the extension that stores the state of a fixture.
 * @param folder an empty folder for its files.
 * @returns the package.
 */
export async function packOlderVersion(folder: string, fixture: string): Promise<string> {
  const { name, publisher, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const state = (file: string): string => readFileSync(join(root, 'test/fixtures', fixture, file), 'utf8');
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name,
      publisher,
      version: '0.0.1',
      displayName: 'Older version',
      license: 'MIT',
      description: 'Stores what an older version has stored',
      engines,
      main: 'main.js',
      activationEvents: ['onStartupFinished'],
      extensionKind: ['ui', 'workspace'],
    }),
    'main.js': MAIN,
    LICENSE: 'MIT',
    'README.md': 'For a test.',
    'secrets.json': state('secrets.json'),
    'globalState.json': state('globalState.json'),
    'sandbox.json': state('sandbox.json'),
    'workspaceState.json': state('workspaceState.json'),
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const packagePath = join(folder, 'older.vsix');
  await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true });
  return packagePath;
}
