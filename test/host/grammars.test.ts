import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { IN_BUNDLE } from '../support/vscodeGrammars';

/** VS Code's workbench file, in the browser and on the desktop. */
const BUNDLES = [
  'out/vs/code/browser/workbench/workbench.js',
  'out/vs/workbench/workbench.desktop.main.js',
  'out/vs/workbench/workbench.web.main.js',
];

suite('How this VS Code reads text', () => {
  // If this fails, VS Code reads links or icons differently now. Look at its source, fix `vscodeGrammars.ts`, and check
  // what `src/core/words` lets through.
  test('is what the tests of the sinks take it for', () => {
    const files = BUNDLES.map((file) => join(vscode.env.appRoot, file)).filter((file) => existsSync(file));
    assert.notDeepEqual(files, [], `no workbench in ${vscode.env.appRoot}`);
    const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    assert.deepEqual(
      Object.entries(IN_BUNDLE)
        .filter(([, piece]) => !source.includes(piece))
        .map(([name]) => name),
      [],
    );
  });
});
