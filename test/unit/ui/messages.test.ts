import { beforeEach, describe, expect, it, vi } from 'vitest';
import { textTable } from '../../../src/core/words/texts';
import { english } from '../../../src/core/words/words';
import { ask, confirmDestruction, inform } from '../../../src/ui/messages';

const vscode = vi.hoisted(() => ({ shown: [] as unknown[][], pressed: undefined as string | undefined }));

vi.mock('vscode', () => {
  const show = (...all: unknown[]): Promise<string | undefined> => {
    vscode.shown.push(all);
    return Promise.resolve(vscode.pressed);
  };
  return { window: { showInformationMessage: show, showWarningMessage: show, showErrorMessage: show } };
});

const LABELS = textTable({ keep: 'Behalten', use: 'Übernehmen' });
const question = english('Which one?');

beforeEach(() => {
  vscode.shown.length = 0;
});

describe('The buttons of a message', () => {
  it('are shown by their texts in the given order, and answer with their names', async () => {
    vscode.pressed = 'Übernehmen';
    expect(await inform(question, { keep: LABELS.keep, use: LABELS.use })).toBe('use');
    expect(vscode.shown).toEqual([['Which one?', 'Behalten', 'Übernehmen']]);
  });

  it('answer with nothing when the message was closed, or has none', async () => {
    vscode.pressed = undefined;
    expect(await ask(question, { detail: question }, { keep: LABELS.keep })).toBeUndefined();
    await expect(inform(question)).resolves.toBeUndefined();
    expect(await confirmDestruction(question, question, LABELS.keep)).toBe(false);
  });

  it('confirm a destruction only when they are pressed', async () => {
    vscode.pressed = 'Behalten';
    expect(await confirmDestruction(question, question, LABELS.keep)).toBe(true);
  });
});
