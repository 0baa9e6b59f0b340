import * as vscode from 'vscode';
import { Lazy } from '../core/base/lazy';
import { COMMAND_IDS, qualified } from '../core/commandIds';
import { say } from '../core/words/words';
import type { Call } from './call';
import type { CommandServices } from './command';
import { TEXTS } from './texts';

/** Keys in the tree pass this, because VS Code passes no row to a key. */
const SELECTION = 'selection';

type Services = Omit<CommandServices, 'pickers'>;

/** Registers every command. The code of the commands loads with the first call. */
export function registerCommands(services: Services): vscode.Disposable {
  const runner = new Lazy(async () => new (await import('./commandRunner')).CommandRunner(services));
  return vscode.Disposable.from(
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(qualified(id), async (argument: unknown) => {
        // Before anything loads: another row or editor can come to the front meanwhile.
        const call = callWith(argument, services);
        try {
          return await (await runner.get()).run(id, call);
        } catch (error) {
          // The runner reports what a command throws. This is about loading it.
          void services.feedback.failed(error, say(TEXTS.toRun));
          return undefined;
        }
      }),
    ),
  );
}

function callWith(argument: unknown, { explorer, conversations }: Services): Call {
  const selectedRow = explorer.selected;
  return {
    argument: argument === SELECTION ? selectedRow : argument,
    selectedRow,
    inFront: conversations.current?.panels.inFront,
    editor: vscode.window.activeTextEditor?.document.uri,
  };
}
