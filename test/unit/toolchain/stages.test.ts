import { describe, expect, it } from 'vitest';
import { chooseStages } from '../../../scripts/lib/testRun.mjs';

const chosen = (only: string[] | undefined, skip: string[] = []) => chooseStages(only, skip).map(({ name }) => name);

describe('choosing stages', () => {
  it('runs all, in an order in which each finds what it needs', () => {
    expect(chosen(undefined)).toEqual(['lint', 'typecheck', 'unit', 'build', 'host', 'page', 'package', 'e2e']);
  });

  it('runs what a wanted stage needs before it', () => {
    expect(chosen(['e2e'])).toEqual(['build', 'package', 'e2e']);
    expect(chosen(['host', 'lint'])).toEqual(['lint', 'build', 'host']);
  });

  it('leaves out what is to be skipped, even if it is needed', () => {
    expect(chosen(undefined, ['e2e', 'unit'])).toEqual(['lint', 'typecheck', 'build', 'host', 'page', 'package']);
    expect(chosen(['e2e'], ['build', 'package'])).toEqual(['e2e']);
  });

  it('refuses a stage that does not exist', () => {
    expect(() => chosen(['units'])).toThrow('No such stage: units');
  });
});
