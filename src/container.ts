import * as path from 'node:path';
import * as vscode from 'vscode';
import { AccountStore } from './account/accountStore';
import { QuantConnectAuthenticationProvider } from './account/authenticationProvider';
import { clientFactory } from './account/clients';
import { parseBaseUrl, type BaseUrl } from './account/origin';
import { SandboxCloud } from './account/sandboxCloud';
import { Sessions } from './account/sessions';
import { SignIn } from './account/signIn';
import { AgentDocuments } from './agentDocuments/agentDocuments';
import type { CommandServices } from './commands/command';
import { ConversationDocuments } from './conversation/documents/conversationDocuments';
import { ConversationMemory } from './conversation/live/conversationMemory';
import { ConversationPanels } from './conversation/panel/conversationPanels';
import { ConversationRecords } from './conversation/documents/conversationRecords';
import { ConversationTabs } from './conversation/panel/conversationTabs';
import { PageFiles } from './conversation/panel/pageFiles';
import { ToolTexts } from './conversation/documents/toolTexts';
import { WrittenFiles } from './conversation/documents/writtenFiles';
import { systemClock } from './core/base/clock';
import { fromKept } from './core/conversation/times/observed';
import { Explorer } from './explorer/explorer';
import { PromptFiles } from './prompts/promptFiles';
import { ErrorFeedback } from './ui/errorFeedback';
import { Log } from './ui/log';
import { Notices } from './ui/notices';
import { Pickers } from './ui/pickers';

/** Set by `npm start`: begins in the sandbox where nobody is signed in. */
const SANDBOX_VARIABLE = 'QUANT_AGENTS_SANDBOX';

export interface Container extends CommandServices, vscode.Disposable {
  readonly notices: Notices;
  readonly provider: QuantConnectAuthenticationProvider;
}

/**
 * Makes every service once, in the order in which they need each other, and owns their end. Does no I/O and loads no
 * library.
 */
export function createContainer(context: vscode.ExtensionContext): Container {
  const owned: vscode.Disposable[] = [];
  const own = <T extends vscode.Disposable>(service: T): T => {
    owned.unshift(service);
    return service;
  };
  const clock = systemClock;
  const log = own(new Log());
  const feedback = new ErrorFeedback(log);
  const notices = new Notices();

  const accounts = own(new AccountStore(context.secrets, context.globalState));
  const createClient = clientFactory({
    clock,
    baseUrl,
    userAgent: `agents-for-quantconnect/${String((context.extension.packageJSON as { version?: unknown }).version)}`,
    sandbox: new SandboxCloud(context.globalStorageUri.fsPath, clock),
    log: log.request,
    onClockSkew: (offsetMs) => {
      notices.clockIsWrong(offsetMs);
    },
  });
  const signIn: SignIn = new SignIn({ accounts, createClient, baseUrl, sessions: () => sessions });
  const sessions: Sessions = own(
    new Sessions({
      accounts,
      createClient,
      clock,
      baseUrl,
      feedback,
      workspaceState: context.workspaceState,
      offerSignIn: (hindrance) => notices.offerSignIn(hindrance),
      signInByDefault: process.env[SANDBOX_VARIABLE] === '1' ? () => signIn.keepSandbox() : undefined,
    }),
  );
  const provider = own(new QuantConnectAuthenticationProvider(accounts, () => signIn.withToken()));

  const pickers = new Pickers();
  const explorer = own(new Explorer(sessions, clock));
  const memory = own(
    new ConversationMemory({
      memento: context.workspaceState,
      root: path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'conversations'),
      isShared: context.storageUri === undefined,
      log: (message) => {
        log.error(message);
      },
      tell: (problem) => {
        notices.wordsAreNotKept(problem);
      },
    }),
  );
  const conversations = own(
    new ConversationPanels(
      sessions,
      {
        extensionUri: context.extensionUri,
        memory,
        clock,
        feedback,
        log,
        toolTexts: own(new ToolTexts()),
        files: new PageFiles(() => ({ records, files: writtenFiles })),
        conversationChanged: (deploymentId) => {
          conversationDocuments.conversationChanged(deploymentId);
        },
        tellQueueWaits: (conversation) => {
          notices.queueWaits(conversation);
        },
      },
      new ConversationTabs(context.workspaceState),
    ),
  );
  const records: ConversationRecords = new ConversationRecords({
    sessions,
    clock,
    live: (deploymentId) => conversations.live(deploymentId),
    times: (deploymentId) => conversations.live(deploymentId)?.times ?? fromKept(memory.observed(deploymentId)).times,
  });
  const conversationDocuments: ConversationDocuments = own(new ConversationDocuments(records));
  const writtenFiles: WrittenFiles = new WrittenFiles(conversationDocuments);
  const agentDocuments = own(new AgentDocuments({ sessions, feedback, clock, memory: context.workspaceState }));
  const promptFiles = own(
    new PromptFiles({
      sessions,
      feedback,
      pick: pickers,
      memento: context.workspaceState,
      // Beside the file: prompt and answer are read together.
      openConversation: (session, deployment) => conversations.open(session, deployment, { beside: true }),
    }),
  );

  return {
    accounts,
    sessions,
    signIn,
    explorer,
    conversations,
    records,
    conversationDocuments,
    writtenFiles,
    agentDocuments,
    promptFiles,
    pickers,
    feedback,
    log,
    notices,
    provider,
    dispose: () => {
      for (const service of owned) service.dispose();
    },
  };
}

function baseUrl(): BaseUrl {
  return parseBaseUrl(vscode.workspace.getConfiguration('quantAgents').get('apiBaseUrl'));
}
