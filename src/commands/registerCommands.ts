import * as vscode from 'vscode';
import { Later } from '../core/base/later';
import { COMMAND_IDS, qualified } from '../core/commandIds';
import { say } from '../core/words/words';
import type { CommandServices } from './command';

/**
 * Registers every command. What they do loads with the first call of one. What a call means is read at once: while the
 * command loads, the user can select another row or editor.
 */
export function registerCommands(services: Omit<CommandServices, 'pickers'>): vscode.Disposable {
  const runner = new Later(async () => new (await import('./commandRunner')).CommandRunner(services));
  return vscode.Disposable.from(
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(qualified(id), async (target: unknown) => {
        const row = target === 'selection' ? services.explorer.selected : target;
        const editor = vscode.window.activeTextEditor?.document.uri;
        try {
          return await (await runner.get()).run(id, row, editor);
        } catch (error) {
          // Commands tell of their own failures: this is about loading them.
          void services.feedback.failed(error, say('run the command'));
          return undefined;
        }
      }),
    ),
  );
}
