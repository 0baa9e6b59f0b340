/**
 * Limits: how much one thing may take, whatever a user, a server, a model or a file asks for. When something reaches
 * its limit, the user sees a message. What they wrote is never cut.
 */

/** The longest draft or prompt, in UTF-16 units (the `length` of a string). */
export const MAX_PROMPT_LENGTH = 1_000_000;

/** The most prompts in the queue of one conversation. */
export const MAX_QUEUED_PROMPTS = 100;

/**
 * The most that one workspace may store, by kind, in bytes of UTF-8; together at most 5 MB. When the user's own text
 * reaches its limit, we refuse more and say so. Everything else forgets the oldest.
 */
export const STORED_BYTES = {
  /** Drafts, earlier drafts and outboxes. */
  savedInput: 3_800_000,
  /** Measured times of parts. */
  measuredTimes: 400_000,
  /** Reading positions. */
  readingPositions: 100_000,
  /** The task of each prompt file. */
  promptFiles: 200_000,
  /** The base of each agent document with unsaved changes. */
  documentBases: 500_000,
} as const;

/**
 * JSON below this depth is left out when an answer is parsed. Recursive code, ours and VS Code's, overflows its stack
 * near 3,000 levels.
 */
export const MAX_NESTING = 200;

/** The most levels of sub-agents that work for sub-agents. Deeper ones stay raw JSON. */
export const MAX_SUB_AGENT_DEPTH = 12;

/**
 * The longest message ID, in UTF-16 units. A longer one is cut, because the IDs of all nested messages start with it.
 */
export const MAX_ID_LENGTH = 128;

/** The longest wait that we accept from a server's `Retry-After`. After an hour the user wants to try again. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/** Node and browsers fire a timer at once if its delay does not fit into 31 bits. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The most steps for counting changed lines in all files of a conversation: about a quarter of a second, or a second
 * for texts that were made to be slow. Later counts are left out.
 */
export const MAX_LINE_STEPS = 20_000_000;

/**
 * The most characters of all file versions in which passages were replaced. Each version is a text of its own, so this
 * limits time and memory.
 */
export const MAX_EDITED_CHARACTERS = 64_000_000;

/**
 * The longest front matter of a prompt file or an agent document, in UTF-16 units. It is read again after each pause in
 * typing.
 */
export const MAX_FRONT_MATTER = 100_000;

/** The most problems that one document shows. */
export const MAX_PROBLEMS = 100;
