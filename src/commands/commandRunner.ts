import type { CommandId } from '../core/commandIds';
import { Pickers } from '../ui/pickers';
import type { Call } from './call';
import type { AnyCommand, CommandServices } from './command';
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
import { namedThing, runOnTarget } from './targets';
import { trySandbox } from './trySandbox';
import { useLeanCredentials } from './useLeanCredentials';

const COMMANDS: Readonly<Record<CommandId, AnyCommand>> = {
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

/** Runs commands. Shows the user what a command throws. */
export class CommandRunner {
  private readonly services: CommandServices;
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(services: Omit<CommandServices, 'pickers'>) {
    this.services = { pickers: new Pickers(), ...services };
  }

  /** Never rejects. */
  run(id: CommandId, call: Call): Promise<unknown> {
    const command = COMMANDS[id];
    const named = command.runsAgain ? undefined : namedThing(call);
    if (named === undefined) return this.runOnce(command, call);
    // A double click on a row's button is one wish.
    const key = `${id} of ${named}`;
    const running = this.underWay.get(key);
    if (running) return running;
    const run = this.runOnce(command, call).finally(() => this.underWay.delete(key));
    this.underWay.set(key, run);
    return run;
  }

  private async runOnce(command: AnyCommand, call: Call): Promise<unknown> {
    try {
      return await runOnTarget(this.services, command, call);
    } catch (error) {
      // Not awaited: the command ends here, also where nobody closes the notification.
      void this.services.feedback.failed(error, command.doing);
      return undefined;
    }
  }
}
