import { describe, expect, it } from 'vitest';
import { MAX_FRONT_MATTER } from '../../../../src/core/base/limits';
import { readYaml, yamlSource } from '../../../../src/core/markdownFile/yaml';
import { render } from '../../../../src/core/words/render';

const told = (yaml: string) =>
  readYaml(yaml).problems.map(({ at, message, severity }) => [severity, at[0], render(message, 'diagnostic')]);

describe('markdownFile/yaml', () => {
  it('reads a lone carriage return as a line end, at the same offsets', () => {
    expect(yamlSource('a: 1\rb: 2\r\n')).toBe('a: 1\nb: 2\r\n');
    expect(readYaml('a: 1\rb: 2').problems).toEqual([]);
  });

  it('finds keys that appear twice in one map, at any depth, and still reads the rest', () => {
    expect(told('a: 1\nb:\n  a: 2\nc: [{a: 3}]')).toEqual([]);
    expect(told('a: 1\nb: [{c: 1, c: 2}]\na: 3')).toEqual([
      ['error', 16, 'The key “c” appears twice.'],
      ['error', 23, 'The key “a” appears twice.'],
    ]);
    expect(readYaml('a: 1\na: 3').document?.toJS()).toBeDefined();
  });

  it('says in plain words what is wrong, and keeps warnings apart from errors', () => {
    expect(told('a: b: c')).toEqual([['error', 3, 'A value with a colon and a space in it needs quotes around it.']]);
    expect(told('a: !x y')).toMatchObject([['warning', 3, expect.stringContaining('Tags')]]);
    expect(told('a: 1\n--- # next\nb: 2')).toMatchObject([['error', 5, expect.stringContaining('one YAML document')]]);
  });

  it('does not read text that is too long or nested too deeply', () => {
    expect(told(`a: ${'x'.repeat(MAX_FRONT_MATTER)}`)).toEqual([
      ['error', 0, 'The front matter is too long: 100,003 characters. The limit is 100,000.'],
    ]);
    expect(readYaml('['.repeat(50_000)).document).toBeUndefined();
  });

  it('keeps all offsets inside the text', () => {
    const yaml = 'a: "open';
    for (const { at } of readYaml(yaml).problems) expect(at[1]).toBeLessThanOrEqual(yaml.length);
  });
});
