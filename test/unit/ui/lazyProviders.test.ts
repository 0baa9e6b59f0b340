import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../../src/core/base/events';
import { Lazy } from '../../../src/core/base/lazy';
import { say } from '../../../src/core/words/words';
import { LazyFiles, loadForDocuments } from '../../../src/ui/lazyProviders';

const host = vi.hoisted(() => ({
  opened: new Set<(document: unknown) => void>(),
  openAlready: [] as unknown[],
}));

vi.mock('vscode', async () => ({
  ...(await import('../../support/vscodeStub')),
  Disposable: class {
    static from = (...all: { dispose(): void }[]) => ({
      dispose: () => {
        for (const one of all) one.dispose();
      },
    });
    constructor(readonly dispose: () => void) {}
  },
  workspace: {
    registerFileSystemProvider: () => ({ dispose: () => undefined }),
    get textDocuments() {
      return host.openAlready;
    },
    onDidOpenTextDocument: (listener: (document: unknown) => void) => {
      host.opened.add(listener);
      return { dispose: () => host.opened.delete(listener) };
    },
  },
}));

beforeEach(() => {
  host.opened.clear();
  host.openAlready = [];
});

describe('LazyFiles', () => {
  const uri = { path: '/a' } as vscode.Uri;
  const changed = new Emitter<vscode.FileChangeEvent[]>();
  const provider = {
    onDidChangeFile: changed.event,
    readFile: () => Buffer.from('text'),
    createDirectory: () => {
      throw new Error('no folders here');
    },
  } as unknown as vscode.FileSystemProvider;

  it('loads its provider with the first request and asks that', async () => {
    let loads = 0;
    const files = new LazyFiles('lazy', { isCaseSensitive: true }, () => {
      loads++;
      return Promise.resolve(provider);
    });
    files.watch();
    expect(loads).toBe(0);
    expect(Buffer.from(await files.readFile(uri)).toString()).toBe('text');
    expect(loads).toBe(1);
  });

  it('rejects what its provider refuses, and what cannot be loaded', async () => {
    const files = new LazyFiles('lazy', { isCaseSensitive: true }, () => Promise.resolve(provider));
    await expect(files.createDirectory(uri)).rejects.toThrow('no folders here');
    const broken = new LazyFiles('lazy', { isCaseSensitive: true }, () => Promise.reject(new Error('no such file')));
    await expect(broken.stat(uri)).rejects.toThrow('no such file');
  });

  it('passes on which files change, until that ends', () => {
    const files = new LazyFiles('lazy', { isCaseSensitive: true }, () => Promise.resolve(provider));
    const heard: unknown[] = [];
    files.onDidChangeFile((changes) => heard.push(changes));
    const following = files.follow(provider);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- VS Code's enums are not there
    changed.fire([{ type: 1, uri }]);
    following.dispose();
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- VS Code's enums are not there
    changed.fire([{ type: 1, uri }]);
    expect(heard).toEqual([[{ type: 1, uri }]]);
  });
});

describe('loadForDocuments', () => {
  const failures: unknown[] = [];
  const feedback = {
    failed: (error: unknown) => {
      failures.push(error);
      return Promise.resolve();
    },
  };
  const isAbout = (document: unknown): boolean => document === 'mine';
  const open = (document: unknown): void => {
    for (const listener of host.opened) listener(document);
  };
  const watch = (feature: Lazy<object>): vscode.Disposable =>
    loadForDocuments(feature, isAbout, feedback, say('check the file'));

  beforeEach(() => {
    failures.length = 0;
  });

  it('loads the feature for a document that opens, and for no other', async () => {
    const feature = new Lazy(() => Promise.resolve({}));
    watch(feature);
    open('another');
    await new Promise(setImmediate);
    expect(feature.current).toBeUndefined();
    open('mine');
    await expect.poll(() => feature.current).toBeDefined();
  });

  it('loads the feature for a document that is open already, after activation', async () => {
    host.openAlready = ['mine'];
    const feature = new Lazy(() => Promise.resolve({}));
    watch(feature);
    expect(feature.current).toBeUndefined();
    await expect.poll(() => feature.current).toBeDefined();
  });

  it('tells once that the feature cannot be loaded', async () => {
    watch(new Lazy(() => Promise.reject(new Error('no such file'))));
    open('mine');
    open('mine');
    await expect.poll(() => failures.length).toBe(1);
    open('mine');
    await new Promise(setImmediate);
    expect(failures).toEqual([new Error('no such file')]);
  });
});
