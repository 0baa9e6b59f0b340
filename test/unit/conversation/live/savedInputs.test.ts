import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asOnDisk, memoryOf, openMemory, workspace, type Workspace } from '../../../support/savedInputFolders';
import { A, B, files, folderOf, queueOf, states } from './savedInputWorld';

/** Long enough ago that its window is gone for good. */
const leave = (within: Workspace, name: string): void => {
  utimesSync(folderOf(within, name), 1, 1);
};

describe('KeptConversations: two windows', () => {
  it.each([
    ['without a workspace', true],
    ['on one workspace', false],
  ])(
    '%s never hold one queue',
    async (_, isShared) => {
      const home = workspace();
      const one = await openMemory(home, isShared);
      await one.saveOutbox(A, queueOf('First'));
      const other = memoryOf({ ...home, memento: workspace().memento }, isShared);
      await other.open();
      expect(states(other, A)).toEqual([]);
      await other.saveOutbox(A, queueOf('Another'));
      expect([files(home, '1'), files(home, '2')].map(({ length }) => length)).toEqual([1, 1]);
      await Promise.all([one.close(), other.close()]);
    },
    15_000,
  );

  it('each find their own again after a reload', async () => {
    const home = workspace();
    const mementos = [workspace().memento, workspace().memento];
    const windows = await Promise.all(
      mementos.map(async (memento) => {
        const memory = memoryOf({ ...home, memento }, true);
        await memory.open();
        return memory;
      }),
    );
    await windows[0]!.saveDraft(A, 'Of the first');
    await windows[1]!.saveDraft(A, 'Of the second');
    // The second reloads: its old extension host ends while the new one starts.
    const next = memoryOf({ ...home, memento: mementos[1]! }, true);
    const opening = next.open();
    await windows[1]!.close();
    await opening;
    expect(next.draft(A)).toBe('Of the second');
    await Promise.all([windows[0]!.close(), next.close()]);
  });

  it('that were closed for good leave what was written to the next one', async () => {
    const home = workspace();
    const [one, other] = [await openMemory(home, true), memoryOf({ ...home, memento: workspace().memento }, true)];
    await other.open();
    await one.saveDraft(A, 'Of the first');
    await one.saveOutbox(B, queueOf('First'));
    await other.saveDraft(A, 'Of the second');
    await other.saveOutbox(B, queueOf('Second'));
    await Promise.all([one.close(), other.close()]);
    leave(home, '2');
    const next = memoryOf({ ...home, memento: workspace().memento }, true);
    await next.open();
    expect([next.draft(A), next.earlierDrafts(A), states(next, B)]).toEqual([
      'Of the first',
      ['Of the second'],
      ['First queued', 'Second queued'],
    ]);
    expect(files(home, '2')).toEqual([]);
  });
});

describe('KeptConversations: a disk that fails', () => {
  it('keeps what is typed in memory, says so once, and writes it as soon as it can', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    rmSync(folderOf(home), { recursive: true });
    writeFileSync(folderOf(home), 'in the way');
    expect(await memory.saveDraft(A, 'One')).toMatchObject({ isWritten: false });
    expect(await memory.saveDraft(A, 'One')).toMatchObject({ isWritten: false });
    expect(await memory.saveDraft(A, 'One and two')).toMatchObject({ isWritten: false });
    await expect(memory.written(A)).rejects.toThrow('storage folder');
    expect(home.told).toHaveLength(1);
    expect(memory.draft(A)).toBe('One and two');
    rmSync(folderOf(home));
    mkdirSync(folderOf(home));
    expect(await memory.saveDraft(A, 'One and two')).toEqual({ isWritten: true });
    expect((await openMemory(asOnDisk(home))).draft(A)).toBe('One and two');
  });
});
