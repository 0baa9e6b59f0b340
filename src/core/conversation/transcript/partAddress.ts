/** Names one part of a conversation. Message ids are unique in a conversation, also inside sub-agents. */
export interface PartAddress {
  readonly messageId: string;
  /** The position in the message, from 0. */
  readonly partIndex: number;
}

/** The address as one string. Measured times and open folds are stored under it. */
export function partKey({ messageId, partIndex }: PartAddress): string {
  return `${messageId}/${String(partIndex)}`;
}

/** Reads what {@link partKey} wrote. A message id may contain slashes, so the last slash counts. */
export function parsePartKey(key: string): PartAddress {
  const slash = key.lastIndexOf('/');
  return { messageId: key.slice(0, slash), partIndex: Number(key.slice(slash + 1)) };
}

/** True if both name the same part, or if both are undefined. */
export function isSameAddress(a: PartAddress | undefined, b: PartAddress | undefined): boolean {
  return a?.messageId === b?.messageId && a?.partIndex === b?.partIndex;
}
