import type { InstalledTexts } from '../words/texts';

/** All texts of a page. */
export interface PageTexts {
  readonly page: Readonly<Record<PageText, string>>;
  readonly core: InstalledTexts;
}

/**
 * The keys of all our texts in a page, by area. The host has the texts themselves
 * (`src/conversation/panel/pageTexts.ts`) and writes them into the page's HTML. `{0}`, `{1}` … are values.
 */
export type PageText =
  | SharedText
  | ConnectionText
  | FilesText
  | FindText
  | HeaderText
  | MessageText
  | OutboxText
  | PartText
  | PromptText
  | ShortcutText
  | SpokenText
  | ToolText;

/** Used in several areas. */
type SharedText =
  | 'close'
  | 'copied'
  | 'copyCode'
  | 'loading'
  | 'moreBelow'
  | 'openAll'
  | 'openInEditor'
  | 'runtimeError'
  | 'showAll'
  | 'title';

/** For a page that gets no answer, and for problems that the user can do something about. */
type ConnectionText =
  | `action.${'openSettings' | 'retry' | 'showLog' | 'signIn' | 'switchOrganization'}`
  | `connection.${'lost' | 'lostNext' | 'notSent' | 'reconnect' | 'reloadWindow' | 'stopNotConfirmed'}`;

/** The header, and the menu in it. */
type HeaderText =
  | `duration.${'atLeast' | 'atMost' | 'created' | 'ended' | 'exact' | 'queued' | 'started' | 'total'}`
  | `header.${
      | 'asOf'
      | 'confirmed'
      | 'created'
      | 'details'
      | 'live'
      | 'project'
      | 'reading'
      | 'sandbox'
      | 'sandboxTitle'
      | 'shownAsOf'
      | 'started'
      | 'stop'
      | 'stopAgain'
      | 'stopping'
      | 'tokens'
      | 'tokensIn'
      | 'tokensOut'}`
  | `menu.${'compare' | 'export' | 'more' | 'transcript'}`;

/** The files that the agent wrote. */
type FilesText = `files.${
  | 'actOn'
  | 'actOnFile'
  | 'button'
  | 'change'
  | 'created'
  | 'deleted'
  | 'diff'
  | 'edited'
  | 'new'
  | 'newest'
  | 'notSavable'
  | 'open'
  | 'pathProblem'
  | 'save'
  | 'saveAll'
  | 'show'
  | 'showInConversation'
  | 'unknown'
  | 'version'
  | 'versionTitle'
  | 'whole'
  | 'written'}`;

/** Find and filter. */
type FindText =
  | `find.${
      | 'arriving'
      | 'buttonTitle'
      | 'close'
      | 'field'
      | 'found'
      | 'foundAtLeast'
      | 'matchCase'
      | 'next'
      | 'none'
      | 'of'
      | 'ofAtLeast'
      | 'previous'
      | 'searching'
      | 'title'
      | 'unseen'
      | 'wholeWord'
      | 'withKeys'
      | 'wrapped'}`
  | `filter.${
      | 'all'
      | 'count'
      | 'errors'
      | 'errorsOnly'
      | 'files'
      | 'filesOnly'
      | 'label'
      | 'noErrors'
      | 'noFiles'
      | 'noPrompts'
      | 'noTools'
      | 'prompts'
      | 'promptsOnly'
      | 'tools'
      | 'toolsOnly'}`;

/** Messages, and the notice when there are none. */
type MessageText =
  | `author.${'agent' | 'system' | 'unknown' | 'you'}`
  | `broken.${'error' | 'fold' | 'message' | 'part'}`
  | `empty.${
      | 'completed'
      | 'failed'
      | 'missing'
      | 'running'
      | 'runningNext'
      | 'stopped'
      | 'unknown'
      | 'unread'
      | 'waiting'
      | 'waitingNext'}`
  | `message.${'continued' | 'copy' | 'title'}`
  | `timeline.${'latest' | 'messages' | 'new'}`;

/** Parts of messages, and how long they took. */
type PartText =
  | `part.${
      | 'broken'
      | 'copyText'
      | 'data'
      | 'file'
      | 'first'
      | 'fromReasoning'
      | 'image'
      | 'imageLink'
      | 'steered'
      | 'steeredByYou'
      | 'thinking'
      | 'thought'
      | 'thoughtFor'
      | 'thoughtInterrupted'
      | 'unknown'}`
  | `time.${'about' | 'began' | 'measured' | 'seenSince' | 'since' | 'sinceAtLeast' | 'step' | 'took'}`;

/** Tool calls and their results. */
type ToolText =
  | `backtest.${'all' | 'allOf' | 'key'}`
  | `curve.${'high' | 'low' | 'unknownDay' | 'words'}`
  | `finding.${'error' | 'warning'}`
  | `tool.${
      | 'denied'
      | 'done'
      | 'error'
      | 'failed'
      | 'input'
      | 'live'
      | 'liveTitle'
      | 'notFinished'
      | 'output'
      | 'running'
      | 'unknown'
      | 'waiting'
      | 'warning'}`;

/** For screen readers only: what has just happened. */
type SpokenText =
  `said.${'copied' | 'held' | 'newMessages' | 'notSent' | 'queued' | 'sending' | 'status' | 'tooLate' | 'uncertain'}`;

/** The box where the user writes to the agent. */
type PromptText = `prompt.${
  | 'ask'
  | 'draftsTooLong'
  | 'form'
  | 'hintBusy'
  | 'hintIdle'
  | 'label'
  | 'queue'
  | 'queueTitle'
  | 'send'
  | 'shortcuts'
  | 'steer'
  | 'tooLong'}`;

/** Prompts in the outbox. */
type OutboxText = `outbox.${
  | 'accepted'
  | 'edit'
  | 'failed'
  | 'held'
  | 'queued'
  | 'queueStopped'
  | 'resumeQueue'
  | 'sendAgain'
  | 'sending'
  | 'sendNow'
  | 'takeBack'
  | 'tooLate'
  | 'uncertain'
  | 'unconfirmed'}`;

/** The list of keyboard shortcuts. */
type ShortcutText =
  | `shortcuts.${'everywhere' | 'find' | 'list' | 'messages' | 'or' | 'prompt' | 'title'}`
  | `shortcut.${
      | 'closeAll'
      | 'closeFind'
      | 'copyMessage'
      | 'ends'
      | 'find'
      | 'matchCase'
      | 'newLine'
      | 'nextMatch'
      | 'nextMessage'
      | 'openAll'
      | 'previousMatch'
      | 'previousMessage'
      | 'prompts'
      | 'queue'
      | 'send'
      | 'showList'
      | 'toEnd'
      | 'toggle'
      | 'toMessages'
      | 'toPrompt'
      | 'wholeWord'}`;
