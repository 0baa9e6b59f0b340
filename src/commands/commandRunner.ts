import type { Uri } from 'vscode';
import type { CommandId } from '../core/commandIds';
import { Pickers } from '../ui/pickers';
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

/** Runs commands. What one throws is shown to the user, in words, and goes no further. */
export class CommandRunner {
  private readonly services: CommandServices;
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(services: Omit<CommandServices, 'pickers'>) {
    this.services = { pickers: new Pickers(), ...services };
  }

  /** See {@link Command.run}. */
  run(id: CommandId, target: unknown, editor: Uri | undefined): Promise<unknown> {
    // A double click on a row's button is one wish: the second call joins the first.
    const key =
      !COMMANDS[id].runsAgain && typeof target === 'object' && target !== null && 'key' in target
        ? `${id} of ${String(target.key)}`
        : undefined;
    const running = key === undefined ? undefined : this.underWay.get(key);
    if (running) return running;
    const run = this.runOnce(COMMANDS[id], target, editor);
    if (key !== undefined) {
      this.underWay.set(key, run);
      void run.finally(() => this.underWay.delete(key));
    }
    return run;
  }

  private async runOnce(command: Command, target: unknown, editor: Uri | undefined): Promise<unknown> {
    try {
      return await command.run(this.services, target, editor);
    } catch (error) {
      // Not awaited: a notification that nobody closes must not keep the command under way.
      void this.services.feedback.failed(error, command.doing);
      return undefined;
    }
  }
}
