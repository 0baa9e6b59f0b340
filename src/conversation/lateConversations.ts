import * as vscode from 'vscode';
import { Later } from '../core/base/later';
import { say } from '../core/words/words';
import { LateFiles, LateTexts } from '../ui/lateProviders';
import type { Conversations, ConversationsOptions } from './conversations';
import { FILE_SCHEME, TEXT_SCHEME } from './documents/schemes';
import { PAGE_COMMANDS, PANEL_TYPE } from './panel/panelIds';

/**
 * Registers with VS Code what reaches conversations from outside: panels and documents that VS Code restores, and pages
 * whose extension host died. All else loads with the first of them, or with the first command.
 */
export function lateConversations(
  options: Omit<ConversationsOptions, 'followFiles' | 'followTexts'>,
): Later<Conversations> {
  const conversations: Later<Conversations> = new Later<Conversations>(async () => {
    const { Conversations } = await import('./conversations');
    return new Conversations({ ...options, followFiles: files.follow, followTexts: texts.follow });
  });
  const files: LateFiles = new LateFiles(
    FILE_SCHEME,
    { isCaseSensitive: true, isReadonly: true },
    async () => (await conversations.get()).documents,
  );
  const texts: LateTexts = new LateTexts(TEXT_SCHEME, async () => (await conversations.get()).toolTexts);
  // VS Code says in a panel that it could not be restored, but not why.
  const told = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      void options.feedback.failed(error, say('open the conversation'));
      throw error;
    }
  };
  const registered = vscode.Disposable.from(
    files,
    texts,
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (panel, state) =>
        told(conversations.get().then(({ panels }) => panels.deserializeWebviewPanel(panel, state))),
    }),
    vscode.commands.registerCommand(PAGE_COMMANDS.takeOver, (saved: unknown) =>
      told(conversations.get().then(({ panels }) => panels.takeOver(saved))),
    ),
  );
  return conversations.own(registered);
}
