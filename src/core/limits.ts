/** Ceilings that the user can meet. At a ceiling the user is told; what they wrote is never cut. */

/** The longest text of one draft or prompt, in UTF-16 units: what a string's `length` counts. */
export const MAX_PROMPT_LENGTH = 1_000_000;

/** So many prompts may wait in the queue of one conversation. */
export const MAX_QUEUED_PROMPTS = 100;

/**
 * What one workspace may keep, in bytes of UTF-8, by kind. Together at most 5 MB. What the user wrote is refused beyond its ceiling, and the user is told;
 * of the rest the oldest is forgotten.
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
