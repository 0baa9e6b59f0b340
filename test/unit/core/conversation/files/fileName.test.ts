import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actingOn } from '../../../../../src/core/conversation/files/actingFiles';
import { agentPath, foldedPath } from '../../../../../src/core/conversation/files/filePath';
import { saveFolderName } from '../../../../../src/core/conversation/files/savePlan';

const problemOf = (path: string): string | undefined => agentPath(path).problem;
/** Every position that a name can have in a path. */
const places = (name: string): readonly string[] => [name, `${name}/x.py`, `src/${name}/x.py`, `src/${name}`];

describe('agentPath: refused names', () => {
  it.each<[string, string, readonly string[]]>([
    ['short names of Windows', 'name', ['GIT~1', 'VSCODE~1', 'git~9.txt', 'a~12', 'GIT~１', 'x ~3.py']],
    ['hidden names in compatible letters', 'hidden', ['．git', '․vscode', '…', '．．']],
    [
      'devices',
      'name',
      [
        'COM¹',
        'COM１',
        'lpt².txt',
        'COM٣',
        'CON .txt',
        'ＣＯＮ',
        'con.tar.gz',
        'CONIN$',
        'conout$.py',
        'Nul',
        'aux .a.b',
        'CLOCK$',
        'com0',
      ],
    ],
    ['ends that Windows drops', 'name', ['main.py.', 'main.py ', 'con.', 'a. .']],
    [
      'streams and other forbidden signs',
      'name',
      ['main.py:stream', 'git::$INDEX_ALLOCATION', 'a*b', 'what?', 'a：b', 'a／b', 'a＼b', '"x"', 'a|b', '<x>'],
    ],
    ['options and home folders of a shell', 'name', ['-rf', '--checkpoint-action=exec', '~root', ' x']],
    ['git’s HEAD', 'repository', ['HEAD', 'head', 'Head', 'ＨＥＡＤ', 'ℍEAD']],
    ['longer than 255 bytes', 'long', ['x'.repeat(256), 'é'.repeat(128), '𝒳'.repeat(64)]],
  ])('%s', (_kind, problem, names) => {
    for (const name of names) for (const path of places(name)) expect([path, problemOf(path)]).toEqual([path, problem]);
  });

  it('refuses every invisible character, at any position', () => {
    const invisible = [
      0x00, 0x09, 0x0a, 0x1b, 0x7f, 0x85, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x1680,
      0x2003, 0x200b, 0x200c, 0x200d, 0x200e, 0x2028, 0x2029, 0x202e, 0x2060, 0x2064, 0x2066, 0x206a, 0x206f, 0x2800,
      0x3000, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffc, 0xfffe, 0xe000, 0xf03a, 0x1bca0, 0x1d159, 0x1d173,
      0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0x10ffff, 0xd800, 0xdfff,
    ].map((code) => String.fromCodePoint(code));
    for (const character of invisible) {
      for (const name of [
        character,
        `main${character}.py`,
        `${character}main.py`,
        `main.py${character}`,
        `${character}.git`,
        `.g${character}it`,
        character.repeat(3),
      ]) {
        for (const path of places(name))
          expect([JSON.stringify(path), problemOf(path)]).toEqual([JSON.stringify(path), 'invisible']);
      }
    }
  });

  it('refuses every default-ignorable and format character', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      if (/[\p{DI}\p{Cf}\p{Cc}\p{Cs}]/u.test(character) && problemOf(`a${character}b`) !== 'invisible')
        expect.fail(`U+${code.toString(16)} is not refused`);
    }
  });

  it('refuses paths that are too deep or too long', () => {
    expect(problemOf(Array.from({ length: 33 }, () => 'a').join('/'))).toBe('long');
    expect(problemOf(Array.from({ length: 10 }, () => 'a'.repeat(70)).join('/'))).toBe('long');
  });

  it.each([
    'main.py',
    'src/alpha/model.py',
    'größe.py',
    '戦略/main.py',
    'x'.repeat(255),
    `${'é'.repeat(127)}x`,
    'a~b',
    'main~old.py',
    'comet.py',
    'com10.py',
    'console.log.txt',
    'aux_data.csv',
    'header.py',
    'HEADER',
    'a, b & c (2)+[1].ipynb',
    'नमस्ते.md',
    '📈.md',
    'über uns.md',
    'x-rf',
  ])('%s is safe', (path) => {
    expect(agentPath(path)).toEqual({ path });
  });
});

describe('foldedPath: paths that are the same on some file system', () => {
  it.each([
    ['Main.py', 'main.py'],
    ['caf\u00E9.py', 'cafe\u0301.py'],
    ['STRASSE', 'straße'],
    ['a/B.py', 'A/b.py'],
    ['\u212A.py', 'k.py'],
    ['ﬁle.py', 'file.py'],
    ['ſ.py', 's.py'],
  ])('%s and %s', (one, other) => {
    expect(foldedPath(one)).toBe(foldedPath(other));
  });

  it('keeps different names apart', () => {
    expect(foldedPath('main.py')).not.toBe(foldedPath('main2.py'));
  });
});

describe('actingOn: files that tools run or obey by themselves', () => {
  it.each([
    ['conftest.py', 'pytest'],
    ['tests/ConfTest.PY', 'pytest'],
    ['test_model.py', 'pytest'],
    ['sitecustomize.py', 'Python'],
    ['x.pth', 'Python'],
    ['evil.egg-info/entry_points.txt', 'Python'],
    ['a.dist-info/METADATA', 'Python'],
    ['setup.py', 'Python'],
    ['pyproject.toml', 'Python'],
    ['requirements-dev.txt', 'pip'],
    ['lean.json', 'LEAN'],
    ['src/config.json', 'LEAN'],
    ['tox.ini', 'tox'],
    ['noxfile.py', 'nox'],
    ['random.py', 'Python'],
    ['statistics/__init__.py', 'Python'],
    ['ipython_config.py', 'Jupyter'],
    ['package.json', 'npm'],
    ['web/PACKAGE.JSON', 'npm'],
    ['vite.config.mjs', 'Node'],
    ['eslint.config.ts', 'Node'],
    ['a.config.js', 'Node'],
    ['gulpfile.js', 'Node'],
    ['node_modules/a/index.js', 'npm'],
    ['x.code-workspace', 'VS Code'],
    ['AGENTS.md', 'Claude'],
    ['sub/claude.md', 'Claude'],
    ['CLAUDE.local.md', 'Claude'],
    ['copilot-instructions.md', 'Copilot'],
    ['a.instructions.md', 'Copilot'],
    ['a.prompt.md', 'Copilot'],
    ['mcp.json', 'Claude'],
    ['Algo.csproj', 'MSBuild'],
    ['Directory.Build.props', 'MSBuild'],
    ['Directory.Build.targets', 'MSBuild'],
    ['x.targets', 'MSBuild'],
    ['Directory.Packages.props', 'MSBuild'],
    ['NuGet.Config', '.NET'],
    ['CMakeLists.txt', 'CMake'],
    ['x.cmake', 'CMake'],
    ['build.rs', 'cargo'],
    ['Cargo.toml', 'cargo'],
    ['Makefile', 'make'],
    ['makefile.win', 'make'],
    ['Justfile', 'task runner'],
    ['Dockerfile', 'Docker'],
    ['docker-compose.override.yml', 'Docker'],
    ['devcontainer.json', 'dev container'],
    ['Jenkinsfile', 'integration'],
    ['research/config', 'git'],
    ['hooks/pre-commit', 'git'],
    ['git.bat', 'Windows'],
    ['python.cmd', 'Windows'],
    ['x.url', 'Windows'],
    ['desktop.ini', 'Windows'],
    ['flake.nix', 'direnv'],
    ['build.gradle.kts', 'Java'],
    ['Whateverfile', 'a tool'],
    ['ｃonftest.py', 'pytest'],
    ['ma\u212Aefile', 'make'],
  ])('%s: %s', (path, tool) => {
    expect(actingOn(path) ?? 'nothing').toContain(tool);
  });

  it.each([
    'main.py',
    'src/alpha/model.py',
    'Main.cs',
    'research.ipynb',
    'README.md',
    'notes.md',
    'data.csv',
    'backtest.py',
    'strategy_config.py',
    'configuration.json',
    'agent.py',
    '__init__.py',
    'alpha/__init__.py',
    'results.json',
  ])('nothing acts on %s', (path) => {
    expect(actingOn(path)).toBeUndefined();
  });
});

describe('saveFolderName: a folder from any task name', () => {
  it.each([
    ['Momentum on QQQ', 'Momentum on QQQ'],
    ['Pairs: KO/PEP', 'Pairs KO PEP'],
    ['../../etc', 'etc'],
    ['.git', 'git'],
    ['CON', 'Conversation CON'],
    ['COM¹', 'Conversation COM1'],
    ['HEAD', 'Conversation HEAD'],
    ['GIT~1', 'GIT 1'],
    ['', 'Conversation'],
    ['\u200B\u202E', 'Conversation'],
    ['--exec', 'exec'],
    ['node_modules', 'Conversation node_modules'],
    ['random', 'Conversation random'],
    ['C:\\x', 'C x'],
    ['戦略 2026', '戦略 2026'],
    ['a\u202Eb\nc', 'a b c'],
    ['Agent’s task', 'Agent’s task'],
    ['📈', 'Conversation'],
  ])('%j becomes %j', (task, folder) => {
    expect(saveFolderName(task)).toBe(folder);
  });

  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'CON',
      'HEAD',
      '~1',
      '.git',
      ' ',
      '\u3164',
      '\uD800',
      '-',
      'é',
      'x'.repeat(300),
      '👩‍👩‍👧',
      '\u0301',
      '.pth',
      'node_modules',
    ),
  );
  it('is always one safe segment that no tool acts on', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
        (task) => {
          const folder = saveFolderName(task);
          expect(agentPath(folder)).toEqual({ path: folder });
          expect(folder).not.toContain('/');
          expect(actingOn(`${folder}/main.py`)).toBe(actingOn('main.py'));
          expect(agentPath(`${folder}/src/main.py`).problem).toBeUndefined();
          expect(new TextEncoder().encode(folder).length).toBeLessThan(160);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
