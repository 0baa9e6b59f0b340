import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.mjs';

const folder = join(root, 'docs/decisions');
const records = readdirSync(folder)
  .filter((name) => /^\d/.test(name))
  .sort();
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The files that can name a decision by number or path. */
const sources = execFileSync(
  'git',
  ['ls-files', '*.md', '*.ts', '*.mjs', '*.js', ':!test/fixtures', ':!test/unit/toolchain/decisions.test.ts'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));

describe('docs/decisions', () => {
  it('numbers the records without gaps', () => {
    expect(records.map((name) => Number(name.slice(0, 3)))).toEqual(records.map((_, index) => index + 1));
    expect(readdirSync(folder).filter((name) => !records.includes(name))).toEqual(['README.md']);
  });

  it.each(records)('%s has title, status, date and three sections', (name) => {
    const text = read(name);
    expect(text).toMatch(
      /^# \d+\. .+\n\nStatus: (?:accepted|superseded by \d+)\nDate: \d{4}-\d{2}-\d{2}\n\n## Context\n/,
    );
    expect(text.startsWith(`# ${String(Number(name.slice(0, 3)))}. `)).toBe(true);
    expect(text).toContain('\n## Decision\n');
    expect(text).toContain('\n## Consequences\n');
    expect(text.split('\n').filter((line) => line.length > 120 && !line.startsWith('|'))).toEqual([]);
  });

  it('lists every record in README.md as its file says', () => {
    const rows = read('README.md')
      .split('\n')
      .filter((line) => /^\| \[\d/.test(line));
    expect(rows).toEqual(
      records.map((name) => {
        const [, number = '', title = ''] = /^# (\d+)\. (.+)$/m.exec(read(name)) ?? [];
        const [, status = ''] = /^Status: (.+)$/m.exec(read(name)) ?? [];
        const [, date = ''] = /^Date: (.+)$/m.exec(read(name)) ?? [];
        return `| [${number}](${name}) | ${title} | ${date} | ${status} |`;
      }),
    );
  });

  it('has every record that code and documents name', () => {
    const missing = sources.flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const names = [...text.matchAll(/docs\/decisions\/(\d[\w-]*)/g)].map(([, name = '']) => name);
      const numbers = [...text.matchAll(/\b[Dd]ecisions? (\d+)\b/g)].map(([, number = '']) => number.padStart(3, '0'));
      return [...names, ...numbers]
        .filter((name) => !records.some((record) => record.replace(/\.md$/, '').startsWith(name)))
        .map((name) => `${path}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});
