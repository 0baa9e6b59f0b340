import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Clock } from '../core/base/clock';
import { fromKept } from '../core/conversation/times/observed';
import type { SessionSource } from '../core/organization/session';
import type { Feedback } from '../ui/feedback';
import type { Register } from '../ui/lateProviders';
import type { Log } from '../ui/log';
import type { Notices } from '../ui/notices';
import { ConversationDocuments } from './documents/conversationDocuments';
import { ConversationRecords } from './documents/conversationRecords';
import { ToolTexts } from './documents/toolTexts';
import { WrittenFiles } from './documents/writtenFiles';
import { ConversationMemory } from './live/conversationMemory';
import { ConversationPanels } from './panel/conversationPanels';
import { ConversationTabs } from './panel/conversationTabs';
import { PageFiles } from './panel/pageFiles';

export interface ConversationsOptions {
  readonly context: Pick<
    vscode.ExtensionContext,
    'extensionUri' | 'workspaceState' | 'storageUri' | 'globalStorageUri'
  >;
  readonly sessions: SessionSource;
  readonly clock: Clock;
  readonly feedback: Feedback;
  readonly log: Log;
  readonly notices: Notices;
  /** VS Code knows the providers of these already. */
  readonly followFiles: Register<vscode.FileSystemProvider>;
  readonly followTexts: Register<vscode.TextDocumentContentProvider>;
}

/** All about conversations: their panels, what is read of them, and their documents. */
export class Conversations implements vscode.Disposable {
  readonly panels: ConversationPanels;
  readonly records: ConversationRecords;
  readonly documents: ConversationDocuments;
  readonly writtenFiles: WrittenFiles;
  readonly toolTexts: ToolTexts;
  private readonly memory: ConversationMemory;

  constructor({ context, sessions, clock, feedback, log, notices, followFiles, followTexts }: ConversationsOptions) {
    this.memory = new ConversationMemory({
      memento: context.workspaceState,
      root: path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'conversations'),
      isShared: context.storageUri === undefined,
      log: (message) => log.error(message),
      tell: (problem) => notices.wordsAreNotKept(problem),
    });
    this.toolTexts = new ToolTexts(followTexts);
    this.panels = new ConversationPanels(
      sessions,
      {
        extensionUri: context.extensionUri,
        memory: this.memory,
        clock,
        feedback,
        log,
        toolTexts: this.toolTexts,
        files: new PageFiles(() => ({ records: this.records, files: this.writtenFiles })),
        conversationChanged: (deploymentId) => this.documents.conversationChanged(deploymentId),
        tellQueueWaits: (conversation) => notices.queueWaits(conversation),
      },
      new ConversationTabs(context.workspaceState),
    );
    this.records = new ConversationRecords({
      sessions,
      clock,
      live: (deploymentId) => this.panels.live(deploymentId),
      times: (deploymentId) =>
        this.panels.live(deploymentId)?.times ?? fromKept(this.memory.observed(deploymentId)).times,
    });
    this.documents = new ConversationDocuments(this.records, followFiles);
    this.writtenFiles = new WrittenFiles(this.documents);
  }

  dispose(): void {
    // In the opposite order: panels keep what they hold in the memory when they end.
    for (const part of [this.documents, this.panels, this.toolTexts, this.memory]) part.dispose();
  }
}
