/** VS Code's text documents for `vi.mock('vscode', …)`, based on {@link vscodeStub}: in memory, by their URI. */
import { Emitter } from '../../src/core/base/events';
import * as stub from './vscodeStub';

export * from './vscodeStub';

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}

  static parse(text: string): Uri {
    const colon = text.indexOf(':');
    return new Uri(text.slice(0, colon), text.slice(colon + 1).replace(/^\/\//, ''));
  }

  toString(): string {
    return this.scheme === 'untitled' ? `untitled:${this.path}` : `${this.scheme}://${this.path}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(...ends: readonly [Position, Position] | readonly [number, number, number, number]) {
    const isNumbers = ends.length === 4;
    this.start = isNumbers ? new Position(ends[0], ends[1]) : ends[0];
    this.end = isNumbers ? new Position(ends[2], ends[3]) : ends[1];
  }
}

export class TextDocument {
  version = 1;
  isClosed = false;

  constructor(
    readonly uri: Uri,
    readonly languageId: string,
    private text: string,
  ) {}

  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled';
  }

  get lineCount(): number {
    return this.lines().length;
  }

  getText(): string {
    return this.text;
  }

  lineAt(line: number): { readonly range: Range } {
    return { range: new Range(line, 0, line, this.lines()[line]?.length ?? 0) };
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, offset).split('\n');
    return new Position(before.length - 1, before.at(-1)?.length ?? 0);
  }

  replace({ start, end }: Range, text: string): void {
    this.text = this.text.slice(0, this.offsetOf(start)) + text + this.text.slice(this.offsetOf(end));
    this.version++;
  }

  private offsetOf({ line, character }: Position): number {
    return this.lines().slice(0, line).join('\n').length + (line === 0 ? 0 : 1) + character;
  }

  private lines(): readonly string[] {
    return this.text.split('\n');
  }
}

export class WorkspaceEdit {
  readonly edits: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.edits.push({ uri, range, text });
  }
}

export class TabInputText {
  constructor(readonly uri: Uri) {}
}
export class TabInputTextDiff {
  constructor(readonly modified: Uri) {}
}
export class TabInputCustom {
  constructor(readonly uri: Uri) {}
}
export class Diagnostic {
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}
export const DiagnosticSeverity = { Error: 0, Warning: 1 };

const never = () => ({ dispose() {} });
const files = new Map<string, TextDocument>();
export const renames = new Emitter<{ readonly files: readonly { readonly oldUri: Uri; readonly newUri: Uri }[] }>();

/** Adds a file that `openTextDocument` finds. */
export function writeFile(uri: string, text: string, languageId = 'markdown'): TextDocument {
  const document = new TextDocument(Uri.parse(uri), languageId, text);
  files.set(uri, document);
  return document;
}

/** What the stub shows: messages with their buttons, and documents. */
export const shown = {
  messages: [] as string[],
  documents: [] as TextDocument[],
  problems: [] as string[],
  /** The buttons to press next, each on the first message that has it. */
  presses: [] as string[],
};

export function clearEditor(): void {
  files.clear();
  workspace.textDocuments.length = 0;
  for (const list of Object.values(shown)) list.length = 0;
}

function message(text: string, ...rest: readonly unknown[]): Promise<string | undefined> {
  const buttons = rest.filter((item) => typeof item === 'string');
  shown.messages.push([text, ...buttons].join(' | '));
  const [next] = shown.presses;
  return Promise.resolve(next !== undefined && buttons.includes(next) ? shown.presses.shift() : undefined);
}

export const window = {
  ...stub.window,
  tabGroups: { all: [] as readonly { readonly tabs: readonly { readonly input: unknown }[] }[] },
  showInformationMessage: message,
  showWarningMessage: message,
  showErrorMessage: message,
  showTextDocument: (document: TextDocument) => {
    shown.documents.push(document);
    return Promise.resolve({ document });
  },
  withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({}, { onCancellationRequested: never }),
};

export const workspace = {
  textDocuments: [] as TextDocument[],
  fs: { isWritableFileSystem: () => true },
  openTextDocument: (target: Uri | { readonly language: string; readonly content: string }) => {
    if (!(target instanceof Uri))
      return Promise.resolve(new TextDocument(Uri.parse('untitled:Untitled-1'), target.language, target.content));
    const document = files.get(target.toString());
    return document ? Promise.resolve(document) : Promise.reject(new Error(`${target.path} does not exist.`));
  },
  applyEdit: ({ edits }: WorkspaceEdit) => {
    for (const { uri, range, text } of edits) files.get(uri.toString())?.replace(range, text);
    return Promise.resolve(true);
  },
  onDidRenameFiles: renames.event,
  onWillSaveTextDocument: never,
  onDidSaveTextDocument: never,
  onDidOpenTextDocument: never,
  onDidChangeTextDocument: never,
  onDidCloseTextDocument: never,
};

export const languages = {
  registerCompletionItemProvider: never,
  createDiagnosticCollection: () => ({
    set: (_uri: Uri, problems: readonly Diagnostic[]) => {
      shown.problems.push(...problems.map((problem) => problem.message));
    },
    delete: () => undefined,
    dispose: () => undefined,
  }),
};
