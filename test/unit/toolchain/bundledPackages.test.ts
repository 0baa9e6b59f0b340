import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  billOfMaterials,
  describePackages,
  noticesText,
  packageFolders,
} from '../../../scripts/lib/bundledPackages.mjs';
import { root } from '../../../scripts/lib/paths.mjs';

const manifest = { publisher: 'quant-agents', name: 'agents', version: '1.2.3', license: 'MIT' };

describe('The packages in the bundles', () => {
  let packages: ReturnType<typeof describePackages>;

  beforeAll(async () => {
    const { builds } = createRequire(import.meta.url)(path.join(root, 'esbuild.js')) as {
      builds: readonly (BuildOptions & { readonly entryPoints: Record<string, string> })[];
    };
    const shipped = builds.filter(({ entryPoints }) => !('sandbox-server' in entryPoints));
    const results = await Promise.all(
      shipped.map((options) => build({ ...options, plugins: [], write: false, metafile: true })),
    );
    packages = describePackages(packageFolders(results.map(({ metafile }) => metafile)), root);
  });

  it('are those of extension, page and toolkit, and no tool', () => {
    const names = packages.map(({ name }) => name);
    const expected = [
      'axios',
      'zod',
      'yaml',
      'marked',
      'dompurify',
      'highlight.js',
      '@vscode/webview-ui-toolkit',
      'vscode-languageserver-textdocument',
      'diff',
    ];
    expect(names).toEqual(expect.arrayContaining(expected));
    expect(names).toEqual(expect.arrayContaining(['@microsoft/fast-element', 'form-data']));
    const tools = ['esbuild', 'vitest', 'eslint', 'typescript', 'mocha', 'playwright-core', '@vscode/vsce', 'axe-core'];
    expect(names.filter((name) => tools.includes(name))).toEqual([]);
  });

  it('are named in the notices with version, license and its text', () => {
    const text = noticesText(packages);
    const sections = text.split(/^-{80}\n/m).slice(1);
    expect(sections.length).toBe(packages.length);
    for (const [index, { name, version, license }] of packages.entries()) {
      const [head, second, , ...rest] = (sections[index] ?? '').split('\n');
      expect(head).toBe(`${name} ${version}`);
      expect(second).toBe(`License: ${license}`);
      expect(rest.join('\n'), name).toMatch(/permission|redistribution|without fee|covered software/i);
    }
    // One with its text only in its README, one with a file of notices, one whose text we keep.
    const of = (name: string): string => sections.find((section) => section.startsWith(`${name} `)) ?? '';
    expect(of('https-proxy-agent')).toContain('Nathan Rajlich <nathan@tootallnate.net>');
    expect(of('https-proxy-agent')).not.toContain('npm install');
    expect(of('@vscode/webview-ui-toolkit')).toContain('THIRD-PARTY SOFTWARE NOTICES');
    expect(of('@microsoft/fast-element')).toContain('Copyright (c) Microsoft Corporation');
  });

  it('are the components of a CycloneDX bill of materials', () => {
    const bom = billOfMaterials(manifest, packages);
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    expect(bom.metadata.component).toEqual({
      type: 'application',
      'bom-ref': 'quant-agents.agents@1.2.3',
      publisher: 'quant-agents',
      name: 'agents',
      version: '1.2.3',
      licenses: [{ license: { id: 'MIT' } }],
    });
    expect(bom.components).toHaveLength(packages.length);
    const references = [bom.metadata.component, ...bom.components].map((component) => component['bom-ref']);
    expect(new Set(references).size).toBe(references.length);
    for (const component of bom.components) {
      expect(component).toMatchObject({ type: 'library', scope: 'required' });
      expect(component.purl).toMatch(/^pkg:npm\/(%40[\w-]+\/)?[\w.-]+@\d+\.\d+\.\d+$/);
      expect(component.licenses).toHaveLength(1);
      expect(component.hashes.length).toBeGreaterThan(0);
      for (const { alg, content } of component.hashes) {
        expect(alg).toBe('SHA-512');
        expect(content).toMatch(/^[\da-f]{128}$/);
      }
    }
    const named = (name: string) => bom.components.find((component) => component.name === name);
    expect(named('webview-ui-toolkit')).toMatchObject({
      group: '@vscode',
      purl: expect.stringMatching(/^pkg:npm\/%40vscode\/webview-ui-toolkit@/) as string,
    });
    expect(named('dompurify')?.licenses).toEqual([{ expression: '(MPL-2.0 OR Apache-2.0)' }]);
    expect(JSON.stringify(billOfMaterials(manifest, packages))).toBe(JSON.stringify(bom));
  });
});

describe('Describing a bundled package', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bundled-'));
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function world(files: Record<string, string>): string {
    fs.rmSync(folder, { recursive: true });
    fs.mkdirSync(path.join(folder, 'node_modules/left'), { recursive: true });
    const locked = { 'node_modules/left': { version: '1.0.0', integrity: 'sha512-AAAA' } };
    fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
    const all = { 'package.json': '{"name":"left","version":"1.0.0","license":"MIT"}', ...files };
    for (const [name, text] of Object.entries(all)) {
      fs.writeFileSync(path.join(folder, 'node_modules/left', name), text);
    }
    return folder;
  }
  const described = (files: Record<string, string>) => describePackages(['node_modules/left'], world(files));

  it.each(['LICENSE', 'license.md', 'LICENCE.txt', 'COPYING', 'LICENSE-MIT'])('takes the text from %s', (name) => {
    expect(described({ [name]: 'the text\n', NOTICE: 'the notice\n' })[0]?.licenseText).toBe('the text\n\nthe notice');
  });

  it.each([
    ['has no text of its license', {}, 'left comes without the text'],
    ['names its license in the README alone', { 'README.md': '# Left\n\n## License\n\nMIT\n' }, 'without the text'],
    ['has an empty text', { LICENSE: '\n' }, 'without the text'],
    ['has no license', { 'package.json': '{"name":"left","version":"1.0.0"}', LICENSE: 'text' }, 'does not name'],
    [
      'is not the locked version',
      { 'package.json': '{"name":"left","version":"1.0.1","license":"MIT"}', LICENSE: 'text' },
      'not the version that is locked',
    ],
  ])('refuses one that %s', (_what, files, reason) => {
    expect(() => described(files)).toThrow(reason);
  });

  it('looks only at packages with bytes in a bundle', () => {
    const metafile = {
      inputs: {},
      outputs: {
        'a.js': {
          inputs: {
            'node_modules/@a/b/index.js': { bytesInOutput: 1 },
            'node_modules/@a/b/other.js': { bytesInOutput: 1 },
            'node_modules/c/node_modules/d/index.js': { bytesInOutput: 2 },
            'node_modules/shaken/index.js': { bytesInOutput: 0 },
            'src/extension.ts': { bytesInOutput: 9 },
          },
        },
      },
    } as unknown as Metafile;
    expect(packageFolders([metafile])).toEqual(['node_modules/@a/b', 'node_modules/c/node_modules/d']);
  });
});
