import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapProblems, packagedReadme, packageProblems } from '../../../scripts/lib/vsix.mjs';

const manifest = {
  main: './dist/extension.js',
  icon: 'media/icon.png',
  contributes: { walkthroughs: [{ steps: [{ media: { image: 'media/walkthrough/sign-in.png' } }] }] },
};
const complete = [
  'extension.vsixmanifest',
  '[Content_Types].xml',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/l10n/bundle.l10n.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/dist/THIRD-PARTY-NOTICES.txt',
  'extension/dist/extension.js',
  'extension/dist/chunks/client-ABCD1234.js',
  'extension/dist/webview/conversation.js',
  'extension/dist/webview/toolkit.js',
  'extension/dist/webview/style.css',
  'extension/dist/webview/toolkit.js.LEGAL.txt',
  'extension/media/icon.png',
  'extension/media/walkthrough/sign-in.png',
];
const files = (names: string[]) => names.map((name) => ({ name, bytes: 100 }));
const without = (name: string) => files(complete.filter((other) => other !== name));

describe('packageProblems', () => {
  it('finds nothing wrong with a complete one', () => {
    expect(packageProblems(manifest, files(complete), 500_000)).toEqual([]);
  });

  it.each([
    'extension/LICENSE.txt',
    'extension/media/icon.png',
    'extension/package.nls.json',
    'extension/l10n/bundle.l10n.json',
    'extension/dist/THIRD-PARTY-NOTICES.txt',
    'extension/dist/extension.js',
    'extension/dist/webview/toolkit.js',
    'extension/media/walkthrough/sign-in.png',
  ])('misses %s', (name) => {
    expect(packageProblems(manifest, without(name), 500_000)).toEqual([`${name} is missing`]);
  });

  it.each([
    'extension/src/extension.ts',
    'extension/dist/extension.js.map',
    'extension/dist/extension.meta.json',
    'extension/dist/metafiles.json',
    'extension/dist/agents-for-quantconnect.sbom.json',
    'extension/dist/sandbox-server.js',
    'extension/.env',
    'extension/node_modules/zod/index.js',
  ])('does not want %s', (name) => {
    expect(packageProblems(manifest, files([...complete, name]), 500_000)).toEqual([`${name} has no business in it`]);
  });

  it('refuses the bundles of a development build', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
    fs.mkdirSync(path.join(folder, 'dist'));
    fs.writeFileSync(path.join(folder, 'dist/shipped.js'), 'exports.a=1;\n');
    fs.writeFileSync(path.join(folder, 'dist/mapped.js'), 'exports.a = 1;\n//# sourceMappingURL=data:,{}\n');
    const packed = files(['extension/dist/shipped.js', 'extension/dist/mapped.js', 'extension/package.json']);
    expect(mapProblems(packed, folder)).toEqual([
      'extension/dist/mapped.js has a source map: it comes from a development build',
    ]);
    fs.rmSync(folder, { recursive: true });
  });

  it('refuses a package of megabytes', () => {
    expect(packageProblems(manifest, files(complete), 20_000_000)).toHaveLength(1);
  });
});

describe('the README in the package', () => {
  it('has no pictures and no links to what is not in the package, and keeps everything else', () => {
    const markdown =
      'Hello.\n\n<picture>\n  <img alt="A tree" src="docs/tree.png">\n</picture>\n\n![A tree](docs/tree.png)\n\nSee [the docs](docs/a.md), [the web](https://example.com/) and [below](#below).\n';
    expect(packagedReadme(markdown)).toBe(
      'Hello.\n\nSee the docs, [the web](https://example.com/) and [below](#below).\n',
    );
  });
});
