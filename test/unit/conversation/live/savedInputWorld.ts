/** What the tests of kept conversations share: three deployments, outboxes, and the files that stand for them. */
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { inputFileName } from '../../../../src/conversation/live/readSavedInputs';
import { EMPTY_OUTBOX, addQueued, type Outbox } from '../../../../src/core/conversation/queue/outbox';
import type { Workspace } from '../../../support/savedInputFolders';

export const [A, B, C] = [
  'A-11111111111111111111111111111111',
  'A-22222222222222222222222222222222',
  'A-33333333333333333333333333333333',
] as const;

export const prompt = (clientId: string, text = clientId) => ({ clientId, text, at: 1 });
export const queueOf = (...texts: readonly string[]): Outbox =>
  texts.reduce((outbox, text) => addQueued(outbox, prompt(text), []), EMPTY_OUTBOX);
export const states = (memory: ConversationMemory, id: string): readonly string[] =>
  memory.outbox(id).entries.map(({ text, state }) => `${text} ${state}`);
export const folderOf = ({ root }: Workspace, name = '1'): string => path.join(root, name);
export const fileOf = (within: Workspace, id: string): string =>
  path.join(folderOf(within), `${inputFileName(id)}.json`);
export const files = (within: Workspace, name = '1'): readonly string[] => readdirSync(folderOf(within, name)).sort();
