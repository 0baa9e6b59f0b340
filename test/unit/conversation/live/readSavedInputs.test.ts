import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputFileName } from '../../../../src/conversation/live/readSavedInputs';
import { parseMemories } from '../../../../src/core/prompts/memory';
import { asOnDisk, openMemory, workspace } from '../../../support/savedInputFolders';
import { A, B, C, fileOf, files, queueOf, states } from './savedInputWorld';

const OLD = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../fixtures/state-0.1.0/workspaceState.json'), 'utf8'),
) as Record<string, unknown>;

describe('readSavedInputs: a file that cannot be understood', () => {
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
    await memory.saveDraft(A, 'Lost?');
    await memory.saveDraft(C, 'Safe');
    await memory.close();
    const text = broken(readFileSync(fileOf(home, A), 'utf8'));
    writeFileSync(fileOf(home, A), text);
    const next = await openMemory(home);
    expect([next.draft(A), next.draft(C)]).toEqual(['', 'Safe']);
    await next.saveDraft(A, 'Anew');
    await next.close();
    expect(readFileSync(`${fileOf(home, A)}.broken`, 'utf8')).toBe(text);
    expect(home.logged.join()).toContain('.broken');
    // A second one does not replace the first.
    writeFileSync(fileOf(home, A), 'again');
    await (await openMemory(home)).close();
    expect(files(home).filter((name) => name.includes('.broken'))).toHaveLength(2);
  });

  it('gives what can be read of it, and a whole copy stays beside it', async () => {
    const home = workspace();
    const memory = await openMemory(home);
    await memory.saveOutbox(A, queueOf('First', 'Second'));
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
    await memory.saveDraft(A, 'Whole');
    await memory.close();
    writeFileSync(`${fileOf(home, A)}.0badc0de.tmp`, '{"version":1,');
    expect((await openMemory(home)).draft(A)).toBe('Whole');
    expect(files(home)).toEqual([`${inputFileName(A)}.json`]);
  });
});

describe('readSavedInputs: an update from 0.1.0', () => {
  it('finds drafts, earlier drafts, queue, uncertain prompts, reading positions and times', async () => {
    const home = workspace(OLD);
    const memory = await openMemory(home);
    expect([memory.draft(A), memory.earlierDrafts(A)]).toEqual(['Half a thou', ['An older draft', 'A newer one']]);
    expect([states(memory, A), states(memory, B), states(memory, C)]).toEqual([
      ['First in the queue queued', 'Second in the queue queued'],
      ['Perhaps it arrived uncertain', 'It was refused failed'],
      ['On its way uncertain'],
    ]);
    expect([memory.readingPosition(A), memory.readingPosition(B)]).toEqual([
      { messageId: 'm1', offset: -12, segment: 2 },
      { messageId: 'm7', offset: 0 },
    ]);
    expect(memory.measuredTimes(A)).toEqual(OLD[`quantAgents.observed.${A}`]);
    expect([...parseMemories(home.memento.get('quantAgents.promptFiles')).values()]).toMatchObject([
      [{ task: { taskId: 12, deploymentId: A } }],
    ]);
    expect(home.memento.keys().filter((key) => /draft|asides|outbox/.test(key))).toEqual([]);
  });

  it('moves them once: what VS Code did not manage to delete does not come back', async () => {
    const home = workspace(OLD);
    const memory = await openMemory(home);
    await memory.saveOutbox(A, { ...memory.outbox(A), entries: [] });
    await memory.saveDraft(A, '');
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
    expect([states(memory, A), memory.earlierDrafts(A), memory.readingPosition(A)]).toEqual([[], [], undefined]);
  });
});
