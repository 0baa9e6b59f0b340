import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConflictChoice, SaveAllChoice, SaveFolder } from '../../../../src/conversation/documents/saveQuestions';
import { WrittenFiles } from '../../../../src/conversation/documents/writtenFiles';
import type { ConversationDocuments } from '../../../../src/conversation/documents/conversationDocuments';
import { writtenFiles, type WrittenFile } from '../../../../src/core/conversation/files/files';
import type { ConversationRecord } from '../../../../src/core/conversation/documents/record';
import { render } from '../../../../src/core/words/render';
import { answer, message, tool } from '../../../support/conversations';

/** A workspace in memory, with the editors in it, and what the user was shown. */
const workspace = vi.hoisted(() => ({
  files: new Map<string, string>(),
  unsaved: new Map<string, string>(),
  shown: [] as unknown[],
}));

vi.mock('vscode', () => {
  class FileSystemError extends Error {
    readonly code = 'FileNotFound';
  }
  const at = (path: string): string =>
    workspace.files.get(path) ??
    (() => {
      throw new FileSystemError(path);
    })();
  const namesBelow = (folder: string): [string, number][] => {
    const below = [...workspace.files.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1));
    return [...new Set(below.map((path) => path.split('/')[0] ?? ''))].map((name) => [
      name,
      below.includes(name) ? 1 : 2,
    ]);
  };
  interface Place {
    readonly path: string;
    toString(): string;
  }
  const place = (path: string): Place => ({ path, toString: () => path });
  class WorkspaceEdit {
    created: { readonly path: string; readonly contents: Uint8Array } | undefined;
    createFile({ path }: Place, { contents }: { contents: Uint8Array }): void {
      this.created = { path, contents };
    }
  }
  return {
    l10n: { t: (text: string) => text },
    FileSystemError,
    WorkspaceEdit,
    FileType: { File: 1, Directory: 2, SymbolicLink: 64 },
    Uri: { file: place, joinPath: ({ path }: Place, ...segments: string[]) => place([path, ...segments].join('/')) },
    commands: { executeCommand: (...command: unknown[]) => Promise.resolve(workspace.shown.push(command[0])) },
    window: { showTextDocument: () => Promise.resolve() },
    workspace: {
      get textDocuments() {
        return [...workspace.unsaved].map(([path, text]) => ({ isDirty: true, uri: place(path), getText: () => text }));
      },
      applyEdit: ({ created }: WorkspaceEdit) => {
        if (created) workspace.files.set(created.path, new TextDecoder().decode(created.contents));
        return Promise.resolve(created !== undefined);
      },
      fs: {
        stat: async ({ path }: Place) => Promise.resolve({ type: namesBelow(path).length > 0 ? 2 : at(path) && 1 }),
        readDirectory: async ({ path }: Place) => Promise.resolve(namesBelow(path)),
        readFile: async ({ path }: Place) => Promise.resolve(new TextEncoder().encode(at(path))),
        writeFile: ({ path }: Place, bytes: Uint8Array) =>
          Promise.resolve(workspace.files.set(path, new TextDecoder().decode(bytes))),
      },
    },
  };
});

const FOLDER = {
  path: '/folder',
  fsPath: '/folder',
  scheme: 'file',
  toString: () => '/folder',
} as unknown as vscode.Uri;
const RECORD = { facts: { deploymentId: 'A-1', taskName: 'Momentum' } } as ConversationRecord;
const MAIN = '/folder/Momentum/main.py';
const wrote = (...paths: readonly string[]): readonly WrittenFile[] =>
  writtenFiles([
    message(
      'm1',
      'assistant',
      ...paths.map((filePath) =>
        tool('create_file', {
          input: { filePath, content: `the agent’s ${filePath}` },
          output: answer({ success: true }),
        }),
      ),
    ),
  ]);
const ALL = wrote('main.py', 'second.py');
const [FILE] = ALL as [WrittenFile];

/** What the user answers, one after the other, and what happens in the workspace before the answer. */
let conflicts: ConflictChoice[];
let choices: SaveAllChoice[];
let whileLooking: () => void;
let asked: { readonly isDirty: boolean; readonly hasChanged: boolean }[];
/** The modal questions before files are saved, and the places that were offered. */
let questions: string[];
let offered: (readonly SaveFolder[])[];
let place: SaveFolder | undefined;
let actsAnyway: boolean;
let told: string[];
let files: WrittenFiles;

beforeEach(() => {
  for (const held of [workspace.files, workspace.unsaved]) held.clear();
  workspace.shown.length = 0;
  [conflicts, choices, asked, questions, offered, told, whileLooking, actsAnyway] = [
    [],
    [],
    [],
    [],
    [],
    [],
    () => {},
    false,
  ];
  place = { base: FOLDER, below: 'Momentum' };
  files = new WrittenFiles({ uri: () => FOLDER } as unknown as ConversationDocuments, {
    roots: () => [FOLDER],
    place: (places) => {
      offered.push(places);
      return Promise.resolve(place);
    },
    saveAll: ({ message: words, detail }) => {
      questions.push(`${render(words, 'dialog')}\n${render(detail, 'dialogDetail')}`);
      return Promise.resolve(choices.shift());
    },
    saveActing: (path, acting) => {
      questions.push(`${path}: ${acting}`);
      return Promise.resolve(actsAnyway);
    },
    conflict: (_name, _version, conflict) => {
      asked.push(conflict);
      return Promise.resolve(conflicts.shift());
    },
    overwrite: () => {
      whileLooking();
      return Promise.resolve(true);
    },
    report: (sentence) => {
      told.push(render(sentence, 'notification'));
    },
  });
});

const save = (): Promise<void> => files.save(RECORD, FILE, FILE.versions[0]!);

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
    expect(asked).toEqual([
      { isDirty: false, hasChanged: false },
      { isDirty: false, hasChanged: true },
    ]);
  });

  it('is asked for again when an editor has unsaved changes that were not there, or other ones', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference', 'difference'];
    whileLooking = () => workspace.unsaved.set(MAIN, `${workspace.unsaved.get(MAIN) ?? ''}unsaved `);
    await save();
    expect(workspace.files.get(MAIN)).toBe('mine');
    expect(asked).toEqual([
      { isDirty: false, hasChanged: false },
      { isDirty: true, hasChanged: true },
      { isDirty: true, hasChanged: true },
    ]);
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
  it('are saved except one whose difference the user looks at, and the result says so', async () => {
    workspace.files.set(MAIN, 'mine');
    conflicts = ['difference'];
    choices = ['save'];
    whileLooking = () => {
      throw new Error('nobody is waited for');
    };
    await files.saveAll(RECORD, ALL);
    expect([workspace.files.get(MAIN), workspace.files.get('/folder/Momentum/second.py')]).toEqual([
      'mine',
      'the agent’s second.py',
    ]);
    expect(workspace.shown).toEqual(['vscode.diff']);
    expect(told).toEqual([
      '1 of 2 files saved. Not saved: “main.py” differs as shown. To replace it, save it by itself.',
    ]);
  });

  it('go below the task’s folder, after a question that shows them and the folder', async () => {
    await files.saveAll(RECORD, ALL);
    expect([...workspace.files]).toEqual([]);
    expect(questions).toEqual([expect.stringMatching(/Folder: .*Momentum[^]*main\.py\nsecond\.py/)]);
    choices = ['save'];
    await files.saveAll(RECORD, ALL);
    expect([...workspace.files.keys()]).toEqual([MAIN, '/folder/Momentum/second.py']);
  });

  it('leave out what tools run or obey, and say which tool', async () => {
    choices = ['save', 'saveActing'];
    await files.saveAll(RECORD, wrote('main.py', 'conftest.py', 'package.json'));
    expect(questions[0]).toMatch(/without asking:\nconftest\.py: pytest runs it\npackage\.json: npm/);
    expect([...workspace.files.keys()]).toEqual([MAIN]);
    expect(told).toEqual(['1 of 3 files saved. Left out: “conftest.py”, “package.json”.']);
    await files.saveAll(RECORD, wrote('main.py', 'conftest.py', 'package.json'));
    expect([...workspace.files.keys()]).toEqual([
      MAIN,
      '/folder/Momentum/conftest.py',
      '/folder/Momentum/package.json',
    ]);
  });

  it('go where the user says, and there again the next time', async () => {
    place = { base: FOLDER, below: '' };
    choices = ['elsewhere', 'save', 'save'];
    await files.saveAll(RECORD, ALL);
    expect([...workspace.files.keys()]).toEqual(['/folder/main.py', '/folder/second.py']);
    await files.saveAll(RECORD, wrote('third.py'));
    expect(workspace.files.has('/folder/third.py')).toBe(true);
    place = undefined;
    choices = ['elsewhere'];
    await files.saveAll(RECORD, wrote('fourth.py'));
    expect([questions.length, workspace.files.has('/folder/fourth.py')]).toEqual([5, false]);
  });

  it('are not asked for where none can be saved', async () => {
    await files.saveAll(RECORD, wrote('../x.py'));
    expect([questions, told]).toEqual([[], ['0 of 1 file saved. Not saved: “../x.py” leads out of the folder.']]);
  });

  it('are not written into a folder that git may take for a repository, or over another spelling', async () => {
    workspace.files.set('/folder/Momentum/research/HEAD', 'ref: refs/heads/x');
    workspace.files.set('/folder/Momentum/Main.py', 'mine');
    choices = ['saveActing'];
    await files.saveAll(RECORD, wrote('main.py', 'research/config', 'research/objects/x', 'other.py'));
    expect([...workspace.files.keys()].slice(2)).toEqual(['/folder/Momentum/other.py']);
    expect(told[0]).toMatch(/^1 of 4 files saved\. Not saved: .*exists as “Main\.py”.*“HEAD”/);
  });
});

describe('One file', () => {
  it('is saved where the user says, who gets the task’s folder first', async () => {
    await save();
    expect(offered).toEqual([
      [
        { base: FOLDER, below: 'Momentum' },
        { base: FOLDER, below: '' },
      ],
    ]);
    expect([...workspace.files.keys()]).toEqual([MAIN]);
  });

  it('is not saved where the user gives up', async () => {
    place = undefined;
    await save();
    expect([...workspace.files, ...told]).toEqual([]);
  });

  it('that a tool acts on is saved after one more question', async () => {
    const [acting] = wrote('conftest.py') as [WrittenFile];
    await files.save(RECORD, acting, acting.versions[0]!);
    expect([questions, [...workspace.files]]).toEqual([['conftest.py: pytest runs it'], []]);
    actsAnyway = true;
    await files.save(RECORD, acting, acting.versions[0]!);
    expect([...workspace.files.keys()]).toEqual(['/folder/Momentum/conftest.py']);
  });
});
