import type { Words } from '../words/words';
import type { TextRange } from './positions';

/** Something wrong in a Markdown file, and where. */
export interface FileProblem {
  readonly message: Words;
  /** A file with an error is not sent. A warning is only shown. */
  readonly severity: 'error' | 'warning';
  readonly range: TextRange;
}
