import type * as vscode from 'vscode';
import { describe, expect, it } from 'vitest';
import { CreatedDrafts } from '../../../src/agentDocuments/createdDrafts';
import { memento } from '../../support/memories';

const draft = (name: string): vscode.Uri => ({ toString: () => `quantagents://o/new/${name}` }) as vscode.Uri;

describe('CreatedDrafts', () => {
  it('knows after a window reload which agent a draft has become', () => {
    const memory = memento();
    const drafts = new CreatedDrafts(memory);
    expect(drafts.agentIdOf(draft('a'))).toBeUndefined();
    drafts.remember(draft('a'), 47);
    expect(drafts.agentIdOf(draft('a'))).toBe(47);
    expect(new CreatedDrafts(memory).agentIdOf(draft('a'))).toBe(47);
    expect(new CreatedDrafts(memory).agentIdOf(draft('b'))).toBeUndefined();
  });

  it('remembers the newest drafts only, and no stored value of another kind', async () => {
    const memory = memento();
    const drafts = new CreatedDrafts(memory);
    for (let id = 0; id < 60; id++) drafts.remember(draft(String(id)), id);
    const reloaded = new CreatedDrafts(memory);
    expect([reloaded.agentIdOf(draft('0')), reloaded.agentIdOf(draft('59'))]).toEqual([undefined, 59]);
    await memory.update('quantAgents.createdDrafts', { [draft('x').toString()]: 'many' });
    expect(new CreatedDrafts(memory).agentIdOf(draft('x'))).toBeUndefined();
  });
});
