import { describe, expect, it } from 'vitest';
import { MAX_FRONT_MATTER } from '../../../../src/core/base/limits';
import { parseYaml, yamlSource } from '../../../../src/core/prompts/yaml';

const errors = (source: string): readonly string[] => parseYaml(source).errors.map(({ message }) => message);

describe('prompts/yaml', () => {
  it('takes a lone carriage return for a line end, at the same offsets', () => {
    expect(yamlSource('a: 1\rb: 2\r\n')).toBe('a: 1\nb: 2\r\n');
  });

  it('finds keys that stand twice in one map, at any depth, where they stand', () => {
    expect(errors('a: 1\nb:\n  a: 2\nc: [{a: 3}]')).toEqual([]);
    const { errors: found } = parseYaml('a: 1\nb: [{c: 1, c: 2}]\na: 3');
    expect(found.map(({ pos: [at] }) => at)).toEqual([16, 23]);
  });

  it('does not read what is too long', () => {
    expect(errors(`a: ${'x'.repeat(MAX_FRONT_MATTER)}`)).toEqual([expect.stringContaining('at most 100,000')]);
  });
});
