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
export type MessageKey = CountKey;
