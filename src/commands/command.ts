import type { Uri } from 'vscode';
import type { Words } from '../core/words/words';
import type { AgentDocuments } from '../agentDocuments/agentDocuments';
import type { Sessions } from '../account/sessions';
import type { SignIn } from '../account/signIn';
import type { AccountStore } from '../account/accountStore';
import type { Conversations } from '../conversation/conversations';
import type { Later } from '../core/base/later';
import type { ExplorerView } from '../explorer/explorerView';
import type { PromptFiles } from '../prompts/promptFiles';
import type { Feedback } from '../ui/feedback';
import type { Log } from '../ui/log';
import type { Pickers } from '../ui/pickers';

/** What a command may use. Features load when a command asks for them. */
export interface CommandServices {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly signIn: Pick<Later<SignIn>, 'get'>;
  readonly explorer: Pick<ExplorerView, 'selected' | 'reveal'>;
  readonly conversations: Pick<Later<Conversations>, 'current' | 'get'>;
  readonly agentDocuments: Pick<Later<AgentDocuments>, 'get'>;
  readonly promptFiles: Pick<Later<PromptFiles>, 'get'>;
  readonly pickers: Pickers;
  readonly feedback: Feedback;
  readonly log: Log;
}

export interface Command {
  /** Completes "Could not …" when it fails. */
  readonly doing: Words;
  /** A second call for the same row runs beside the first. Left out: it joins the first while that runs. */
  readonly runsAgain?: true;
  /**
   * @param target the row it was called on (with a key: the selected one), a URI from a file menu, or undefined from
   * the palette.
   * @param editor what the active text editor showed when it was called.
   * May throw; what it throws is shown to the user.
   */
  run(services: CommandServices, target: unknown, editor?: Uri): Promise<unknown>;
}
