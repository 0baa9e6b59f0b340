import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundleFromCode, bundlePath, manifestProblems } from '../../../scripts/lib/texts.mjs';

const readJson = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('Texts for translators', () => {
  it('l10n/bundle.l10n.json has every text of the code, and no other', async () => {
    expect(JSON.parse(readFileSync(bundlePath, 'utf8'))).toEqual(JSON.parse(await bundleFromCode()));
  });

  it('package.nls.json has every text of the manifest, and no other', () => {
    expect(manifestProblems(readJson('package.json'), readJson('package.nls.json'))).toEqual([]);
  });

  it('finds a text that package.json writes out, a key without a text, and a text without a use', () => {
    const manifest = {
      displayName: '%displayName%',
      contributes: { commands: [{ command: 'a.b', title: 'Sign In' }], views: { a: [{ name: '%view%' }] } },
    };
    expect(manifestProblems(manifest, { displayName: 'Agents', unused: 'x' })).toEqual([
      'package.json has a text of its own: “Sign In”',
      'package.nls.json misses “view”',
      'package.nls.json has “unused”, which package.json does not use',
    ]);
  });
});
