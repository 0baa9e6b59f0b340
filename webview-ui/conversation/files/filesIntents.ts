import type { FromPage } from '../../../src/core/pages/conversation/protocol';

/** What the list of files asks of the page around it. */
export interface FilesIntents {
  readonly post: (message: FromPage) => void;
  /** Shows a call in the conversation. */
  readonly reveal: (call: { readonly messageId: string; readonly partIndex: number }) => void;
}
