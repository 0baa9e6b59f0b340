/** Normalizes the paths that an agent names, and checks them before anything is written. */
import { foldedName, nameProblem, type NameProblem } from './fileName';
import { written } from '../../words/texts';

/** Why a path is refused. `twin`: on some file systems, another file of the conversation has the same path. */
export type PathProblem = NameProblem | 'absolute' | 'climbs' | 'twin';

export interface AgentPath {
  /** Has `/` between segments, and no empty ones or `.`. Unsafe segments stay, so that the reader sees them. */
  readonly path: string;
  readonly problem?: PathProblem;
}

/** The limits for a path below a folder: characters and segments. Some systems allow 1,024 bytes in all. */
const MAX_PATH_LENGTH = 600;
const MAX_DEPTH = 32;

/**
 * Normalizes and checks a path. A safe path stays below its folder on every operating system. Hidden names
 * (`.git/hooks`, `.vscode/tasks.json`) and names that git uses are not safe, because tools act on them.
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
  if (segments.length === 0) return 'name';
  if (segments.length > MAX_DEPTH || segments.join('/').length > MAX_PATH_LENGTH) return 'long';
  for (const segment of segments) {
    const problem = nameProblem(segment);
    if (problem) return problem;
  }
  return undefined;
}

/** Equal for two paths that some file system treats as the same. */
export function foldedPath(path: string): string {
  return path.split('/').map(foldedName).join('/');
}

/** Completes a sentence that begins with the path: `../x.py` *leads out of the folder*. */
export function pathProblemWords(problem: PathProblem): string {
  return written(`path.${problem}`);
}

/** The last segment. */
export function fileNameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
