import type { FromPage } from '../../../src/core/pages/conversation/protocol';
import type { PartAddress } from '../../../src/core/conversation/transcript/partAddress';

/** What the list of files asks of the page around it. */
export interface FilesIntents {
  readonly post: (message: FromPage) => void;
  /** Shows a call in the conversation. */
  readonly reveal: (call: PartAddress) => void;
}
