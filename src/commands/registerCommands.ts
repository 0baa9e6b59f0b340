import * as vscode from 'vscode';
import { COMMAND_IDS, qualified, type CommandId } from '../core/commandIds';
import type { Command, CommandServices } from './command';
import { compareDeployments } from './compareDeployments';
import { copyId } from './copyId';
import { createAgent } from './createAgent';
import { createTask } from './createTask';
import { deleteAgent } from './deleteAgent';
import { deleteDeployment } from './deleteDeployment';
import { deleteTask } from './deleteTask';
import { deployPromptFile } from './deployPromptFile';
import { deployTask } from './deployTask';
import { duplicateAgent } from './duplicateAgent';
import { duplicateTask } from './duplicateTask';
import { editAgent } from './editAgent';
import { exportConversation } from './exportConversation';
import { openConversation } from './openConversation';
import { openOnWeb } from './openOnWeb';
import { openSettings } from './openSettings';
import { openTranscript } from './openTranscript';
import { openWrittenFiles } from './openWrittenFiles';
import { promptDeployment } from './promptDeployment';
import { refresh } from './refresh';
import { renameAgent } from './renameAgent';
import { renameTask } from './renameTask';
import { setProviderToken } from './setProviderToken';
import { showLog } from './showLog';
import { signIn } from './signIn';
import { signOut } from './signOut';
import { rowOf } from './targets';
import { stopDeployment } from './stopDeployment';
import { switchOrganization } from './switchOrganization';
import { trySandbox } from './trySandbox';
import { useLeanCredentials } from './useLeanCredentials';

const COMMANDS: Readonly<Record<CommandId, Command>> = {
  signIn,
  useLeanCredentials,
  trySandbox,
  signOut,
  switchOrganization,
  refresh,
  createAgent,
  editAgent,
  renameAgent,
  duplicateAgent,
  deleteAgent,
  setProviderToken,
  createTask,
  renameTask,
  duplicateTask,
  deleteTask,
  deployTask,
  openConversation,
  promptDeployment,
  stopDeployment,
  deleteDeployment,
  openWrittenFiles,
  openTranscript,
  exportConversation,
  compareDeployments,
  deployPromptFile,
  openOnWeb,
  copyId,
  showLog,
  openSettings,
};

/** Registers every command. What one throws is shown to the user, in words, and goes no further. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const underWay = new Map<string, Promise<unknown>>();
  return vscode.Disposable.from(
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(qualified(id), (target: unknown) => {
        const row = rowOf(services, target);
        // A double click on a row's button is one wish: the second call joins the first.
        const key =
          !COMMANDS[id].runsAgain && typeof row === 'object' && row !== null && 'key' in row
            ? `${id} of ${String(row.key)}`
            : undefined;
        const running = key === undefined ? undefined : underWay.get(key);
        if (running) return running;
        const run = runCommand(COMMANDS[id], services, target);
        if (key !== undefined) {
          underWay.set(key, run);
          void run.finally(() => underWay.delete(key));
        }
        return run;
      }),
    ),
  );
}

async function runCommand(command: Command, services: CommandServices, target: unknown): Promise<unknown> {
  try {
    return await command.run(services, target);
  } catch (error) {
    // Not awaited: a notification that nobody closes must not keep the command under way.
    void services.feedback.failed(error, command.doing);
    return undefined;
  }
}
