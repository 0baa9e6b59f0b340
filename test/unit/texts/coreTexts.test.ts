import { afterEach, describe, expect, it } from 'vitest';
import { coreTexts } from '../../../src/texts/coreTexts';
import { env, l10n } from '../../support/vscodeTexts';

afterEach(() => {
  Object.assign(l10n, { bundle: undefined });
  Object.assign(env, { language: 'en' });
});

describe('coreTexts', () => {
  it('has the language of VS Code where there is a translation', () => {
    Object.assign(l10n, { bundle: {} });
    Object.assign(env, { language: 'fr' });
    expect(coreTexts().language).toBe('fr');
  });

  it('is English without a translation, so that its plurals follow the rules of English', () => {
    Object.assign(env, { language: 'fr' });
    expect(coreTexts().language).toBe('en');
  });
});
