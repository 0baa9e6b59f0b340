import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseChangelog } from '../../../scripts/lib/changelog.mjs';
import { root } from '../../../scripts/lib/paths.mjs';

const unreleased = '# Changelog\n\nWords.\n\n## [Unreleased]\n';
const problems = (rest: string) => parseChangelog(`${unreleased}${rest}`).problems;

describe('CHANGELOG.md', () => {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');

  it('has the form of Keep a Changelog', () => {
    expect(parseChangelog(text).problems).toEqual([]);
  });

  it('describes the version of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(parseChangelog(text).releases.map((release) => release.version)).toContain(version);
  });

  it('compares no versions by link: there is no public repository yet', () => {
    expect(text).not.toMatch(/^\[[^\]]+\]: /m);
    expect(text).not.toContain('/compare/');
  });
});

describe('parseChangelog', () => {
  it('reads versions, dates, groups and notes', () => {
    const section =
      '\n### Added\n\n- One.\n- Two:\n  more of it.\n\n## [1.2.0] - 2026-01-31\n\nWords.\n\n### Fixed\n\n- Three.\n';
    const { releases } = parseChangelog(unreleased + section);
    expect(releases).toEqual([
      {
        version: 'Unreleased',
        date: undefined,
        groups: [{ kind: 'Added', entries: 2 }],
        notes: '### Added\n\n- One.\n- Two:\n  more of it.',
      },
      {
        version: '1.2.0',
        date: '2026-01-31',
        groups: [{ kind: 'Fixed', entries: 1 }],
        notes: 'Words.\n\n### Fixed\n\n- Three.',
      },
    ]);
    expect(problems(section)).toEqual([]);
  });

  it.each([
    ['a group of another name', '\n### News\n\n- One.\n', 'a group “News”'],
    ['an empty group', '\n### Added\n', 'Added of [Unreleased] is empty'],
    ['no date', '\n## [1.0.0]\n\n### Added\n\n- One.\n', '[1.0.0] has no date'],
    ['a date that is none', '\n## [1.0.0] - 2026-13-01\n\n### Added\n\n- One.\n', '[1.0.0] has no date'],
    ['a version that is none', '\n## [one] - 2026-01-31\n\n### Added\n\n- One.\n', '“one” is no version'],
    ['a heading without brackets', '\n## 1.0.0 - 2026-01-31\n\n### Added\n\n- One.\n', 'is no version'],
    ['a version that says nothing', '\n## [1.0.0] - 2026-01-31\n', '[1.0.0] says nothing'],
    ['a version twice', '\n## [1.0.0] - 2026-01-31\n\n### Added\n\n- One.\n'.repeat(2), '[1.0.0] stands there twice'],
  ])('reports %s', (_what, rest, problem) => {
    expect(problems(rest).join('\n')).toContain(problem);
  });

  it('reports a changelog without an Unreleased section', () => {
    expect(parseChangelog('# Changelog\n\n## [1.0.0] - 2026-01-31\n\n### Added\n\n- One.\n').problems).toEqual([
      'The first section is not [Unreleased].',
    ]);
  });
});
