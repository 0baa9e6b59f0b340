import { copyButton } from '../../shared/copyButton';
import { el } from '../../shared/dom';
import { reachableByKeyboard } from '../../shared/keyboardScroll';
import { MAX_HIGHLIGHTED } from './highlightCost';
import { text } from '../../shared/texts';

export interface CodeTools {
  readonly copy: (text: string) => void;
  readonly highlight: (code: HTMLElement, language: string) => void;
}

/** A block of code with its language and a button that copies it. */
export function codeBlock(source: string, language: string, tools: CodeTools, label = language): HTMLElement {
  const code = el('code', {}, source);
  const copy = copyButton(text('copyCode'), () => tools.copy(source));
  if (language !== '' && source.length <= MAX_HIGHLIGHTED) tools.highlight(code, language);
  const pre = el('pre', {}, code);
  reachableByKeyboard(pre);
  return el('figure', { class: 'code' }, el('figcaption', {}, el('span', { class: 'language' }, label), copy), pre);
}
