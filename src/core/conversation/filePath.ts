/** Paths as an agent names them: made equal where they mean the same, and judged before anything is written to them. */

/** Why a path is not written to. */
export type PathProblem = 'absolute' | 'climbs' | 'hidden' | 'name';

export interface AgentPath {
  /** With `/` between its segments, and without empty ones and `.`. What makes it unsafe is kept, for the reader to see. */
  readonly path: string;
  readonly problem?: PathProblem;
}

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i;
/** What some file system forbids or reads as something else, what cannot be seen, and what changes the direction of reading. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const STRANGE = /[\u0000-\u001F\u007F-\u009F<>:"|?*\u200B-\u200F\u061C\u2028-\u202E\u2060-\u2069\uFEFF]|[. ]$|^ |^~/;

/**
 * The path made equal and judged. Safe is a path that stays below the folder it is joined to on every operating system, and that no tool
 * takes orders from: hidden files and folders (`.git/hooks`, `.vscode/tasks.json`) are not safe.
 */
export function agentPath(raw: string): AgentPath {
  const slashed = raw.replaceAll('\\', '/');
  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.');
  const isAbsolute = slashed.startsWith('/') || /^[A-Za-z]:/.test(segments[0] ?? '');
  const path = `${slashed.startsWith('/') ? '/' : ''}${segments.join('/')}`;
  const problem = isAbsolute ? 'absolute' : problemIn(segments);
  return { path: path === '' ? raw : path, ...(problem && { problem }) };
}

function problemIn(segments: readonly string[]): PathProblem | undefined {
  if (segments.includes('..')) return 'climbs';
  if (segments.some((segment) => segment.startsWith('.'))) return 'hidden';
  const isStrange = segments.length === 0 || segments.some((segment) => STRANGE.test(segment) || WINDOWS_DEVICE.test(segment) || segment.length > 200);
  return isStrange ? 'name' : undefined;
}

/** Completes a sentence that begins with the path: `../x.py` *leads out of the folder*. */
export function pathProblemWords(problem: PathProblem): string {
  switch (problem) {
    case 'absolute': return 'is an absolute path';
    case 'climbs': return 'leads out of the folder';
    case 'hidden': return 'is hidden, and may change what tools on this machine do';
    case 'name': return 'is not a name that every file system takes';
  }
}

/** The last segment. */
export function fileNameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
