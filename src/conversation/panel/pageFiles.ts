import { writtenFiles } from '../../core/conversation/files/files';
import type { ConversationRecord } from '../../core/conversation/documents/record';
import type { PartAddress } from '../../core/conversation/transcript/partAddress';
import { Obstacle } from '../../core/words/obstacle';
import { say } from '../../core/words/words';
import type { ConversationRecords } from '../documents/conversationRecords';
import type { FileAction, WrittenFiles } from '../documents/writtenFiles';
import { TEXTS } from './texts';

/** What the page's file buttons do. Uses the messages that the panel has read, without another read. */
export class PageFiles {
  constructor(
    private readonly records: Pick<ConversationRecords, 'last'>,
    private readonly files: Pick<WrittenFiles, 'atCall' | 'saveAll'>,
  ) {}

  /** Opens, compares or saves the version that a tool call made. */
  async act(deploymentId: string, call: PartAddress, action: FileAction): Promise<void> {
    await this.files.atCall(await this.record(deploymentId), call, action);
  }

  async saveAll(deploymentId: string): Promise<void> {
    const record = await this.record(deploymentId);
    await this.files.saveAll(record, writtenFiles(record.messages));
  }

  private async record(deploymentId: string): Promise<ConversationRecord> {
    const record = await this.records.last(deploymentId);
    if (!record) throw new Obstacle(say(TEXTS.signInToOpen));
    return record;
  }
}
