/**
 * Decides where a write to an agent's address comes from. Only a save of the document that shows the agent may change
 * it. “Save As…”, a copy or another extension could overwrite an agent by accident. Pure.
 */
import { isCleanUp } from './cleanUp';

/** What is known when VS Code asks for a write. */
export interface Write {
  /** The text to write. */
  readonly content: string;
  /** The document at the address: its text, whether the user can see it, and whether VS Code announced its save. */
  readonly document: { readonly text: string; readonly isShown: boolean; readonly isBeingSaved: boolean } | undefined;
  /** VS Code began the save by itself. */
  readonly isAutomatic: boolean;
  /** A save dialog has just asked for this address. `text` is what was open there then. */
  readonly dialog: { readonly text: string | undefined } | undefined;
  /** The text that a refused “Save As…” left in the document. */
  readonly strangeText: string | undefined;
  /** The texts of other agents' open documents. Empty if the write equals the base of this document. */
  readonly otherTexts: readonly string[];
}

export type WriteOrigin =
  | { readonly kind: 'save' }
  | { readonly kind: 'automatic' }
  /** `isStrange`: from now on, the document at the address contains a text that is not its own. */
  | { readonly kind: 'saveAs'; readonly isStrange: boolean }
  | { readonly kind: 'other' };

export function originOf(write: Write): WriteOrigin {
  const { content, document, isAutomatic, dialog, strangeText, otherTexts } = write;
  const text = plain(content);
  // The save itself may have cleaned up the text since the dialog was opened.
  if (dialog) {
    const isSame = !document || (dialog.text !== undefined && isCleanUp(dialog.text, document.text));
    return { kind: 'saveAs', isStrange: !isSame };
  }
  if (!document) return { kind: 'other' };
  // “Save As…” fills a document that no tab shows, then saves it.
  if (!document.isShown) return { kind: 'saveAs', isStrange: true };
  if (strangeText !== undefined && plain(strangeText) === text) return { kind: 'saveAs', isStrange: true };
  if (!document.isBeingSaved && plain(document.text) !== text) return { kind: 'other' };
  if (otherTexts.some((other) => plain(other) === text)) return { kind: 'saveAs', isStrange: false };
  return { kind: isAutomatic ? 'automatic' : 'save' };
}

/** The text as an editor compares it: without its byte order mark, and with one kind of line break. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
