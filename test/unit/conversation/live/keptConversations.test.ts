import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { recordName } from '../../../../src/conversation/live/readKept';
import { accepted, queued, sending, EMPTY_OUTBOX, type Outbox } from '../../../../src/core/conversation/queue/outbox';
import { STORED_BYTES } from '../../../../src/core/base/limits';
import { parseMemories } from '../../../../src/core/prompts/memory';
import { asOnDisk, memoryOf, openMemory, workspace, type Workspace } from '../../../support/keptFolders';

const OLD = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../fixtures/state-0.1.0/workspaceState.json'), 'utf8'),
) as Record<string, unknown>;
const [A, B, C] = [
  'A-11111111111111111111111111111111',
  'A-22222222222222222222222222222222',
  'A-33333333333333333333333333333333',
] as const;

const prompt = (clientId: string, text = clientId) => ({ clientId, text, at: 1 });
const queueOf = (...texts: readonly string[]): Outbox =>
  texts.reduce((outbox, text) => queued(outbox, prompt(text), []), EMPTY_OUTBOX);
const states = (memory: ConversationMemory, id: string): readonly string[] =>
  memory.outbox(id).entries.map(({ text, state }) => `${text} ${state}`);
const folderOf = ({ root }: Workspace, name = '1'): string => path.join(root, name);
const fileOf = (within: Workspace, id: string): string => path.join(folderOf(within), `${recordName(id)}.json`);
const files = (within: Workspace, name = '1'): readonly string[] => readdirSync(folderOf(within, name)).sort();
/** Long enough ago that its window is gone for good. */
const leave = (within: Workspace, name: string): void => {
  utimesSync(folderOf(within, name), 1, 1);
};

describe('ConversationMemory: what is kept', () => {
  it('is on the disk when the promise says so', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    expect(await memory.keepDraft(A, 'Half a thou', ['An older draft'])).toEqual({ isWritten: true });
    expect(await memory.keepOutbox(A, queueOf('First', 'Second'))).toEqual({ isWritten: true });
    const next = await openMemory(asOnDisk(home));
    expect([next.draft(A), next.asides(A), states(next, A)]).toEqual([
      'Half a thou',
      ['An older draft'],
      ['First queued', 'Second queued'],
    ]);
  });

  it('is readable by nobody else', async () => {
    const home = workspace();
    await (await openMemory(home)).keepDraft(A, 'Half a thou');
    expect([statSync(fileOf(home, A)).mode & 0o77, statSync(folderOf(home)).mode & 0o77]).toEqual([0, 0]);
  });

  it('holds a text that is sent in one place at least, whatever was written last', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.keepDraft(A, 'Use SPY');
    memory.takeIn(A, sending(EMPTY_OUTBOX, prompt('c1', 'Use SPY'), []), 'Use SPY');
    await memory.lastWrite(A);
    const record = JSON.parse(readFileSync(fileOf(home, A), 'utf8')) as unknown;
    expect(record).toMatchObject({ draft: '', entries: [{ text: 'Use SPY', state: 'sending' }] });
    void memory.keepOutbox(A, accepted(memory.outbox(A), 'c1'));
    expect(memory.takeBack(A, 'c1')).toBeUndefined();
  });

  it('never has half a text in it, however fast drafts follow each other', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    const writes = Array.from({ length: 200 }, (_, index) => memory.keepDraft(A, 'x'.repeat(index * 50)));
    let isDone = false;
    const all = Promise.all(writes).then(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise(setImmediate);
      const text = files(home).includes(`${recordName(A)}.json`) ? readFileSync(fileOf(home, A), 'utf8') : '{}';
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
    await all;
    expect((await openMemory(asOnDisk(home))).draft(A)).toBe('x'.repeat(199 * 50));
    expect(files(home)).toEqual([`${recordName(A)}.json`]);
  });

  it('knows the ids of prompts that have left, so that a page which asks again sends none twice', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    const taken = sending(EMPTY_OUTBOX, prompt('c1'), []);
    await memory.keepOutbox(A, taken);
    await memory.keepOutbox(A, { ...taken, entries: [] });
    const next = await openMemory(asOnDisk(home));
    const before = next.outbox(A);
    expect(before.entries).toEqual([]);
    expect(sending(before, prompt('c1'), [])).toBe(before);
  });

  it('is gone from the disk when its deployment is', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.keepDraft(A, 'Half a thou');
    memory.forget(A);
    await memory.close();
    expect(files(home)).toEqual([]);
  });
});

describe('ConversationMemory: a file that cannot be understood', () => {
  it.each([
    ['is cut', (text: string) => text.slice(0, text.length / 2)],
    ['is empty', () => ''],
    ['is of another kind', () => '{"some":"json"}'],
    ['is a list', () => '[]'],
    ['is another conversation’s', (text: string) => text.replace(A, B)],
    ['is of a later version', (text: string) => text.replace('"version":1', '"version":2')],
    ['is bytes', () => '\u0000\u0001�'],
    ['is nested without end', () => '['.repeat(200_000)],
  ])('is kept beside when it %s, and the others are read', async (_, broken) => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.keepDraft(A, 'Lost?');
    await memory.keepDraft(C, 'Safe');
    await memory.close();
    const text = broken(readFileSync(fileOf(home, A), 'utf8'));
    writeFileSync(fileOf(home, A), text);
    const next = await openMemory(home);
    expect([next.draft(A), next.draft(C)]).toEqual(['', 'Safe']);
    await next.keepDraft(A, 'Anew');
    await next.close();
    expect(readFileSync(`${fileOf(home, A)}.broken`, 'utf8')).toBe(text);
    expect(home.logged.join()).toContain('.broken');
    // A second one does not replace the first.
    writeFileSync(fileOf(home, A), 'again');
    await (await openMemory(home)).close();
    expect(files(home).filter((name) => name.includes('.broken'))).toHaveLength(2);
  });

  it('gives what can be read of it, and is kept whole beside', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.keepOutbox(A, queueOf('First', 'Second'));
    await memory.close();
    const record = JSON.parse(readFileSync(fileOf(home, A), 'utf8')) as {
      entries: Record<string, unknown>[];
      draft: unknown;
    };
    record.entries[0]!['state'] = 'dreaming';
    record.entries.push({ ...record.entries[1] }, null as never);
    record.draft = 7;
    writeFileSync(fileOf(home, A), JSON.stringify(record));
    const next = await openMemory(home);
    expect([next.draft(A), states(next, A)]).toEqual(['', ['Second queued']]);
    expect(readFileSync(`${fileOf(home, A)}.broken`, 'utf8')).toBe(JSON.stringify(record));
  });

  it('that was being written when its process was killed is not taken for the text', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.keepDraft(A, 'Whole');
    await memory.close();
    writeFileSync(`${fileOf(home, A)}.0badc0de.tmp`, '{"version":1,');
    expect((await openMemory(home)).draft(A)).toBe('Whole');
    expect(files(home)).toEqual([`${recordName(A)}.json`]);
  });
});

describe('ConversationMemory: two windows', () => {
  it.each([
    ['without a workspace', true],
    ['on one workspace', false],
  ])(
    '%s never hold one queue',
    async (_, isShared) => {
      const home = workspace();
      const one = await openMemory(home, isShared);
      await one.keepOutbox(A, queueOf('First'));
      const other = memoryOf({ ...home, memento: workspace().memento }, isShared);
      await other.open();
      expect(states(other, A)).toEqual([]);
      await other.keepOutbox(A, queueOf('Another'));
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
    await windows[0]!.keepDraft(A, 'Of the first');
    await windows[1]!.keepDraft(A, 'Of the second');
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
    await one.keepDraft(A, 'Of the first');
    await one.keepOutbox(B, queueOf('First'));
    await other.keepDraft(A, 'Of the second');
    await other.keepOutbox(B, queueOf('Second'));
    await Promise.all([one.close(), other.close()]);
    leave(home, '2');
    const next = memoryOf({ ...home, memento: workspace().memento }, true);
    await next.open();
    expect([next.draft(A), next.asides(A), states(next, B)]).toEqual([
      'Of the first',
      ['Of the second'],
      ['First queued', 'Second queued'],
    ]);
    expect(files(home, '2')).toEqual([]);
  });
});

describe('ConversationMemory: an update from 0.1.0', () => {
  it('finds drafts, displaced drafts, queue, prompts whose fate is unknown, places and times', async () => {
    const home = workspace(OLD);
    const memory = await openMemory(home);
    expect([memory.draft(A), memory.asides(A)]).toEqual(['Half a thou', ['An older draft', 'A newer one']]);
    expect([states(memory, A), states(memory, B), states(memory, C)]).toEqual([
      ['First in the queue queued', 'Second in the queue queued'],
      ['Perhaps it arrived uncertain', 'It was refused failed'],
      ['On its way uncertain'],
    ]);
    expect([memory.place(A), memory.place(B)]).toEqual([
      { messageId: 'm1', offset: -12, segment: 2 },
      { messageId: 'm7', offset: 0 },
    ]);
    expect(memory.observed(A)).toEqual(OLD[`quantAgents.observed.${A}`]);
    expect([...parseMemories(home.memento.get('quantAgents.promptFiles')).values()]).toMatchObject([
      [{ task: { taskId: 12, deploymentId: A } }],
    ]);
    expect(home.memento.keys().filter((key) => /draft|asides|outbox/.test(key))).toEqual([]);
  });

  it('moves them once: what VS Code did not manage to delete does not come back', async () => {
    const home = workspace(OLD);
    const memory = await openMemory(home);
    await memory.keepOutbox(A, { ...memory.outbox(A), entries: [] });
    await memory.keepDraft(A, '');
    const next = await openMemory({ ...asOnDisk(home), memento: workspace(OLD).memento });
    expect([next.draft(A), states(next, A)]).toEqual(['', []]);
    expect(states(next, B)).toHaveLength(2);
  });

  it('leaves them where they are when they cannot be moved, and shows them', async () => {
    const home = workspace(OLD);
    writeFileSync(home.root, 'a file where the folder should be');
    const memory = await openMemory(home);
    expect([memory.draft(A), states(memory, C)]).toEqual(['Half a thou', ['On its way uncertain']]);
    expect(home.memento.entries()).toEqual(OLD);
    expect(home.told).toHaveLength(1);
  });

  it.each([
    ['text', 'x'],
    ['number', 7],
    ['null', null],
    ['list', [1, null, { clientId: 1 }]],
    ['object', { length: 2 }],
  ])('takes a broken memento for what it is: %s', async (_, value) => {
    const memory = await openMemory(
      workspace({
        [`quantAgents.outbox.${A}`]: value,
        [`quantAgents.asides.${A}`]: value,
        [`quantAgents.draft.${B}`]: value,
        'quantAgents.observedOf': value,
        'quantAgents.places': value,
      }),
    );
    expect([states(memory, A), memory.asides(A), memory.place(A)]).toEqual([[], [], undefined]);
  });
});

describe('ConversationMemory: a disk that fails', () => {
  it('keeps what is typed in memory, says so once, and writes it as soon as it can', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    rmSync(folderOf(home), { recursive: true });
    writeFileSync(folderOf(home), 'in the way');
    expect(await memory.keepDraft(A, 'One')).toMatchObject({ isWritten: false });
    expect(await memory.keepDraft(A, 'One')).toMatchObject({ isWritten: false });
    expect(await memory.keepDraft(A, 'One and two')).toMatchObject({ isWritten: false });
    await expect(memory.written(A)).rejects.toThrow('storage folder');
    expect(home.told).toHaveLength(1);
    expect(memory.draft(A)).toBe('One and two');
    rmSync(folderOf(home));
    mkdirSync(folderOf(home));
    expect(await memory.keepDraft(A, 'One and two')).toEqual({ isWritten: true });
    expect((await openMemory(asOnDisk(home))).draft(A)).toBe('One and two');
  });
});

describe('ConversationMemory: its ceiling', () => {
  const MEGABYTE = 'x'.repeat(1_000_000);

  it('holds for all conversations of a workspace: more is not taken, nothing is cut, and the user is told', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    for (const id of ['1', '2', '3']) expect(await memory.keepDraft(id, MEGABYTE)).toEqual({ isWritten: true });
    expect(await memory.keepDraft('4', MEGABYTE)).toMatchObject({ isWritten: false });
    expect(memory.draft('4')).toBe(MEGABYTE);
    expect(home.told).toEqual([expect.stringContaining('already keeps 3.8 MB')]);
    expect(memory.takeIn('5', queued(EMPTY_OUTBOX, prompt('c1', MEGABYTE), []), MEGABYTE)).toContain(
      'already keeps 3.8 MB',
    );
    expect(states(memory, '5')).toEqual([]);
    await memory.keepDraft('1', '');
    expect(await memory.keepDraft('4', MEGABYTE)).toEqual({ isWritten: true });
    const next = await openMemory(asOnDisk(home));
    expect([next.draft('4').length, next.draft('3').length]).toEqual([1_000_000, 1_000_000]);
    const stored = files(home).map((name) => readFileSync(path.join(folderOf(home), name)).length);
    expect(stored.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(STORED_BYTES.written);
  });

  it('is 5 MB with all that a workspace keeps', () => {
    expect(Object.values(STORED_BYTES).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(5_000_000);
  });
});
