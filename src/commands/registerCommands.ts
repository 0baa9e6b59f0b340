import * as vscode from 'vscode';
import { COMMAND_IDS, qualified, type CommandId } from './commandIds';
import type { Command, CommandServices } from './command';
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
import { openConversation } from './openConversation';
import { openOnWeb } from './openOnWeb';
import { promptDeployment } from './promptDeployment';
import { refresh } from './refresh';
import { renameAgent } from './renameAgent';
import { renameTask } from './renameTask';
import { setProviderToken } from './setProviderToken';
import { showLog } from './showLog';
import { signIn } from './signIn';
import { signOut } from './signOut';
import { stopDeployment } from './stopDeployment';
import { switchOrganization } from './switchOrganization';
import { trySandbox } from './trySandbox';
import { useLeanCredentials } from './useLeanCredentials';

const COMMANDS: Readonly<Record<CommandId, Command>> = {
  signIn, useLeanCredentials, trySandbox, signOut, switchOrganization, refresh,
  createAgent, editAgent, renameAgent, duplicateAgent, deleteAgent, setProviderToken,
  createTask, renameTask, duplicateTask, deleteTask, deployTask,
  openConversation, promptDeployment, stopDeployment, deleteDeployment,
  deployPromptFile, openOnWeb, copyId, showLog,
};

/** Registers every command. What one throws is shown to the user, in words, and goes no further. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  return vscode.Disposable.from(...COMMAND_IDS.map((id) => {
    const command = COMMANDS[id];
    return vscode.commands.registerCommand(qualified(id), async (target: unknown) => {
      try {
        return await command.run(services, target);
      } catch (error) {
        await services.feedback.failed(error, command.doing);
        return undefined;
      }
    });
  }));
}
