import { describe, expect, it } from 'vitest';
import { formatDuration, formatTokens, plural } from '../../../../src/core/conversation/format';
import { contentSecurityPolicy, pageHtml } from '../../../../src/core/conversation/pageHtml';
import { statusWord, toneOf } from '../../../../src/core/conversation/statusTone';
import { isOpenableUrl } from '../../../../src/core/conversation/links';
import { plainLine } from '../../../../src/core/words/plain';

describe('a status', () => {
  it.each([
    ['InQueue', undefined, 'waiting', 'In queue'],
    ['running', undefined, 'running', 'Running'],
    ['COMPLETED', 5, 'completed', 'Completed'],
    ['Stopped', 5, 'stopped', 'Stopped'],
    ['Failed', 5, 'failed', 'Failed'],
    ['PausedByUser', undefined, 'unknown', 'Paused by user'],
    ['PausedByUser', 5, 'unknown', 'Paused by user'],
    ['Running', 5, 'stopped', 'Running'],
    ['constructor', undefined, 'unknown', 'Constructor'],
    ['', undefined, 'unknown', 'Unknown'],
  ])('%s, ended %s, has tone %s and reads %s', (status, ended, tone, word) => {
    expect(toneOf(status, ended)).toBe(tone);
    expect(statusWord(status)).toBe(word);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1.0k'],
    [6_004, '6.0k'],
    [48_100, '48.1k'],
    [99_949, '99.9k'],
    [99_950, '100k'],
    [128_400, '128k'],
    [999_499, '999k'],
    [999_500, '1.0M'],
    [1_234_567, '1.2M'],
  ])('%i tokens read %s', (count, text) => {
    expect(formatTokens(count)).toBe(text);
  });

  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [840, '0.8 s'],
    [3_000, '3 s'],
    [3_400, '3.4 s'],
    [9_960, '10 s'],
    [41_000, '41 s'],
    [59_700, '1 m'],
    [60_000, '1 m'],
    [192_000, '3 m 12 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 m'],
    [86_400_000, '1 d'],
    [273_600_000, '3 d 4 h'],
  ])('%i ms read %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('agree with their nouns', () => {
    expect([plural(0, 'order'), plural(1, 'order'), plural(1_420, 'order')]).toEqual([
      '0 orders',
      '1 order',
      '1,420 orders',
    ]);
  });
});

it('a line shows the controls that would turn it around', () => {
  expect(plainLine('exe.\u202Egpj\n  x')).toBe('exe.‹U+202E›gpj x');
});

it('only web and mail addresses may be opened', () => {
  expect(['https://a.b', 'http://a.b', 'mailto:a@b.c', 'HTTPS://A.B'].filter(isOpenableUrl)).toHaveLength(4);
  expect(
    [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'command:x',
      'file:///x',
      'vscode:x',
      '//a.b',
      '#x',
      '',
    ].filter(isOpenableUrl),
  ).toEqual([]);
});

describe('the shell of the page', () => {
  const shell = {
    nonce: 'n0nce',
    cspSource: 'https://source.example',
    scriptUri: 'https://s/c.js',
    toolkitUri: 'https://s/t.js',
    styleUri: 'https://s/s.css',
    identity: { deploymentId: 'A-1', organizationId: '"><script>alert(1)</script>', accountId: 'x' },
  };

  it('allows scripts by nonce alone, no inline style, and no remote image', () => {
    const policy = contentSecurityPolicy(shell);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-n0nce';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain('img-src https://source.example data:;');
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  it('keeps what it is given from becoming HTML', () => {
    const html = pageHtml(shell);
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script nonce="n0nce"/g)).toHaveLength(2);
    expect(html).toContain('data-identity="{&quot;deploymentId&quot;:&quot;A-1&quot;');
  });
});
