import { render } from '../core/words/render';
import { say, type Words } from '../core/words/words';

const REASONS: Readonly<Partial<Record<string, Words>>> = {
  ENOSPC: say('storage.diskFull'),
  EDQUOT: say('storage.quotaUsedUp'),
  EROFS: say('storage.readOnly'),
  EACCES: say('storage.notAllowed'),
  EPERM: say('storage.notAllowed'),
};

/** Why a file could not be written: a sentence for the user, without paths. */
export function describeWriteError(error: unknown): string {
  return render(reasonOf(error), 'page');
}

function reasonOf(error: unknown): Words {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return say('storage.notWritable');
  return REASONS[code] ?? say('storage.notWritableCode', code);
}
