import * as vscode from 'vscode';
import { Lazy } from '../core/base/lazy';
import { say } from '../core/words/words';
import { loadForDocuments } from '../ui/lazyProviders';
import { isPromptDocument } from './promptDocument';
import type { PromptFileDependencies, PromptFiles } from './promptFiles';
import { TEXTS } from './texts';

/** Loads the code for prompt files when one is open, when a file is renamed, or with the first command. */
export function lazyPromptFiles(dependencies: Omit<PromptFileDependencies, 'pick'>): Lazy<PromptFiles> {
  const files = new Lazy<PromptFiles>(async () => {
    const [{ PromptFiles }, { Pickers }] = await Promise.all([import('./promptFiles'), import('../ui/pickers')]);
    return new PromptFiles({ ...dependencies, pick: new Pickers() });
  });
  const registered = vscode.Disposable.from(
    loadForDocuments(files, isPromptDocument, dependencies.feedback, say(TEXTS.toCheck)),
    vscode.workspace.onDidRenameFiles(async (renames) => {
      // Once loaded, it listens for renames itself.
      if (files.current) return;
      try {
        await (await files.get()).followRenames(renames);
      } catch (error) {
        await dependencies.feedback.failed(error, say(TEXTS.toFollowRename));
      }
    }),
  );
  return files.own(registered);
}
