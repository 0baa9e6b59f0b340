import { afterEach, describe, expect, it } from 'vitest';
import { render } from '../../../../src/core/words/render';
import { textLanguage, textTable, useTexts } from '../../../../src/core/words/texts';
import { count, say } from '../../../../src/core/words/words';
import { coreTexts } from '../../../../src/texts/coreTexts';

afterEach(() => useTexts(coreTexts()));

const shown = (amount: number): string => render(count(amount, 'task'), 'tree');

describe('useTexts', () => {
  it('gives each key its text in the language that was installed last', () => {
    const words = count(2, 'task');
    useTexts({ language: 'de', texts: { 'count.task.other': '{0} Aufgaben' } });
    expect(render(words, 'tree')).toBe('2 Aufgaben');
  });

  it('chooses plural and number as the language does', () => {
    useTexts({ language: 'ru', texts: { 'count.task.one': '{0} задача', 'count.task.other': '{0} задач' } });
    expect([1, 5, 21, 1_234_000].map(shown)).toEqual([
      '1 задача',
      '5 задач',
      '21 задача',
      '1\u00A0234\u00A0000 задач'.replaceAll('\u00A0', ' '),
    ]);
  });

  it('writes English where a language is none that Intl knows', () => {
    for (const language of ['not a tag', 'qps-ploc', '']) {
      useTexts({ ...coreTexts(), language });
      expect([1, 0, 1_234].map(shown)).toEqual(['1 task', '0 tasks', '1,234 tasks']);
      expect(textLanguage()).toBe('en');
    }
  });

  it('shows a key that has no text', () => {
    useTexts({ language: 'en', texts: {} });
    expect(shown(1)).toBe('count.task.one');
  });
});

describe('textTable', () => {
  it('makes templates of its texts', () => {
    const texts = textTable({ deleted: 'Deleted “{0}”.' });
    expect(render(say(texts.deleted, '{0}'), 'tree')).toBe('Deleted “{0}”.');
  });
});
