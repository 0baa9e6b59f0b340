import { beforeEach, describe, expect, it } from 'vitest';
import { count } from '../../../../src/core/words/words';
import { render } from '../../../../src/core/words/render';
import { installTexts, text, textAround } from '../../../../webview-ui/shared/texts';

describe('texts of the page', () => {
  beforeEach(() => {
    const page = {
      close: 'Schließen',
      'prompt.tooLong': '{1} statt {0}, also {1}',
      'prompt.hintIdle': '{1} und {0}: senden',
    };
    const core = { language: 'de', texts: { 'count.file.other': '{0} Dateien' } };
    installTexts(JSON.stringify({ page, core }));
  });

  it('come from the HTML of the page, those of core among them', () => {
    expect(text('close')).toBe('Schließen');
    expect(render(count(1_200, 'file'), 'page')).toBe('1.200 Dateien');
  });

  it('have values in any order, as often as a translation wants, and read none of them as a placeholder', () => {
    expect(text('prompt.tooLong', '{1} $&', 7)).toBe('7 statt {1} $&, also 7');
  });

  it('have elements where the translation puts them', () => {
    const [enter, shift] = [{}, {}] as unknown as readonly [Node, Node];
    expect(textAround('prompt.hintIdle', enter, shift)).toEqual([shift, ' und ', enter, ': senden']);
  });

  it('are their keys where the HTML has none', () => {
    expect(text('copied')).toBe('copied');
  });
});
