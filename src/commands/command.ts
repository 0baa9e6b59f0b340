import type { Words } from '../core/words/words';
import type { AgentDocuments } from '../agentDocuments/agentDocuments';
import type { Sessions } from '../account/sessions';
import type { SignIn } from '../account/signIn';
import type { AccountStore } from '../account/accountStore';
import type { ConversationDocuments } from '../conversation/documents/conversationDocuments';
import type { ConversationPanels } from '../conversation/panel/conversationPanels';
import type { ConversationRecords } from '../conversation/documents/conversationRecords';
import type { WrittenFiles } from '../conversation/documents/writtenFiles';
import type { Explorer } from '../explorer/explorer';
import type { PromptFiles } from '../prompts/promptFiles';
import type { Feedback } from '../ui/feedback';
import type { Log } from '../ui/log';
import type { Pickers } from '../ui/pickers';

/** What a command may use. */
export interface CommandServices {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly explorer: Explorer;
  readonly conversations: ConversationPanels;
  readonly records: ConversationRecords;
  readonly conversationDocuments: ConversationDocuments;
  readonly writtenFiles: WrittenFiles;
  readonly agentDocuments: AgentDocuments;
  readonly promptFiles: PromptFiles;
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
   * @param target the row it was called on, `'selection'` from a key in the tree, a URI from a file menu, or undefined
   * from the palette.
   * May throw; what it throws is shown to the user.
   */
  run(services: CommandServices, target: unknown): Promise<unknown>;
}
