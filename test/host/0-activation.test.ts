import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';

const EXTENSION = 'quant-agents.agents-for-quantconnect';

/**
 * Folders of first-party code that activation may load. Adding one makes every start of VS Code slower: think twice.
 */
const LOADED_AT_ACTIVATION = [
  'src',
  'src/account',
  'src/agentDocuments',
  'src/commands',
  'src/conversation/documents',
  'src/conversation/live',
  'src/conversation/panel',
  'src/explorer',
  'src/explorer/nodes',
  'src/prompts',
  'src/storage',
  'src/tasks',
  'src/ui',
  'src/core',
  'src/core/agentFile',
  'src/core/api',
  'src/core/base',
  'src/core/conversation/documents',
  'src/core/conversation/files',
  'src/core/conversation/find',
  'src/core/conversation/queue',
  'src/core/conversation/times',
  'src/core/conversation/toolCalls',
  'src/core/conversation/transcript',
  'src/core/organization',
  'src/core/organization/status',
  'src/core/pages/conversation',
  'src/core/prompts',
  'src/core/secrets',
  'src/core/watch',
  'src/core/words',
];

interface Metafile {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION);
  assert.ok(found, `${EXTENSION} is not installed`);
  return found;
}

/** Source files in the bundles that have been loaded so far, relative to the project. */
function loadedSources(): string[] {
  const root = extension().extensionPath;
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist', 'extension.meta.json'), 'utf8')) as Metafile;
  const loaded = Object.keys(createRequire(__filename).cache).map((file) => relative(root, file).split(sep).join('/'));
  return loaded.flatMap((file) =>
    Object.entries(outputs[file]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([source]) => source),
  );
}

suite('activating the extension', () => {
  suiteSetup(async () => {
    await extension().activate();
  });

  test('happens', () => {
    assert.equal(extension().isActive, true);
  });

  test('loads the entry point from the bundle that this build has described', () => {
    assert.ok(loadedSources().includes('src/extension.ts'), `loaded: ${loadedSources().join(', ')}`);
  });

  test('loads no library', () => {
    assert.deepEqual(
      loadedSources().filter((source) => source.startsWith('node_modules/')),
      [],
    );
  });

  test('loads no part of the sandbox', () => {
    assert.deepEqual(
      loadedSources().filter((source) => source.startsWith('src/sandbox/')),
      [],
    );
  });

  test('loads only folders that are meant to be loaded at activation', () => {
    const folders = new Set(loadedSources().map((source) => dirname(source)));
    assert.deepEqual(
      [...folders].filter((folder) => !LOADED_AT_ACTIVATION.includes(folder)),
      [],
    );
  });
});
