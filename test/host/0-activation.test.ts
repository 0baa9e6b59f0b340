import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';

const EXTENSION = 'quant-agents.agents-for-quantconnect';

/** The folders of our code that activation loads. Adding one makes every start of VS Code slower, so think twice. */
const LOADED_AT_ACTIVATION = [
  'src',
  'src/account',
  'src/agentDocuments',
  'src/commands',
  'src/conversation',
  'src/conversation/documents',
  'src/conversation/panel',
  'src/core',
  'src/core/api',
  'src/core/base',
  'src/core/words',
  'src/explorer',
  'src/prompts',
  'src/texts',
  'src/ui',
];

/** The same limit as `activation.codeKb` of the benchmarks. */
const MOST_BYTES = 100_000;

interface Metafile {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION);
  assert.ok(found, `${EXTENSION} is not installed`);
  return found;
}

/** The loaded bundles, relative to the project. */
function loadedBundles(): readonly string[] {
  const root = extension().extensionPath;
  return Object.keys(createRequire(__filename).cache)
    .map((file) => relative(root, file).split(sep).join('/'))
    .filter((file) => file.startsWith('dist/'));
}

/** The source files in these bundles, relative to the project. */
function sourcesOf(bundles: readonly string[]): readonly string[] {
  const meta = readFileSync(join(extension().extensionPath, 'dist', 'extension.meta.json'), 'utf8');
  const { outputs } = JSON.parse(meta) as Metafile;
  return bundles.flatMap((bundle) =>
    Object.entries(outputs[bundle]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([source]) => source),
  );
}

suite('activating the extension', () => {
  let bundles: readonly string[];
  let sources: readonly string[];

  suiteSetup(async () => {
    await extension().activate();
    // At this moment, because what follows activation may load more.
    bundles = loadedBundles();
    sources = sourcesOf(bundles);
  });

  test('happens', () => {
    assert.equal(extension().isActive, true);
  });

  test('loads the entry point from the bundle that this build has described', () => {
    assert.ok(sources.includes('src/extension.ts'), `loaded: ${sources.join(', ')}`);
  });

  test('loads no library and no part of the sandbox', () => {
    assert.deepEqual(
      sources.filter((source) => /^(node_modules|src\/sandbox)\//.test(source)),
      [],
    );
  });

  test('loads exactly the folders that are meant to be loaded at activation', () => {
    assert.deepEqual([...new Set(sources.map((source) => dirname(source)))].sort(), [...LOADED_AT_ACTIVATION].sort());
  });

  test('loads at most 100 KB of code', () => {
    const bytes = bundles.map((bundle) => statSync(join(extension().extensionPath, bundle)).size);
    const sum = bytes.reduce((all, size) => all + size, 0);
    assert.ok(sum <= MOST_BYTES, `${String(sum)} bytes in ${bundles.join(', ')}`);
  });

  test('makes no request without an account, nor does what follows activation', async () => {
    // The code after activation looks for lost secrets. This comes later in the same queue.
    await vscode.authentication.getSession('quantAgents', [], { silent: true });
    assert.deepEqual(
      sourcesOf(loadedBundles()).filter((source) => /\/axios\/|^src\/core\/api\/client\.ts$/.test(source)),
      [],
    );
  });
});
