import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.mjs';

const steps = pathToFileURL(path.join(root, 'scripts/lib/steps.mjs')).href;
const printed = (code: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', `import { step } from '${steps}'; ${code}`], {
    encoding: 'utf8',
  });

describe('step', () => {
  it('prints one line: what is done, and how long it took', () => {
    const lines = printed("await step('Building', () => 1); await step('Packing', async () => 2);").split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^» Building … \d+\.\d s$/);
    expect(lines[1]).toMatch(/^» Packing … \d+\.\d s$/);
  });

  it('ends the line of work that fails, and passes the reason on', () => {
    const code =
      "await step('Packing', () => { throw new Error('No room.'); }).catch(({ message }) => console.log(message));";
    expect(printed(code)).toBe('» Packing … failed\nNo room.\n');
  });
});
