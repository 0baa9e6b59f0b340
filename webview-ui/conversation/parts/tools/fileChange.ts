import { formatNumber } from '../../../../src/core/words/texts';
import type { FileChange } from '../../../../src/core/conversation/files/fileChange';
import { fileNameIn, pathProblemWords } from '../../../../src/core/conversation/files/filePath';
import { linesOf } from '../../../../src/core/conversation/files/sameLines';
import { lineDiff, type DiffLine } from '../../../../src/core/conversation/files/lineDiff';
import { toolText } from '../../../../src/core/conversation/toolCalls/toolText';
import type { ToolPart } from '../../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../../src/core/words/plain';
import type { PageText } from '../../../../src/core/pages/texts';
import { textButton } from '../../../shared/controls';
import { copyButton } from '../../../shared/copyButton';
import { el } from '../../../shared/dom';
import { icon } from '../../../shared/icons';
import { reachableByKeyboard } from '../../../shared/keyboardScroll';
import { codeBlock } from '../../rich/code';
import type { PageContext } from '../../view/view';
import { counted, text } from '../../../shared/texts';

/** In a longer change, colors cost more than they help. */
const MAX_COLOURED_LINES = 1_000;

export type FileAction = 'open' | 'diff' | 'save';

/** The texts of the buttons. */
export const ACTIONS = {
  open: 'files.open',
  diff: 'files.diff',
  save: 'files.save',
} as const satisfies Readonly<Record<FileAction, PageText>>;

/** The actions for the version that a call made. A deleted file can only be compared with what it was. */
export function actionsFor({ operation, problem }: FileChange): readonly FileAction[] {
  if (operation === 'delete') return ['diff'];
  return problem ? ['open', 'diff'] : ['open', 'diff', 'save'];
}

export function fileButton(action: FileAction, path: string, press: (action: FileAction) => void): HTMLButtonElement {
  const label = text(ACTIONS[action]);
  return textButton(label, () => press(action), {
    'aria-label': text('files.actOnFile', label, plainLine(fileNameIn(path))),
  });
}

/** The name of the file, and its actions. */
export function fileHead(
  change: FileChange,
  actions: readonly FileAction[],
  press: (action: FileAction) => void,
): HTMLElement {
  return el(
    'div',
    { class: 'file-head' },
    icon('file'),
    el('code', { class: 'path' }, plainLine(change.path)),
    change.problem !== undefined &&
      el('span', { class: 'muted' }, text('files.pathProblem', pathProblemWords(change.problem))),
    actions.length > 0 &&
      el('span', { class: 'file-actions' }, ...actions.map((action) => fileButton(action, change.path, press))),
  );
}

/**
 * The change to a file.
 * @param openAll opens the whole text in an editor.
 */
export function changeBlock(
  part: ToolPart,
  change: FileChange,
  most: number,
  { context, openAll }: { readonly context: PageContext; readonly openAll: () => HTMLElement },
): readonly HTMLElement[] {
  const { rich } = context;
  switch (change.kind) {
    case 'none':
      return [];
    case 'whole': {
      const { text: written, isNew } = change;
      const label = text(isNew ? 'files.new' : 'files.whole', counted(linesOf(written).length, 'line'));
      const block = codeBlock(
        written.slice(0, most),
        change.language,
        {
          copy: () => rich.copyText(written),
          highlight: (code, language) => rich.highlight(code, language),
        },
        label,
      );
      if (isNew) block.classList.add('written');
      if (written.length > most) block.append(cutLine(written.length, most, openAll()));
      return [block];
    }
    case 'passage': {
      const lines = lineDiff(change.before, change.after);
      const shown = upTo(lines, most);
      const pre = el('pre', {}, el('code', {}, ...shown.map(lineElement)));
      reachableByKeyboard(pre);
      if (shown.length <= MAX_COLOURED_LINES) {
        // Highlight each side as a whole: the meaning of a line can depend on the lines before it.
        for (const other of ['added', 'removed'])
          rich.highlight([...pre.querySelectorAll<HTMLElement>(`.line:not(.${other}) > .said`)], change.language);
      }
      const copy = copyButton(text('copyCode'), () => rich.copyText(toolText(part, 'input')?.text ?? change.after));
      const block = el(
        'figure',
        { class: 'code diff' },
        el('figcaption', {}, el('span', { class: 'language' }, text('files.change')), copy),
        pre,
      );
      if (shown.length < lines.length)
        block.append(cutLine(change.before.length + change.after.length, most, openAll()));
      return [block];
    }
  }
}

function cutLine(length: number, most: number, openAll: HTMLElement): HTMLElement {
  return el('p', { class: 'cut' }, `${text('part.first', formatNumber(most), formatNumber(length))} `, openAll);
}

function upTo(lines: readonly DiffLine[], most: number): readonly DiffLine[] {
  let [count, size] = [0, 0];
  for (const line of lines) {
    size += line.text.length + 1;
    if (size > most) break;
    count++;
  }
  if (count > 0 || lines[0] === undefined) return lines.slice(0, count);
  return [{ ...lines[0], text: lines[0].text.slice(0, most) }];
}

/**
 * The sign repeats what the color says. The line break is part of the text, so that a copied selection keeps its lines.
 */
function lineElement({ kind, text: line }: DiffLine): HTMLElement {
  const sign = kind === 'added' ? '+' : kind === 'removed' ? '-' : ' ';
  return el(
    kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span',
    { class: `line ${kind}` },
    el('span', { class: 'sign' }, sign),
    el('span', { class: 'said' }, `${line}\n`),
  );
}
