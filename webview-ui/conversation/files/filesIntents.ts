import type { FromPage } from '../../../src/core/pages/conversation/protocol';
import type { PartAddress } from '../../../src/core/conversation/transcript/partAddress';

/** What the list of files asks the page to do. */
export interface FilesIntents {
  readonly post: (message: FromPage) => void;
  /** Shows a tool call in the conversation. */
  readonly reveal: (call: PartAddress) => void;
}
