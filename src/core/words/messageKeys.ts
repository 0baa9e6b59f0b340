import type { ActingKey } from './keys/acting';
import type { AgentFileKey } from './keys/agentFile';
import type { ApiKey } from './keys/api';
import type { DocumentKey } from './keys/document';
import type { DurationKey } from './keys/duration';
import type { FigureKey } from './keys/figure';
import type { FilesKey } from './keys/files';
import type { MarkdownFileKey } from './keys/markdownFile';
import type { OrganizationKey } from './keys/organization';
import type { PartKey } from './keys/part';
import type { PathKey } from './keys/path';
import type { PromptsKey } from './keys/prompts';
import type { QueueKey } from './keys/queue';
import type { RunKey } from './keys/run';
import type { StatusKey } from './keys/status';
import type { StorageKey } from './keys/storage';
import type { ToolKey } from './keys/tool';
import type { UnknownTextKey } from './keys/unknownText';
import type { VerbKey } from './keys/verb';
import type { WordsKey } from './keys/words';

/**
 * The names of the texts that `core` says. `core` holds no English: `src/texts` has one table for each group below, and
 * a table that misses a key does not compile. A key begins with its group.
 */

/** What is counted. Each noun has a text for one and a text for several: `count.task.one`, `count.task.other`. */
export type Noun =
  | 'agent'
  | 'character'
  | 'day'
  | 'deployment'
  | 'error'
  | 'file'
  | 'hour'
  | 'line'
  | 'member'
  | 'message'
  | 'minute'
  | 'moreError'
  | 'moreFigure'
  | 'moreFile'
  | 'moreMessage'
  | 'moreWarning'
  | 'olderVersion'
  | 'order'
  | 'part'
  | 'prompt'
  | 'queuedPrompt'
  | 'run'
  | 'second'
  | 'statistic'
  | 'task'
  | 'version'
  | 'warning';

export type CountKey = `count.${Noun}.${'one' | 'other'}`;

/** Every text of `core`. */
export type MessageKey =
  | CountKey
  | ActingKey
  | AgentFileKey
  | ApiKey
  | DocumentKey
  | DurationKey
  | FigureKey
  | FilesKey
  | MarkdownFileKey
  | OrganizationKey
  | PartKey
  | PathKey
  | PromptsKey
  | QueueKey
  | RunKey
  | StatusKey
  | StorageKey
  | ToolKey
  | UnknownTextKey
  | VerbKey
  | WordsKey;
