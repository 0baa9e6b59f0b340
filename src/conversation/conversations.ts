import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Clock } from '../core/base/clock';
import type { SessionSource } from '../core/organization/session';
import { PanelTabs } from '../panels/panelTabs';
import type { Feedback } from '../ui/feedback';
import type { Register } from '../ui/lazyProviders';
import type { Log } from '../ui/log';
import type { Notices } from '../ui/notices';
import { ConversationDocuments } from './documents/conversationDocuments';
import { ConversationRecords } from './documents/conversationRecords';
import { ToolTexts } from './documents/toolTexts';
import { WrittenFiles } from './documents/writtenFiles';
import { ConversationMemory } from './live/conversationMemory';
import { LiveConversations } from './live/liveConversations';
import { ConversationPanels } from './panel/conversationPanels';
import { OPEN_PANELS, PANEL_TYPE } from './panel/panelIds';
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
  /** The providers of these documents, already registered with VS Code. */
  readonly followFiles: Register<vscode.FileSystemProvider>;
  readonly followTexts: Register<vscode.TextDocumentContentProvider>;
}

/** Connects all parts about conversations: panels, live conversations, records and documents. */
export class Conversations implements vscode.Disposable {
  readonly panels: ConversationPanels;
  readonly records: ConversationRecords;
  readonly documents: ConversationDocuments;
  readonly writtenFiles: WrittenFiles;
  readonly toolTexts: ToolTexts;
  private readonly live: LiveConversations;
  private readonly memory: ConversationMemory;

  constructor({ context, sessions, clock, feedback, log, notices, followFiles, followTexts }: ConversationsOptions) {
    this.memory = new ConversationMemory({
      memento: context.workspaceState,
      root: path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'conversations'),
      isShared: context.storageUri === undefined,
      log: (message) => log.error(message),
      report: (problem) => notices.inputIsNotSaved(problem),
    });
    this.live = new LiveConversations(this.memory, clock);
    this.records = new ConversationRecords({ sessions, clock, live: this.live });
    this.documents = new ConversationDocuments(this.records, followFiles);
    this.live.onDidChange((deploymentId) => this.documents.conversationChanged(deploymentId));
    this.writtenFiles = new WrittenFiles(this.documents);
    this.toolTexts = new ToolTexts(followTexts);
    this.panels = new ConversationPanels(
      sessions,
      {
        extensionUri: context.extensionUri,
        memory: this.memory,
        live: this.live,
        feedback,
        log,
        toolTexts: this.toolTexts,
        files: new PageFiles(this.records, this.writtenFiles),
        notifyQueueWaits: (conversation) => notices.queueWaits(conversation),
      },
      new PanelTabs(context.workspaceState, PANEL_TYPE, OPEN_PANELS),
    );
  }

  dispose(): void {
    // In reverse order, because a conversation that ends writes its times to the memory.
    for (const part of [this.panels, this.toolTexts, this.documents, this.live, this.memory]) part.dispose();
  }
}
