import * as vscode from 'vscode';
import { Lazy } from '../core/base/lazy';
import { say } from '../core/words/words';
import { LazyFiles, LazyTexts } from '../ui/lazyProviders';
import type { Conversations, ConversationsOptions } from './conversations';
import { FILE_SCHEME, TEXT_SCHEME } from './documents/schemes';
import { PAGE_COMMANDS, PANEL_TYPE } from './panel/panelIds';
import { TEXTS } from './texts';

/**
 * Registers with VS Code everything that reaches conversations from outside: restored panels and documents, and pages
 * whose extension host died. The code behind it loads with the first of them, or with the first command.
 */
export function lazyConversations(
  options: Omit<ConversationsOptions, 'followFiles' | 'followTexts'>,
): Lazy<Conversations> {
  const conversations: Lazy<Conversations> = new Lazy<Conversations>(async () => {
    const { Conversations } = await import('./conversations');
    return new Conversations({ ...options, followFiles: files.follow, followTexts: texts.follow });
  });
  const files: LazyFiles = new LazyFiles(
    FILE_SCHEME,
    { isCaseSensitive: true, isReadonly: true },
    async () => (await conversations.get()).documents,
  );
  const texts: LazyTexts = new LazyTexts(TEXT_SCHEME, async () => (await conversations.get()).toolTexts);
  // VS Code shows in the panel that it could not be restored, but not why.
  const reported = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      void options.feedback.failed(error, say(TEXTS.toOpen));
      throw error;
    }
  };
  const registered = vscode.Disposable.from(
    files,
    texts,
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (panel, state) =>
        reported(conversations.get().then(({ panels }) => panels.deserializeWebviewPanel(panel, state))),
    }),
    vscode.commands.registerCommand(PAGE_COMMANDS.reconnect, (saved: unknown) =>
      reported(conversations.get().then(({ panels }) => panels.reconnect(saved))),
    ),
  );
  return conversations.own(registered);
}
