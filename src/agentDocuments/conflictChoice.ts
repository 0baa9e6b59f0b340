import * as vscode from 'vscode';
import { given, joined, say } from '../core/words/words';
import { warn } from '../ui/messages';
import { showDifference } from '../ui/titles';
import type { Conflict } from './agentSaves';
import { showsText, tabsOf } from '../ui/tabs';
import type { OpenAgents } from './openAgents';
import { openDocument, replaceText } from './openDocuments';
import type { OwnSaves } from './ownSaves';
import { TEXTS } from './texts';

/** Asks which version to keep. Undefined: the user decides later. */
export type AskAboutConflict = (conflict: Conflict) => Promise<'mine' | 'theirs' | undefined>;

/** Asks with a notification, not a dialog, so that the user can read the comparison and edit before the answer. */
export const askByNotification: AskAboutConflict = async ({ theirs, fields }) => {
  const words = joined([say(TEXTS.conflict, theirs.name, joined(fields.map(given), ', ')), say(TEXTS.conflictHint)]);
  return warn(words, { mine: TEXTS.keepMine, theirs: TEXTS.useTheirs });
};

/**
 * Shows both versions of an agent that changed here and at QuantConnect, and does what the user chooses. If a document
 * has several questions open, only the newest counts.
 */
export class ConflictChoices {
  private readonly newest = new Map<string, Conflict>();

  constructor(
    private readonly open: OpenAgents,
    private readonly ownSaves: OwnSaves,
    private readonly ask: AskAboutConflict,
  ) {}

  async settle(conflict: Conflict): Promise<void> {
    const { uri, theirs, session } = conflict;
    const key = uri.toString();
    this.newest.set(key, conflict);
    const { uri: theirsUri, version } = await this.open.addTheirs(theirs, session);
    await this.closeComparisons(uri);
    await showDifference(theirsUri, uri, say(TEXTS.conflictTitle, theirs.name), { preview: false });
    const choice = await this.ask(conflict);
    if (this.newest.get(key) !== conflict) return;
    this.newest.delete(key);
    const document = openDocument(uri);
    if (choice === undefined || !document) return;
    // With their version as the base, there is no conflict any more. The save sends what differs from it.
    this.open.rebase(uri, version);
    if (choice === 'theirs') {
      this.ownSaves.forgetCleanUp(uri);
      await replaceText(document, version.text);
    }
    await this.closeComparisons(uri);
    await document.save();
  }

  private async closeComparisons(uri: vscode.Uri): Promise<void> {
    const comparisons = tabsOf(
      (input) =>
        input instanceof vscode.TabInputTextDiff &&
        input.modified.toString() === uri.toString() &&
        input.original.path.startsWith('/theirs/'),
    );
    if (comparisons.length === 0) return;
    // If the last tab of a document with unsaved changes closes, VS Code asks what to do with them.
    if (tabsOf((input) => showsText(input, uri)).length === 0)
      await vscode.window.showTextDocument(uri, { preview: false });
    await vscode.window.tabGroups.close(comparisons);
  }
}
