import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WrittenFiles, type ConflictChoice } from '../../../src/conversation/writtenFiles';
import type { ConversationDocuments } from '../../../src/conversation/conversationDocuments';
import { writtenFiles, type WrittenFile } from '../../../src/core/conversation/files';
import type { ConversationRecord } from '../../../src/core/conversation/record';
import { render } from '../../../src/core/words/render';
import { answer, message, tool } from '../../support/conversations';

/** A workspace in memory, with the editors in it, and what the user was shown. */
const workspace = vi.hoisted(() => ({ files: new Map<string, string>(), unsaved: new Map<string, string>(), shown: [] as unknown[] }));

vi.mock('vscode', () => {
  class FileSystemError extends Error {
    readonly code = 'FileNotFound';
  }
  const at = (path: string): string => workspace.files.get(path) ?? (() => { throw new FileSystemError(path); })();
  interface Place {
    readonly path: string;
    toString(): string;
  }
  const place = (path: string): Place => ({ path, toString: () => path });
  class WorkspaceEdit {
    created: { readonly path: string; readonly contents: Uint8Array } | undefined;
    createFile({ path }: Place, { contents }: { contents: Uint8Array }): void { this.created = { path, contents }; }
  }
  return {
    FileSystemError, WorkspaceEdit, FileType: { File: 1, Directory: 2, SymbolicLink: 64 },
    Uri: { file: place, joinPath: ({ path }: Place, ...segments: string[]) => place([path, ...segments].join('/')) },
    commands: { executeCommand: (...command: unknown[]) => Promise.resolve(workspace.shown.push(command[0])) },
    window: { showTextDocument: () => Promise.resolve() },
    workspace: {
      get textDocuments() { return [...workspace.unsaved].map(([path, text]) => ({ isDirty: true, uri: place(path), getText: () => text })); },
      applyEdit: ({ created }: WorkspaceEdit) => {
        if (created) workspace.files.set(created.path, new TextDecoder().decode(created.contents));
        return Promise.resolve(created !== undefined);
      },
      fs: {
        stat: async ({ path }: Place) => Promise.resolve({ type: at(path) && 1 }),
        readFile: async ({ path }: Place) => Promise.resolve(new TextEncoder().encode(at(path))),
        writeFile: ({ path }: Place, bytes: Uint8Array) => Promise.resolve(workspace.files.set(path, new TextDecoder().decode(bytes))),
      },
    },
  };
});

const FOLDER = { path: '/folder', toString: () => '/folder' } as unknown as vscode.Uri;
const MAIN = '/folder/main.py';
const ALL = writtenFiles([message('m1', 'assistant', ...['main.py', 'second.py'].map((filePath) => tool('create_file', { input: { filePath, content: `the agent’s ${filePath}` }, output: answer({ success: true }) })))]);
const [FILE] = ALL as [WrittenFile];

/** What the user answers, one after the other, and what happens in the workspace before the answer. */
let conflicts: ConflictChoice[];
let whileLooking: () => void;
let asked: { readonly isDirty: boolean; readonly hasChanged: boolean }[];
let told: string[];
let files: WrittenFiles;

beforeEach(() => {
  for (const held of [workspace.files, workspace.unsaved]) held.clear();
  workspace.shown.length = 0;
  [conflicts, asked, told, whileLooking] = [[], [], [], () => {}];
  files = new WrittenFiles({ uri: () => FOLDER } as unknown as ConversationDocuments, {
    folder: () => Promise.resolve(FOLDER),
    conflict: (_name, _version, conflict) => {
      asked.push(conflict);
      return Promise.resolve(conflicts.shift());
    },
    overwrite: () => {
      whileLooking();
      return Promise.resolve(true);
    },
    tell: (sentence) => { told.push(render(sentence, 'notification')); },
  });
});

const save = (): Promise<void> => files.save({} as ConversationRecord, FILE, FILE.versions[0]!);

describe('A file that is replaced after its difference was shown', () => {
  it('is replaced while it is what was shown', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference'];
    await save();
    expect(workspace.files.get(MAIN)).toBe('the agent’s main.py');
    expect([workspace.shown, asked]).toEqual([['vscode.diff'], [{ isDirty: false, hasChanged: false }]]);
  });

  it('is asked for again when it was saved with another text meanwhile', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference'];
    whileLooking = () => workspace.files.set(MAIN, 'mine, an hour later');
    await save();
    expect(workspace.files.get(MAIN)).toBe('mine, an hour later');
    expect(asked).toEqual([{ isDirty: false, hasChanged: false }, { isDirty: false, hasChanged: true }]);
  });

  it('is asked for again when an editor has unsaved changes that were not there, or other ones', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference', 'difference'];
    whileLooking = () => workspace.unsaved.set(MAIN, `${workspace.unsaved.get(MAIN) ?? ''}unsaved `);
    await save();
    expect(workspace.files.get(MAIN)).toBe('mine');
    expect(asked).toEqual([{ isDirty: false, hasChanged: false }, { isDirty: true, hasChanged: true }, { isDirty: true, hasChanged: true }]);
  });

  it('is replaced after a second yes', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference', 'overwrite'];
    whileLooking = () => workspace.files.set(MAIN, 'mine, an hour later');
    await save();
    expect(workspace.files.get(MAIN)).toBe('the agent’s main.py');
  });

  it('is made where it is gone by then', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference'];
    whileLooking = () => workspace.files.delete(MAIN);
    await save();
    expect(workspace.files.get(MAIN)).toBe('the agent’s main.py');
  });
});

describe('All files at once', () => {
  it('are saved but for one whose difference is looked at, and that is told', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference'];
    whileLooking = () => { throw new Error('nobody is waited for'); };
    await files.saveAll({} as ConversationRecord, ALL);
    expect([workspace.files.get(MAIN), workspace.files.get('/folder/second.py')]).toEqual(['mine', 'the agent’s second.py']);
    expect(workspace.shown).toEqual(['vscode.diff']);
    expect(told).toEqual(['1 of 2 files saved. Not saved: “main.py” differs as shown; save it by itself to replace it.']);
  });
});
