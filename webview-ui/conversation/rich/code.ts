import { copyButton } from '../../shared/copyButton';
import { el } from '../../shared/dom';
import { reachableByKeyboard } from '../../shared/keyboardScroll';
import { MAX_HIGHLIGHTED } from './highlightCost';

export interface CodeTools {
  readonly copy: (text: string) => void;
  readonly highlight: (code: HTMLElement, language: string) => void;
}

/** A block of code with its language and a button that copies it. */
export function codeBlock(text: string, language: string, tools: CodeTools, label = language): HTMLElement {
  const code = el('code', {}, text);
  const copy = copyButton('Copy code', () => tools.copy(text));
  if (language !== '' && text.length <= MAX_HIGHLIGHTED) tools.highlight(code, language);
  const pre = el('pre', {}, code);
  reachableByKeyboard(pre);
  return el('figure', { class: 'code' }, el('figcaption', {}, el('span', { class: 'language' }, label), copy), pre);
}
