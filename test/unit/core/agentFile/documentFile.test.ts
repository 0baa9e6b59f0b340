import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentFile } from '../../../../src/core/agentFile/documentFile';

const version = (text: string) => ({ text, fields: { name: text } });

describe('DocumentFile', () => {
  it("has the agent's own time of change, so that it is the same after a window reload", () => {
    expect(new DocumentFile(version('a'), { created: 10, updated: 20 }, 99).modifiedAt).toBe(20);
    expect(new DocumentFile(version('a'), { created: 10 }, 99).modifiedAt).toBe(10);
    expect(new DocumentFile(version('a'), undefined, 99).modifiedAt).toBe(0);
  });

  it('never grows older, even if two changes have the same second', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(50), { nil: undefined })), (times) => {
        const file = new DocumentFile(version('a'), { updated: 20 }, 0);
        for (const time of times) {
          const before = file.modifiedAt;
          file.replace(version('b'), time, true);
          expect(file.modifiedAt).toBeGreaterThan(before);
          expect(file.modifiedAt).toBeGreaterThanOrEqual(time ?? 0);
        }
      }),
    );
  });

  it('compares changes with what the editor shows, not with what was read last', () => {
    const file = new DocumentFile(version('old'), { updated: 20 }, 0);
    file.replace(version('new\n'), 30, true);
    expect([file.current.text, file.base.text]).toEqual(['new\n', 'old']);
    file.editorShows('old, edited');
    expect(file.base.text).toBe('old');
    file.editorShows('new\r\n');
    expect(file.base.text).toBe('new\n');
  });

  it('is what the user wrote until the editor has saved, then what QuantConnect made of it', () => {
    const file = new DocumentFile(version('a'), { updated: 20 }, 0);
    file.saved(version('mine'), 21, version('theirs'));
    const savedAt = file.modifiedAt;
    expect(file.current.text).toBe('mine');
    expect(file.finishSave('mine')).toBe(true);
    expect(file.current.text).toBe('theirs');
    expect(file.modifiedAt).toBeGreaterThan(savedAt);
    expect(file.finishSave('theirs')).toBe(false);
  });

  it('stays what was saved when the user typed on during the save', () => {
    const file = new DocumentFile(version('a'), { updated: 20 }, 0);
    file.saved(version('mine'), 21, version('theirs'));
    expect(file.isVersion('mine')).toBe(true);
    expect(file.isVersion('mine and more')).toBe(false);
    expect(file.finishSave('mine and more')).toBe(false);
    expect([file.current.text, file.modifiedAt]).toEqual(['mine', 21]);
  });

  it('stays what the user wrote when QuantConnect took it as it was', () => {
    const file = new DocumentFile(version('a'), { updated: 20 }, 0);
    file.saved(version('mine'), 21, undefined);
    expect(file.finishSave('mine')).toBe(false);
    expect([file.current.text, file.base.text, file.modifiedAt]).toEqual(['mine', 'mine', 21]);
  });
});
