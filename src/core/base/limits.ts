/**
 * Ceilings: how much one thing may take, whatever a user, a server, a model or a file asks for. At a ceiling the user
 * is told; what they wrote is never cut.
 */

/** The longest text of one draft or prompt, in UTF-16 units: what a string's `length` counts. */
export const MAX_PROMPT_LENGTH = 1_000_000;

/** So many prompts may wait in the queue of one conversation. */
export const MAX_QUEUED_PROMPTS = 100;

/**
 * What one workspace may keep, in bytes of UTF-8, by kind. Together at most 5 MB. What the user wrote is refused beyond
 * its ceiling, and the user is told; of the rest the oldest is forgotten.
 */
export const STORED_BYTES = {
  /** Drafts, displaced drafts, and prompts that wait or are on their way. */
  written: 3_800_000,
  /** When the parts of conversations ran. */
  observed: 400_000,
  /** Where the reader was. */
  places: 100_000,
  /** Which task a prompt file made. */
  promptFiles: 200_000,
  /** What agent documents with unsaved changes were made from. */
  documentBases: 500_000,
} as const;

/**
 * Deeper JSON is left out where an answer is parsed: recursive code, ours and VS Code's, overflows its stack near 3,000
 * levels.
 */
export const MAX_NESTING = 200;

/** Sub-agents that work for sub-agents. Deeper ones stay raw JSON. */
export const MAX_SUB_AGENT_DEPTH = 12;

/** A message's id, in UTF-16 units. A longer one is cut: the ids of all messages below begin with it. */
export const MAX_ID_LENGTH = 128;

/** The longest that a server's `Retry-After` is obeyed. After an hour the user wants to see for themselves. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/** Node and browsers fire a timer at once when its delay does not fit into 31 bits. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Steps for counting the lines that changed, in all files of a conversation. They take about a quarter of a second, or
 * a second for texts made to be slow. Later counts are left out.
 */
export const MAX_LINE_STEPS = 20_000_000;

/**
 * Characters of all file versions that passages were replaced in. Each version is a text of its own: this bounds time
 * and memory.
 */
export const MAX_EDITED_CHARACTERS = 64_000_000;

/**
 * Front matter of a prompt file or an agent's document, in UTF-16 units. It is read again after each pause in typing.
 */
export const MAX_FRONT_MATTER = 100_000;

/** Problems that are shown for one document. */
export const MAX_PROBLEMS = 100;
