/** Names one part of a conversation. Message ids are unique in it, also those inside of sub-agents. */
export interface PartAddress {
  readonly messageId: string;
  /** Counts from 0 among the parts of its message. */
  readonly partIndex: number;
}

/** The address as one string, to look a part up by. Observed times and open folds are stored under it. */
export function partKey({ messageId, partIndex }: PartAddress): string {
  return `${messageId}/${String(partIndex)}`;
}

/** Reads what {@link partKey} wrote. A message id may hold slashes itself, so the last slash counts. */
export function parsePartKey(key: string): PartAddress {
  const slash = key.lastIndexOf('/');
  return { messageId: key.slice(0, slash), partIndex: Number(key.slice(slash + 1)) };
}

/** True if both name the same part, or neither names one. */
export function isSameAddress(a: PartAddress | undefined, b: PartAddress | undefined): boolean {
  return a?.messageId === b?.messageId && a?.partIndex === b?.partIndex;
}
