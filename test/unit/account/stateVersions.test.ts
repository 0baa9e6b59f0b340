import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateVersions, type StateVersion } from '../../../src/account/stateVersions';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'versions-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function committed(versions: StateVersions, base: StateVersion, state: unknown): Promise<StateVersion> {
  const outcome = await versions.commit(base, state);
  if (typeof outcome === 'string') throw new Error(`The commit was ${outcome}.`);
  return outcome;
}

describe('StateVersions', () => {
  it('lets one of two that began at the same version be first', async () => {
    const versions = new StateVersions(folder);
    const base = await versions.newest();
    const outcomes = await Promise.all(['a', 'b', 'c'].map((state) => versions.commit(base, state)));
    expect(outcomes.filter((outcome) => outcome === 'overtaken')).toHaveLength(2);
    expect((await versions.newest()).number).toBe(1);
  });

  it('does not let a process that slept for many versions write its old state', async () => {
    const versions = new StateVersions(folder);
    const asleep = await committed(versions, await versions.newest(), 'old');
    let newest = asleep;
    for (let made = 0; made < 20; made++) newest = await committed(versions, newest, `version ${String(made)}`);
    expect(await versions.commit(asleep, 'out of date')).toBe('overtaken');
    expect((await versions.newest()).state).toBe('version 19');
  });

  it('loses no change, in whatever order two processes work', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (scheduler, changes) => {
        const own = mkdtempSync(path.join(folder, 'run-'));
        const process = async (name: string): Promise<void> => {
          const versions = new StateVersions(own);
          for (let made = 0; made < changes;) {
            await scheduler.schedule(Promise.resolve());
            const base = await versions.newest();
            await scheduler.schedule(Promise.resolve());
            const state = [...((base.state as string[] | undefined) ?? []), `${name}${String(made)}`];
            if ((await versions.commit(base, state)) !== 'overtaken') made++;
          }
        };
        await scheduler.waitFor(Promise.all([process('a'), process('b')]));
        expect((await new StateVersions(own).newest()).state).toHaveLength(2 * changes);
      }),
      { numRuns: 30 },
    );
  });
});
