import { describe, expect, it } from 'vitest';
import { keyShapesIn, maskKeyShapes, maskKeyShapesIn } from '../../../../src/core/secrets/keyShapes';

/** Put together here, so that no scanner reports this file as a leak. */
const body = (length: number): string => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1bC3dE5fG7hJ9kL'.slice(0, length);
const KEYS = [
  `sk-${body(20)}`,
  `sk-ant-api03-${body(40)}`,
  `sk-proj-${body(20)}_${body(20)}`,
  `sk-or-v1-${body(40)}`,
  `gsk_${body(40)}`,
  `csk-${body(40)}`,
  `xai-${body(40)}`,
  `pplx-${body(40)}`,
  `hf_${body(34)}`,
  `r8_${body(37)}`,
  `nvapi-${body(40)}`,
  `AIza${body(35)}`,
  ['AKIA', 'ABCDEFGH12345678'].join(''),
  `ghp_${body(36)}`,
  `github_pat_${body(30)}`,
  `glpat-${body(20)}`,
  `xoxb-${body(24)}`,
  `sk_live_${body(24)}`,
  `tvly-${body(24)}`,
];

describe('maskKeyShapes', () => {
  it.each(KEYS)('%s', (key) => {
    for (const around of [
      ['', ''],
      ['key: ', '.'],
      ['"', '"'],
      ['API_KEY=', '\n'],
      ['\\n', '\\n'],
      ['\\u0022', '\\u0022'],
      ['%3D', '&x'],
      ['\u001B[31m', '\u001B[0m'],
      ['x_', ' '],
      ['（', '）'],
    ]) {
      expect(maskKeyShapes(around.join(key))).toBe(around.join('***'));
    }
    expect(keyShapesIn(`a ${key} b`)).toEqual([[2, 2 + key.length]]);
  });

  it('a key whose letters are escapes in a text of JSON', () => {
    expect(maskKeyShapes(`{"a":"\\u0073k-${body(20)}"}`)).toBe('{"a":"***"}');
    expect(maskKeyShapes(`{\\"a\\":\\"s\\\\u006b\\\\u002d${body(20)}\\"}`)).toBe('{\\"a\\":\\"***\\"}');
  });

  it.each([
    'risk-adjusted-returns-of-2024',
    'task-management-of-something',
    'disk-usage-0123456789abcdef',
    'sk-short',
    'the desk-and-chair-combination-x',
    'ask-the-agent-about-momentum',
  ])('leaves alone: %s', (text) => {
    expect(maskKeyShapes(text)).toBe(text);
  });

  it('takes time that grows with the text', () => {
    for (const piece of ['\\', 'sk-', 's', '-', 'u0073', 'AIza', '%3D', '\u001B[31'])
      expect(maskKeyShapes(piece.repeat(300_000)).length).toBeGreaterThan(0);
  });
});

describe('maskKeyShapesIn', () => {
  it('masks texts and names, at any depth, and loses nothing', () => {
    const [one, two] = [`sk-${body(20)}`, `sk-${body(24)}`];
    expect(
      maskKeyShapesIn({ a: [one, 1, null, { b: `x ${two}` }], [one]: 'first', [two]: 'second', plain: 'p' }),
    ).toEqual({ a: ['***', 1, null, { b: 'x ***' }], '***1': 'first', '***2': 'second', plain: 'p' });
    expect(maskKeyShapesIn(one)).toBe('***');
    let deep: unknown = one;
    for (let level = 0; level < 20_000; level++) deep = [deep];
    expect(() => maskKeyShapesIn(deep)).not.toThrow();
  });

  it('keeps a name that means something to JavaScript', () => {
    const tree = JSON.parse(`{"__proto__":"sk-${body(20)}","constructor":{"a":"sk-${body(20)}"}}`) as object;
    expect(JSON.stringify(maskKeyShapesIn(tree))).toBe('{"__proto__":"***","constructor":{"a":"***"}}');
  });
});
