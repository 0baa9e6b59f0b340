import * as vscode from 'vscode';
import type { Agent, Deployment } from '../core/api/model';
import type { Disposable } from '../core/base/events';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import { renamed } from '../core/prompts/memory';
import { agentSetting } from '../core/prompts/settings';
import { say } from '../core/words/words';
import { registerCompletion } from '../ui/languageTexts';
import { inform } from '../ui/messages';
import type { Feedback } from '../ui/feedback';
import type { AgentPickers } from '../ui/pickers';
import { deployPromptFile, type DeployPromptFileServices, type DeployingFile } from './deployPromptFile';
import { PromptCompletion } from './promptCompletion';
import { PromptDiagnostics } from './promptDiagnostics';
import { fileNameOf, isPromptDocument, openPrompt, PROMPT_LANGUAGES } from './promptDocument';
import { RememberedFiles } from './rememberedFiles';
import { UntitledSaves } from './untitledSaves';
import { TEXTS } from './texts';

export interface PromptFileDependencies {
  readonly sessions: SessionSource;
  readonly feedback: Feedback;
  /** The memento of the workspace, because a file has a meaning only in its workspace. */
  readonly memento: vscode.Memento;
  readonly pick: AgentPickers;
  readonly openConversation: (session: AgentsSession, deployment: Deployment) => Promise<unknown>;
}

/** Deploys prompt files and helps to write them. Loads YAML on first use. */
export class PromptFiles implements Disposable {
  private readonly remembered: RememberedFiles;
  private readonly services: DeployPromptFileServices;
  private readonly subscriptions: readonly Disposable[];
  /** Allows one deployment per file at a time, so that a second keystroke does not cost a second run. */
  private readonly underWay = new Map<DeployingFile, Promise<Deployment | undefined>>();
  /** Kept after the deployment, because the offer to write into the file must follow a rename. */
  private readonly deployingFiles = new Map<string, DeployingFile>();

  constructor(private readonly dependencies: PromptFileDependencies) {
    const { sessions, memento } = dependencies;
    this.remembered = new RememberedFiles(memento);
    const diagnostics = new PromptDiagnostics(sessions);
    const completion = new PromptCompletion(sessions);
    this.services = {
      ...dependencies,
      remembered: this.remembered,
      showProblems: (uri, problems) => diagnostics.show(uri, problems),
    };
    this.subscriptions = [
      diagnostics,
      registerCompletion(
        PROMPT_LANGUAGES.map((language) => ({ language })),
        (document, position) => completion.offersAt(document, position),
        ':',
        ' ',
      ),
      vscode.workspace.onDidRenameFiles((renames) => this.followRenames(renames)),
      new UntitledSaves(
        (file) => this.remembered.has(file),
        (from, to) => this.followRename(from, to),
        (file) => this.remembered.forgetUntitled(file),
      ),
    ];
  }

  /**
   * Deploys a prompt file and opens the conversation. A second call for the same file joins the running deployment.
   * @param file need not be open in an editor.
   * @returns the new deployment. Undefined: nothing was deployed, and the user knows why.
   */
  async deploy(file: vscode.Uri): Promise<Deployment | undefined> {
    const deploying = this.deployingOf(file.toString());
    const running = this.underWay.get(deploying);
    if (running) return running;
    const run = this.deployAt(deploying, file).finally(() => this.underWay.delete(deploying));
    this.underWay.set(deploying, run);
    return run;
  }

  /**
   * Opens a new prompt file that already names its agent, so that the user can write the prompt.
   * @param prompt text that the user has already written elsewhere.
   */
  async openNew({ agent, task, prompt = '' }: { agent: Agent; task?: string; prompt?: string }): Promise<void> {
    const { withSettings } = await import('../core/prompts/writeSettings');
    const agents = this.dependencies.sessions.current?.store.snapshot.agents.value ?? [agent];
    const content = withSettings(prompt, {
      agent: agentSetting(agents, agent),
      ...(task === undefined ? {} : { task }),
    });
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    const end = document.lineAt(document.lineCount - 1).range.end;
    await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(end, end) });
  }

  async followRenames({ files }: vscode.FileRenameEvent): Promise<void> {
    for (const { oldUri, newUri } of files) await this.followRename(oldUri.toString(), newUri.toString());
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async deployAt(deploying: DeployingFile, target: vscode.Uri): Promise<Deployment | undefined> {
    try {
      const document = await openPrompt(target);
      if (isPromptDocument(document)) return await deployPromptFile(this.services, deploying);
      void inform(say(TEXTS.notAPromptFile, fileNameOf(target)));
    } catch (error) {
      await this.dependencies.feedback.failed(error, say(TEXTS.toReadFile, fileNameOf(target)));
    }
    return undefined;
  }

  private deployingOf(file: string): DeployingFile {
    const deploying = this.deployingFiles.get(file) ?? { file };
    this.deployingFiles.set(file, deploying);
    return deploying;
  }

  private async followRename(from: string, to: string): Promise<void> {
    for (const [file, deploying] of [...this.deployingFiles]) {
      const now = renamed(file, from, to);
      if (now === file) continue;
      deploying.file = now;
      this.deployingFiles.delete(file);
      this.deployingFiles.set(now, deploying);
    }
    await this.remembered.rename(from, to);
  }
}
