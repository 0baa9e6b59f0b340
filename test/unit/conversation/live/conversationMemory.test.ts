import { readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputFileName } from '../../../../src/conversation/live/readSavedInputs';
import { STORED_BYTES } from '../../../../src/core/base/limits';
import { markAccepted, EMPTY_OUTBOX, addQueued, addSending } from '../../../../src/core/conversation/queue/outbox';
import { asOnDisk, openMemory, workspace } from '../../../support/savedInputFolders';
import { A, fileOf, files, folderOf, prompt, queueOf, states } from './savedInputWorld';

describe('ConversationMemory: what is saved', () => {
  it('is on the disk when the promise says so', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    expect(await memory.saveDraft(A, 'Half a thou', ['An older draft'])).toEqual({ isWritten: true });
    expect(await memory.saveOutbox(A, queueOf('First', 'Second'))).toEqual({ isWritten: true });
    const next = await openMemory(asOnDisk(home));
    expect([next.draft(A), next.earlierDrafts(A), states(next, A)]).toEqual([
      'Half a thou',
      ['An older draft'],
      ['First queued', 'Second queued'],
    ]);
  });

  it('is readable only by its user', async () => {
    const home = workspace();
    await (await openMemory(home)).saveDraft(A, 'Half a thou');
    expect([statSync(fileOf(home, A)).mode & 0o77, statSync(folderOf(home)).mode & 0o77]).toEqual([0, 0]);
  });

  it('always contains a sent text at least once, whatever was written last', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.saveDraft(A, 'Use SPY');
    memory.addPrompt(A, addSending(EMPTY_OUTBOX, prompt('c1', 'Use SPY'), []), 'Use SPY');
    await memory.lastWrite(A);
    const record = JSON.parse(readFileSync(fileOf(home, A), 'utf8')) as unknown;
    expect(record).toMatchObject({ draft: '', entries: [{ text: 'Use SPY', state: 'sending' }] });
    void memory.saveOutbox(A, markAccepted(memory.outbox(A), 'c1'));
    expect(memory.takeBack(A, 'c1')).toBeUndefined();
  });

  it('never has half a text in it, however fast drafts follow each other', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    const writes = Array.from({ length: 200 }, (_, index) => memory.saveDraft(A, 'x'.repeat(index * 50)));
    let isDone = false as boolean;
    const all = Promise.all(writes).then(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise(setImmediate);
      const text = files(home).includes(`${inputFileName(A)}.json`) ? readFileSync(fileOf(home, A), 'utf8') : '{}';
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
    await all;
    expect((await openMemory(asOnDisk(home))).draft(A)).toBe('x'.repeat(199 * 50));
    expect(files(home)).toEqual([`${inputFileName(A)}.json`]);
  });

  it('knows the ids of prompts that have left, so that a page which asks again sends none twice', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    const taken = addSending(EMPTY_OUTBOX, prompt('c1'), []);
    await memory.saveOutbox(A, taken);
    await memory.saveOutbox(A, { ...taken, entries: [] });
    const next = await openMemory(asOnDisk(home));
    const before = next.outbox(A);
    expect(before.entries).toEqual([]);
    expect(addSending(before, prompt('c1'), [])).toBe(before);
  });

  it('is gone from the disk when its deployment is', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.saveDraft(A, 'Half a thou');
    memory.forget(A);
    await memory.close();
    expect(files(home)).toEqual([]);
  });
});

describe('ConversationMemory: its limit', () => {
  const MEGABYTE = 'x'.repeat(1_000_000);

  it('applies to all conversations of a workspace: refuses more, cuts nothing, and warns the user', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    for (const id of ['1', '2', '3']) expect(await memory.saveDraft(id, MEGABYTE)).toEqual({ isWritten: true });
    expect(await memory.saveDraft('4', MEGABYTE)).toMatchObject({ isWritten: false });
    expect(memory.draft('4')).toBe(MEGABYTE);
    expect(home.told).toEqual([expect.stringContaining('already keeps 3.8 MB')]);
    expect(memory.addPrompt('5', addQueued(EMPTY_OUTBOX, prompt('c1', MEGABYTE), []), MEGABYTE)).toContain(
      'already keeps 3.8 MB',
    );
    expect(states(memory, '5')).toEqual([]);
    await memory.saveDraft('1', '');
    expect(await memory.saveDraft('4', MEGABYTE)).toEqual({ isWritten: true });
    const next = await openMemory(asOnDisk(home));
    expect([next.draft('4').length, next.draft('3').length]).toEqual([1_000_000, 1_000_000]);
    const stored = files(home).map((name) => readFileSync(path.join(folderOf(home), name)).length);
    expect(stored.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(STORED_BYTES.savedInput);
  });

  it('is 5 MB with all that a workspace keeps', () => {
    expect(Object.values(STORED_BYTES).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(5_000_000);
  });
});

describe('ConversationMemory: where the reader was', () => {
  it('is saved for each of the conversations that were read last', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    memory.saveReadingPosition('a', { messageId: 'm1', offset: -12 });
    memory.saveReadingPosition('b', { messageId: 'm2', offset: 0 });
    memory.saveReadingPosition('a', { messageId: 'm3', offset: 5 });
    const next = await openMemory(asOnDisk(home));
    expect([next.readingPosition('a'), next.readingPosition('b'), next.readingPosition('c')]).toEqual([
      { messageId: 'm3', offset: 5 },
      { messageId: 'm2', offset: 0 },
      undefined,
    ]);
    next.saveReadingPosition('a', undefined);
    expect(next.readingPosition('a')).toBeUndefined();
    for (let count = 0; count < 200; count++)
      next.saveReadingPosition(`other ${String(count)}`, { messageId: 'm', offset: 0 });
    expect(next.readingPosition('b')).toBeUndefined();
    expect(next.readingPosition('other 0')).toBeDefined();
  });

  it('is the end if the saved position makes no sense', async () => {
    expect(
      (
        await openMemory(workspace({ 'quantAgents.places': [['a', { messageId: 1, offset: 'x' }], 7, ['b']] }))
      ).readingPosition('a'),
    ).toBeUndefined();
    expect((await openMemory(workspace({ 'quantAgents.places': 'none' }))).readingPosition('a')).toBeUndefined();
  });
});
