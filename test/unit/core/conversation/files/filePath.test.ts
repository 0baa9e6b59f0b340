import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentPath, fileNameIn } from '../../../../../src/core/conversation/files/filePath';

describe('agentPath', () => {
  it.each([
    ['main.py', 'main.py'],
    ['./src//alpha/./model.py', 'src/alpha/model.py'],
    ['src\\alpha.py', 'src/alpha.py'],
    ['my notes/a-b_c (2).ipynb', 'my notes/a-b_c (2).ipynb'],
    ['größe.py', 'größe.py'],
  ])('%j is the safe %j', (raw, path) => {
    expect(agentPath(raw)).toEqual({ path });
  });

  it.each([
    ['/etc/passwd', '/etc/passwd', 'absolute'],
    ['C:\\Windows\\x', 'C:/Windows/x', 'absolute'],
    ['c:x', 'c:x', 'absolute'],
    ['\\\\server\\share', '/server/share', 'absolute'],
    ['../main.py', '../main.py', 'climbs'],
    ['a/../../b', 'a/../../b', 'climbs'],
    ['a\\..\\b', 'a/../b', 'climbs'],
    ['.git/hooks/pre-commit', '.git/hooks/pre-commit', 'hidden'],
    ['a/.vscode/tasks.json', 'a/.vscode/tasks.json', 'hidden'],
    ['main.py:stream', 'main.py:stream', 'name'],
    ['nul.txt', 'nul.txt', 'name'],
    ['a\u0000b', 'a\u0000b', 'invisible'],
    ['a\u202Eyp.exe', 'a\u202Eyp.exe', 'invisible'],
    ['dots...', 'dots...', 'name'],
    ['~/x', '~/x', 'name'],
    ['.', '.', 'name'],
    ['', '', 'name'],
  ])('%j is shown as %j and unsafe: %s', (raw, path, problem) => {
    expect(agentPath(raw)).toEqual({ path, problem });
  });

  const anyPath = fc
    .array(fc.constantFrom('..', '.', '/', '\\', 'a', 'main.py', 'C:', ' ', '~', '\u0000', '.git', 'é'))
    .map((pieces) => pieces.join(''));

  it('calls a path safe only if it stays below its folder on every system', () => {
    fc.assert(
      fc.property(anyPath, (raw) => {
        const { path, problem } = agentPath(raw);
        if (problem) return;
        for (const { resolve, sep } of [
          { system: posix, root: '/base' },
          { system: win32, root: 'C:\\base' },
        ].map(({ system, root }) => ({
          sep: system.sep,
          resolve: (other: string) => [root, system.resolve(root, other)] as const,
        }))) {
          const [root, resolved] = resolve(path);
          expect(resolved.startsWith(root + sep)).toBe(true);
        }
        expect(fileNameIn(path)).not.toBe('');
      }),
    );
  });

  it('changes a normalized path no further', () => {
    fc.assert(
      fc.property(anyPath, (raw) => {
        const once = agentPath(raw);
        expect(agentPath(once.path)).toEqual(once);
      }),
      { examples: [['./C:'], ['.//C:/x.py']] },
    );
  });
});
