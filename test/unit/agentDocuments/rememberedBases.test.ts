import { describe, expect, it } from 'vitest';
import type { Uri } from 'vscode';
import { RememberedBases } from '../../../src/agentDocuments/rememberedBases';
import { conflicts } from '../../../src/core/agentFile/changes';
import { parseAgentDocument } from '../../../src/core/agentFile/parse';
import { STORED_BYTES } from '../../../src/core/base/limits';
import { memento } from '../../support/memories';

const uri = (path: string): Uri => ({ toString: () => path }) as Uri;
const documentSaying = (prompt: string): string => `---\nname: Mia\n---\n\n${prompt}\n`;

describe('RememberedBases', () => {
  it('remembers what a document was made from, across windows', () => {
    const memory = memento();
    new RememberedBases(memory).remember(uri('a'), documentSaying('One'));
    expect(new RememberedBases(memory).recall(uri('a'))).toBe(documentSaying('One'));
  });

  it('stays within its limit, and still lets no change be overwritten without asking', () => {
    const memory = memento();
    const bases = new RememberedBases(memory);
    bases.remember(uri('small'), documentSaying('One'));
    bases.remember(uri('large'), documentSaying('x'.repeat(STORED_BYTES.documentBases)));
    expect(JSON.stringify(memory.entries()).length).toBeLessThan(STORED_BYTES.documentBases);
    for (const name of ['small', 'large']) {
      const base = new RememberedBases(memory).recall(uri(name));
      expect(base).toBeDefined();
      const theirs = { name: 'Mia', systemPrompt: 'What somebody else wrote' };
      const mine = { name: 'Mia', systemPrompt: 'What the user wrote' };
      expect(conflicts(parseAgentDocument(base ?? '').fields, theirs, mine)).toEqual(['systemPrompt']);
    }
  });

  it('forgets a document', () => {
    const memory = memento();
    const bases = new RememberedBases(memory);
    bases.remember(uri('a'), documentSaying('One'));
    bases.forget(uri('a'));
    expect(bases.recall(uri('a'))).toBeUndefined();
  });
});
