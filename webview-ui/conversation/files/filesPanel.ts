import { fileNameIn, pathProblemWords } from '../../../src/core/conversation/files/filePath';
import {
  unknownReasonWords,
  writtenFiles,
  type FileMemory,
  type FileVersion,
  type WrittenFile,
} from '../../../src/core/conversation/files/files';
import { totalLines, versionChange } from '../../../src/core/conversation/files/versionChange';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../src/core/words/plain';
import { iconButton, textButton } from '../../shared/controls';
import { el, setAttribute, setChildren } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { ACTIONS, type FileAction } from '../parts/tools/fileChange';
import { reachableByKeyboard } from '../../shared/keyboardScroll';
import { momentText, timeElement } from '../../shared/time';
import type { FilesIntents } from './filesIntents';
import { counted, text } from '../../shared/texts';

export interface PanelIntents extends FilesIntents {
  readonly close: (givesFocusBack: boolean) => void;
}

/** How many rows are drawn at first. The button below them adds ten times as many. */
const STEP = 200;

const OPERATIONS = { create: 'files.created', edit: 'files.edited', delete: 'files.deleted' } as const;

/** Lists every file that the agent wrote, with its versions. The user can open, compare, save and find each version. */
export class FilesPanel {
  readonly element: HTMLElement;
  private readonly title = el('h2', { id: 'files-title' });
  private readonly saveAll = textButton(text('files.saveAll'), () => this.intents.post({ type: 'saveAllFiles' }));
  private readonly list = el('ul', { class: 'written-files' });
  private readonly more = textButton(
    '',
    () => {
      this.most += STEP * 10;
      this.draw();
    },
    { class: 'more' },
  );
  private readonly views = new Map<string, FileView>();
  private files: readonly WrittenFile[] = [];
  private most = STEP;

  constructor(
    private readonly memory: FileMemory,
    private readonly intents: PanelIntents,
  ) {
    const body = el('div', { class: 'files-body' }, this.list, this.more);
    reachableByKeyboard(body);
    this.element = el(
      'section',
      { class: 'files-panel', role: 'dialog', 'aria-labelledby': 'files-title', tabindex: '-1' },
      el(
        'div',
        { class: 'files-head' },
        this.title,
        this.saveAll,
        iconButton('cross', text('close'), () => intents.close(true)),
      ),
      body,
    );
  }

  show(messages: readonly Message[]): void {
    this.files = writtenFiles(messages, this.memory);
    this.draw();
  }

  private draw(): void {
    const { files } = this;
    const title = counted(files.length, 'file');
    if (this.title.textContent !== title) this.title.textContent = title;
    setAttribute(this.saveAll, 'hidden', !files.some(isSavable));
    const shown = files.slice(0, this.most);
    const paths = new Set(shown.map(({ path }) => path));
    for (const path of this.views.keys()) if (!paths.has(path)) this.views.delete(path);
    setChildren(
      this.list,
      shown.map((file) => {
        const known = this.views.get(file.path);
        known?.update(file);
        const view = known ?? new FileView(file, this.intents);
        this.views.set(file.path, view);
        return view.element;
      }),
    );
    const rest = files.length - shown.length;
    setAttribute(this.more, 'hidden', rest <= 0);
    if (rest > 0) this.more.textContent = text('files.show', counted(rest, 'moreFile'));
  }
}

function isSavable({ isDeleted, problem, versions }: WrittenFile): boolean {
  return !isDeleted && problem === undefined && versions.at(-1)?.content.kind === 'known';
}

/** One file: a line with its newest version, and all versions when it is open. */
class FileView {
  readonly element = el('li', { class: 'written-file' });
  private file: WrittenFile;
  private drawn: readonly FileVersion[] = [];
  private readonly line = el('div', { class: 'file-line' });
  private readonly notes = el('div', { class: 'notes' });
  private readonly history = el('details', { class: 'versions' });
  private readonly historyTitle = el('span');
  private readonly historyList = el('ol', { reversed: true });
  private readonly older = textButton(
    '',
    () => {
      this.most += STEP * 10;
      this.drawHistory();
    },
    { class: 'more' },
  );
  private readonly rows = new WeakMap<FileVersion, HTMLElement>();
  private most = STEP;

  constructor(
    file: WrittenFile,
    private readonly intents: PanelIntents,
  ) {
    this.file = file;
    this.history.append(el('summary', {}, icon('chevron'), this.historyTitle), this.historyList, this.older);
    this.history.addEventListener('toggle', () => this.drawHistory());
    this.element.append(this.line, this.notes, this.history);
    this.draw();
  }

  update(file: WrittenFile): void {
    const isSame =
      file.problem === this.file.problem &&
      file.versions.length === this.drawn.length &&
      file.versions.every((version, index) => version === this.drawn[index]);
    this.file = file;
    if (isSame) return;
    this.draw();
  }

  private draw(): void {
    const { path, versions, isDeleted, problem } = this.file;
    const newest = versions.at(-1);
    if (!newest) return;
    this.drawn = versions;
    const total = totalLines(versions);
    const hadFocus = this.line.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset['action']
      : undefined;
    const actions = this.actions(newest, text('files.newest'));
    this.line.replaceChildren(
      icon(isDeleted ? 'cross' : 'file'),
      el('code', { class: 'path' }, plainLine(path)),
      isDeleted && versions.length > 1 ? el('span', { class: 'mark' }, text('files.deleted')) : '',
      versions.length === 1 ? this.versionSummary(newest) : total ? linesElement(total) : '',
      el('span', { class: 'file-actions' }, ...actions),
    );
    // A new version must not take the focus away.
    if (hadFocus !== undefined) this.line.querySelector<HTMLElement>(`[data-action="${hadFocus}"]`)?.focus();
    this.notes.replaceChildren(
      ...[problem && text('files.notSavable', pathProblemWords(problem)), reasonOf(newest)]
        .filter((note) => note !== undefined)
        .map((note) => el('p', {}, icon('warning'), note)),
    );
    setAttribute(this.history, 'hidden', versions.length === 1);
    this.historyTitle.textContent = counted(versions.length, 'version');
    this.drawHistory();
  }

  private drawHistory(): void {
    if (!this.history.open) return;
    const rest = this.file.versions.length - this.most;
    setAttribute(this.older, 'hidden', rest <= 0);
    if (rest > 0) this.older.textContent = text('files.show', counted(rest, 'olderVersion'));
    setChildren(
      this.historyList,
      this.file.versions
        .toReversed()
        .slice(0, this.most)
        .map((version) => {
          const row = this.rows.get(version) ?? this.versionRow(version);
          this.rows.set(version, row);
          return row;
        }),
    );
  }

  private versionRow(version: FileVersion): HTMLElement {
    const { number } = version;
    const reason = reasonOf(version);
    return el(
      'li',
      { value: String(number) },
      el(
        'div',
        { class: 'file-line' },
        el('span', { class: 'number' }, text('files.versionTitle', number)),
        this.versionSummary(version),
        el('span', { class: 'file-actions' }, ...this.actions(version, text('files.version', number))),
      ),
      reason !== undefined && el('p', { class: 'notes' }, reason),
    );
  }

  /** `edited · 2:02 PM · +3 −1`. */
  private versionSummary({ operation, time, lines }: FileVersion): HTMLElement {
    return el(
      'span',
      { class: 'muted told' },
      text(OPERATIONS[operation]),
      time !== undefined && ' · ',
      time !== undefined && timeElement(time, momentText(time, Date.now())),
      lines && ' ',
      lines && linesElement(lines),
    );
  }

  private actions(version: FileVersion, which: string): readonly HTMLElement[] {
    const { messageId, partIndex, content } = version;
    const name = plainLine(fileNameIn(this.file.path));
    const act = (action: FileAction): HTMLElement =>
      textButton(text(ACTIONS[action]), () => this.intents.post({ type: 'file', action, messageId, partIndex }), {
        'aria-label': text('files.actOn', text(ACTIONS[action]), name, which),
        'data-action': action,
      });
    const find = iconButton('target', text('files.showInConversation', name, which), () => {
      this.intents.close(false);
      this.intents.reveal({ messageId, partIndex });
    });
    find.dataset['action'] = 'reveal';
    return [
      ...(content.kind === 'known' ? [act('open')] : []),
      ...(versionChange(this.file, version) ? [act('diff')] : []),
      ...(content.kind === 'known' && this.file.problem === undefined ? [act('save')] : []),
      find,
    ];
  }
}

function reasonOf({ content }: FileVersion): string | undefined {
  return content.kind === 'unknown' ? text('files.unknown', unknownReasonWords(content.reason)) : undefined;
}

function linesElement({ added, removed }: { readonly added: number; readonly removed: number }): HTMLElement {
  return el(
    'span',
    { class: 'lines' },
    added > 0 && el('ins', {}, `+${String(added)}`),
    removed > 0 && el('del', {}, `−${String(removed)}`),
  );
}
