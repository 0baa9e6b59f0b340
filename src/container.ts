import * as vscode from 'vscode';
import { AccountStore } from './account/accountStore';
import { QuantConnectAuthenticationProvider } from './account/authenticationProvider';
import { clientFactory } from './account/clients';
import { parseBaseUrl, type BaseUrl } from './account/origin';
import type { SandboxCloud } from './account/sandboxCloud';
import { Sessions } from './account/sessions';
import type { SignIn } from './account/signIn';
import { lazyAgentDocuments } from './agentDocuments/lazyAgentDocuments';
import type { CommandServices } from './commands/command';
import { lazyConversations } from './conversation/lazyConversations';
import { systemClock } from './core/base/clock';
import { Lazy } from './core/base/lazy';
import { ExplorerView } from './explorer/explorerView';
import { lazyPromptFiles } from './prompts/lazyPromptFiles';
import { ErrorFeedback } from './ui/errorFeedback';
import { Log } from './ui/log';
import { Notices } from './ui/notices';

/** `npm start` sets it. Then the extension signs in to the sandbox if nobody is signed in. */
const SANDBOX_VARIABLE = 'QUANT_AGENTS_SANDBOX';

export interface Container extends Omit<CommandServices, 'pickers'> {
  readonly notices: Notices;
  readonly provider: QuantConnectAuthenticationProvider;
  dispose(): void;
}

/**
 * Makes every service once, each from services made before it, and disposes them in reverse order. Does no I/O and loads
 * no library.
 *
 * A feature is a `Lazy`. This registers what VS Code must know of it from the start. Its code loads when VS Code, a
 * document or a command first needs it (docs/decisions/027).
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
  const sandbox = new Lazy<SandboxCloud>(async () => {
    const { SandboxCloud } = await import('./account/sandboxCloud');
    return new SandboxCloud(context.globalStorageUri.fsPath, clock);
  });
  const createClient = clientFactory({
    clock,
    baseUrl,
    userAgent: `agents-for-quantconnect/${String((context.extension.packageJSON as { version?: unknown }).version)}`,
    sandbox: { open: async () => (await sandbox.get()).open() },
    log: log.request,
    onClockSkew: (offsetMs) => notices.clockIsWrong(offsetMs),
  });
  const sessions = own(
    new Sessions({
      accounts,
      createClient,
      clock,
      baseUrl,
      feedback,
      workspaceState: context.workspaceState,
      offerSignIn: (problem) => notices.offerSignIn(problem),
      signInByDefault:
        process.env[SANDBOX_VARIABLE] === '1'
          ? async () => (await import('./account/sandboxAccount')).checkedSandboxAccount(createClient)
          : undefined,
    }),
  );
  const signIn = new Lazy<SignIn>(async () => {
    const { SignIn } = await import('./account/signIn');
    return new SignIn({ createClient, baseUrl, sessions });
  });
  const provider = own(new QuantConnectAuthenticationProvider(accounts, async () => (await signIn.get()).withToken()));

  const explorer = own(new ExplorerView(sessions, clock));
  const conversations = own(lazyConversations({ context, sessions, clock, feedback, log, notices }));
  const agentDocuments = own(lazyAgentDocuments({ sessions, feedback, clock, memory: context.workspaceState }));
  const promptFiles = own(
    lazyPromptFiles({
      sessions,
      feedback,
      memento: context.workspaceState,
      // Beside the file, so that users can read prompt and answer together.
      openConversation: async (session, deployment) =>
        (await conversations.get()).panels.open(session, deployment, { beside: true }),
    }),
  );

  return {
    accounts,
    sessions,
    signIn,
    explorer,
    conversations,
    agentDocuments,
    promptFiles,
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
