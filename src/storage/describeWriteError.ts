const REASONS: Readonly<Partial<Record<string, string>>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'Your disk quota is used up.',
  EROFS: "VS Code's storage folder is read-only.",
  EACCES: "VS Code's storage folder does not allow it.",
  EPERM: "VS Code's storage folder does not allow it.",
};

/** Why a file could not be written: a sentence for the user, without paths. */
export function describeWriteError(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return REASONS[code ?? ''] ?? `VS Code's storage folder cannot be written${code === undefined ? '' : ` (${code})`}.`;
}
